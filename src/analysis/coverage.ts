// What stretch of time the logs of a channel really cover. No log for an hour is not an hour without drops.

import type { CoverageSpan } from "../model/report.ts";
import { MINUTE_US } from "../model/units.ts";

/** A source, as far as coverage goes. */
export interface Covered {
  readonly family: string;
  readonly rank: number | null;
  readonly firstUs: number;
  readonly lastUs: number;
}

type CoverageRow = Omit<CoverageSpan, "channel">;

/** A quiet log is not a hole: two files of one rotation that follow each other this closely touch. */
const TOUCH_US = MINUTE_US;

/** Spans and holes of one channel, in time order. `losses`: stretches in which lines are known to be missing. */
export function coverage(
  pieces: readonly Covered[],
  losses: readonly { readonly fromUs: number; readonly toUs: number; readonly reason: string }[],
): CoverageRow[] {
  const sorted = [...pieces].sort((a, b) => a.firstUs - b.firstUs || a.lastUs - b.lastUs);
  const spans: { fromUs: number; toUs: number; last: Covered }[] = [];
  const gaps: CoverageRow[] = [];
  for (const piece of sorted) {
    const open = spans[spans.length - 1];
    if (open === undefined) {
      spans.push({ fromUs: piece.firstUs, toUs: piece.lastUs, last: piece });
      continue;
    }
    const why = piece.firstUs <= open.toUs + TOUCH_US ? null : hole(open.last, piece);
    if (why !== null) {
      gaps.push({ kind: "gap", fromUs: open.toUs, toUs: piece.firstUs, reason: why });
      spans.push({ fromUs: piece.firstUs, toUs: piece.lastUs, last: piece });
    } else if (piece.lastUs >= open.toUs) {
      open.toUs = piece.lastUs;
      open.last = piece;
    }
  }
  const seen = spans.map(
    (span): CoverageRow => ({ kind: "seen", fromUs: span.fromUs, toUs: span.toUs, reason: "log" }),
  );
  const lost = losses.map((loss): CoverageRow => ({ kind: "gap", ...loss }));
  return [...seen, ...gaps, ...lost].sort(
    (a, b) => a.fromUs - b.fromUs || a.toUs - b.toUs || (a.kind < b.kind ? 1 : -1),
  );
}

/** Ranks of numbered rotations lie this close below that of the current file; dated ones far below. */
const NUMBERED_WITHIN = 100_000;

/** Why nothing is known between two pieces, or null where the second follows the first in one rotation. */
function hole(before: Covered, after: Covered): string | null {
  if (before.family !== after.family || before.rank === null || after.rank === null) return "no-log";
  return isPieceMissing(before, after) ? "rotation-missing" : null;
}

type Named = Pick<Covered, "family" | "rank">;

/** True where the numbers of two pieces of one log tell that there was another between them. */
export function isPieceMissing(before: Named, after: Named): boolean {
  if (before.family !== after.family || before.rank === null || after.rank === null) return false;
  const apart = after.rank - before.rank;
  // `.1` and the current file are two apart (some schemes begin at `.0`); dates cannot show that one is missing.
  return apart > 2 && apart < NUMBERED_WITHIN;
}
