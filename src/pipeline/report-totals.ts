// What bursts come to, for a host and for all of them.

import type { Totals } from "../model/totals.ts";
import type { BurstRow } from "./report-rows.ts";

/** Totals of one host's bursts. */
export function totalsOf(rows: readonly BurstRow[]): Totals {
  const sum = (pick: (row: BurstRow) => number) => rows.reduce((total, row) => total + pick(row), 0);
  // A window shared by two namespaces is a possible part of each one's total, and stands once in the host's.
  const shared = sharedOnce(rows);
  return {
    bursts: rows.length,
    dropLines: sum((row) => row.drop_lines),
    suppressed: sum((row) => row.suppressed) + shared,
    dropsMin: sum((row) => row.drops_min),
    dropsReported: sum((row) => row.drop_lines + row.suppressed) + shared,
    dropsMax: rows.some((row) => row.drops_max === null) ? null : sum((row) => row.drops_max ?? 0),
  };
}

function sharedOnce(rows: readonly BurstRow[]): number {
  const windows = new Map<number, number>();
  for (const row of rows) {
    for (const window of row.windows) {
      if (window.suppressed_shared > 0) windows.set(window.begin_us, window.suppressed_shared);
    }
  }
  return [...windows.values()].reduce((total, n) => total + n, 0);
}

/** Totals of several hosts: a ceiling only where each has one. */
export function addTotals(all: readonly Totals[]): Totals {
  const sum = (pick: (totals: Totals) => number) => all.reduce((total, one) => total + pick(one), 0);
  return {
    bursts: sum((one) => one.bursts),
    dropLines: sum((one) => one.dropLines),
    suppressed: sum((one) => one.suppressed),
    dropsMin: sum((one) => one.dropsMin),
    dropsReported: sum((one) => one.dropsReported),
    dropsMax: all.some((one) => one.dropsMax === null) ? null : sum((one) => one.dropsMax ?? 0),
  };
}
