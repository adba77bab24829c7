// The limiter's size read off its own lines. Between two notices a window printed exactly its size, and
// windows that are all used up start one length apart, or a little more.

import type { Family, LimiterRecord } from "./windows-records.ts";

export interface InferredWindow {
  readonly costUs: number;
  /** Null: the lines of a token bucket do not show its capacity. */
  readonly burst: number | null;
  /** Windows that agree. */
  readonly windows: number;
}

/** Fewer agreeing windows prove nothing. */
const MIN_WINDOWS = 3;
/** Share of the evidence that has to agree. */
const MIN_SHARE = 0.6;
/** Sizes seen beyond this many are chaos, not a size. */
const MAX_SIZES = 64;
const SECOND_US = 1_000_000;
/** A stamp may come this much before the whole second that the length is. */
const EARLY_US = 50_000;

/** message_cost is in whole seconds, so lengths are tallied by second. */
type Tally = Map<number, number>;

/** Null unless several windows agree on the length and, for window families, on the size. */
export function inferWindow(records: Iterable<LimiterRecord>, family: Family): InferredWindow | null {
  const lengthsBySize = tallyWindows(records);
  const groups = [...lengthsBySize].map(([lines, lengths]) => ({ lines, lengths, windows: sum(lengths) }));
  const all = groups.reduce((total, group) => total + group.windows, 0);
  // Windows that closed without a notice add their lines to the next: the smallest size is the true one.
  const smallest = groups.sort((a, b) => a.lines - b.lines)[0];
  if (smallest === undefined || lengthsBySize.size > MAX_SIZES) return null;
  if (smallest.windows < MIN_WINDOWS || smallest.windows < all * MIN_SHARE) return null;
  const [seconds, windows] = [...smallest.lengths].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? [0, 0];
  if (seconds < 1 || windows < MIN_WINDOWS || windows < smallest.windows / 2) return null;
  if (family === "T")
    return smallest.lines === 1 ? { costUs: seconds * SECOND_US, burst: null, windows } : null;
  if (family === "unknown" && smallest.lines === 1) return null;
  return { costUs: seconds * SECOND_US, burst: smallest.lines, windows };
}

/** Lines seen between two notices -> whole seconds between the notices -> how often. */
function tallyWindows(records: Iterable<LimiterRecord>): Map<number, Tally> {
  const bySize = new Map<number, Tally>();
  let openedUs: number | null = null;
  let lines = 0;
  for (const record of records) {
    if (record.kind === "loss") openedUs = null;
    if (record.kind === "drop" || record.kind === "other") lines += record.amount ?? 1;
    if (record.kind !== "notice" || record.ownerKnown === false) continue;
    if (openedUs !== null && lines > 0 && bySize.size <= MAX_SIZES) {
      const lengths = bySize.get(lines) ?? new Map<number, number>();
      const seconds = Math.floor((record.atUs - openedUs + EARLY_US) / SECOND_US);
      if (lengths.size <= MAX_SIZES) lengths.set(seconds, (lengths.get(seconds) ?? 0) + 1);
      bySize.set(lines, lengths);
    }
    openedUs = record.atUs;
    lines = 0;
  }
  return bySize;
}

function sum(tally: Tally): number {
  let total = 0;
  for (const count of tally.values()) total += count;
  return total;
}
