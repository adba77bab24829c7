// Bursts under another gap than the kept one, or without lines that may not be the kernel's own: found anew from events,
// in memory, and written nowhere.

import type { Totals } from "../../model/totals.ts";
import { SECOND_US } from "../../model/units.ts";
import type { Db } from "../../store/open.ts";
import { burstColumns, type FoundBurst } from "../analysing/burst-accounts.ts";
import { findBursts } from "../analysing/bursts.ts";
import { basisOf, knownOf, linkBurst } from "../analysing/keep.ts";
import { readReadings } from "../analysing/limits.ts";
import { IN_MEMORY, type RowsPart, type WindowRow } from "../analysing/window-marks.ts";
import { prunedRows } from "./pruned.ts";
import {
  type BurstRow,
  type DropBucket,
  type FastestBurst,
  type Grid,
  type HostBursts,
  type ReportOptions,
  WINDOW_S,
} from "./rows.ts";
import { mostOf, packets } from "./totals.ts";

export interface FoundRow extends BurstRow {
  readonly windows: readonly WindowRow[];
}

/** A host's bursts as if they had been kept under `gapUs`. Ids count from 1. */
export function burstsAtGap(db: Db, hostId: number, gapUs: number, options: ReportOptions): HostBursts {
  return { ...inMemory(foundRows(db, hostId, gapUs, false), options, true), gapUs };
}

/** Rows of a host's bursts, found anew, in time order: with those that were pruned, as they were. */
export function foundRows(db: Db, hostId: number, gapUs: number, trusted: boolean): FoundRow[] {
  const readings = readReadings(db, hostId);
  const known = knownOf(db, hostId, readings);
  const rows: FoundRow[] = [];
  findBursts({ db, hostId, gapUs, readings, trusted, keeper: IN_MEMORY }).each((burst) => {
    const links = linkBurst(db, hostId, burst, known);
    rows.push({ ...asRow(db, burst, rows.length + 1), ...linkColumns(links) });
  });
  const pruned = prunedRows(db, hostId, trusted);
  return pruned.length === 0 ? rows : [...rows, ...pruned].sort(inTime).map(numbered);
}

function inTime(a: FoundRow, b: FoundRow): number {
  return (a.start_us ?? Number.MAX_VALUE) - (b.start_us ?? Number.MAX_VALUE) || a.burst_id - b.burst_id;
}

const numbered = (row: FoundRow, i: number): FoundRow => ({ ...row, burst_id: i + 1 });

/** What rows come to in the range that was asked for. */
export function inMemory(all: readonly FoundRow[], options: ReportOptions, asKept: boolean): HostBursts {
  const rows = all.filter((row) => inRange(row, options));
  const undated = rows.filter((row) => row.start_us === null);
  return {
    rows: largest(rows, options.mostBursts),
    totals: totalsOf(rows, undated.length),
    undatedDropLines: undated.reduce((n, row) => n + row.drop_lines, 0),
    countPeak: most(rows.map((row) => row.count_peak)),
    fastest: fastestOf(rows),
    gapUs: rows[0]?.gap_us ?? null,
    asKept,
    windowsIn: (grid) => windowsIn(rows, grid),
  };
}

function inRange(row: BurstRow, { sinceUs, untilUs, undated }: ReportOptions): boolean {
  return (
    (sinceUs === null || (row.end_us ?? sinceUs) >= sinceUs) &&
    (untilUs === null || (row.start_us ?? untilUs) <= untilUs) &&
    (undated || row.start_us !== null)
  );
}

/** The largest as reported, in their order. */
function largest(rows: readonly FoundRow[], count: number): readonly FoundRow[] {
  if (rows.length <= count) return rows;
  const order = [...rows.keys()].sort(
    (a, b) => (rows[b]?.drops_reported ?? 0) - (rows[a]?.drops_reported ?? 0) || a - b,
  );
  const told = new Set(order.slice(0, count));
  return rows.filter((_, i) => told.has(i));
}

function most(values: readonly (number | null)[]): number | null {
  return values.reduce((a, b) => (b !== null && (a === null || b > a) ? b : a), null);
}

function fastestOf(rows: readonly BurstRow[]): FastestBurst | null {
  return rows.reduce<FastestBurst | null>((fastest, { start_us, end_us, drops_reported, limit_value }) => {
    const lengthS = start_us === null || end_us === null ? null : (end_us - start_us) / 1e6 + WINDOW_S;
    const rate_per_s = lengthS === null ? 0 : drops_reported / lengthS;
    return fastest === null || rate_per_s > fastest.rate_per_s
      ? { start_us, limit_value, rate_per_s }
      : fastest;
  }, null);
}

function totalsOf(rows: readonly FoundRow[], undatedBursts: number): Totals {
  const sum = (pick: (row: FoundRow) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const starts = rows.flatMap((row) => (row.start_us === null ? [] : [row.start_us]));
  // A window shared by two namespaces is a possible part of each one's total, and stands once in the host's.
  const mixed = new Map(
    rows.flatMap((row) =>
      row.windows.flatMap((one) =>
        one.suppressed_shared > 0 ? [[one.begin_us, one.suppressed_shared] as const] : [],
      ),
    ),
  );
  const shared = [...mixed.values()].reduce((total, n) => total + n, 0);
  return {
    bursts: rows.length,
    undatedBursts,
    fromUs: starts.length === 0 ? null : starts.reduce((a, b) => Math.min(a, b)),
    toUs: most(rows.map((row) => row.end_us ?? row.start_us)),
    dropLines: sum((row) => row.drop_lines),
    suppressed: sum((row) => row.suppressed) + shared,
    dropsMin: packets(rows, (row) => row.drops_min),
    dropsReported: packets(rows, (row) => row.drop_lines + row.suppressed) + shared,
    dropsMax: mostOf(rows, shared),
    doubtedLines: sum((row) => row.doubted_lines),
    doubtedSuppressed: sum((row) => row.doubted_suppressed),
  };
}

function windowsIn(rows: readonly FoundRow[], { fromUs, bucketUs, toUs }: Grid): DropBucket[] {
  const shared = new Set<number>();
  const at = (atUs: number, drop_lines: number, suppressed: number): DropBucket[] =>
    atUs < fromUs || atUs >= toUs
      ? []
      : [{ bucket: Math.floor((atUs - fromUs) / bucketUs), drop_lines, suppressed }];
  return rows
    .flatMap((row) => row.windows)
    .flatMap((one) => {
      const mixed = shared.has(one.begin_us) ? 0 : one.suppressed_shared;
      if (mixed > 0) shared.add(one.begin_us);
      const begin = Math.floor(one.begin_us / SECOND_US);
      const seconds = JSON.parse(one.line_seconds) as [number, number][];
      return [
        ...at(one.begin_us, 0, one.suppressed + mixed),
        ...seconds.flatMap(([after, lines]) => at((begin + after) * SECOND_US, lines, 0)),
      ];
    });
}

function asRow(db: Db, burst: FoundBurst<RowsPart>, id: number) {
  return {
    burst_id: id,
    ...burstColumns(burst),
    witness: burst.witness,
    basis: basisOf(db, burst),
    first_event_id: burst.parts[0]?.firstId ?? null,
    last_event_id: burst.parts[burst.parts.length - 1]?.lastId ?? null,
    gap_us: burst.gapUs,
    accounts: burst.accounts.map((one) => ({ ...one, speaks: one.relation === "speaks" })),
    windows: burst.parts.flatMap((part) => part.windows.rows),
  };
}

function linkColumns({ limit, before, peak, after, verdict }: ReturnType<typeof linkBurst>) {
  return {
    limit_value: limit?.reading.value ?? null,
    limit_origin: limit?.reading.origin ?? null,
    limit_observation_id: limit?.reading.id ?? null,
    count_before: before?.value ?? null,
    count_before_us: before?.at_us ?? null,
    count_before_observation_id: before?.id ?? null,
    count_peak: peak?.value ?? null,
    count_peak_observation_id: peak?.id ?? null,
    count_after: after?.value ?? null,
    count_after_us: after?.at_us ?? null,
    count_after_observation_id: after?.id ?? null,
    verdict,
  };
}
