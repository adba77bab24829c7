// What bursts come to for several hosts.

import type { Totals } from "../../model/totals.ts";

/** What says whether a burst may be told by another one, too. */
export interface Told {
  readonly start_us: number | null;
  readonly basis: string;
  readonly accounts: readonly { readonly relation: string }[];
}

/**
 * Packets of one host. What nothing dates, and what only `dmesg` reckons a time for, may be what dated logs tell, too:
 * the largest of their sums is proved, and not the sum of all. The statement `burst_totals` reckons the same.
 */
export function packets<Row extends Told>(bursts: readonly Row[], pick: (burst: Row) => number): number {
  const sums = { undated: 0, derived: 0, dated: 0 };
  for (const one of bursts) {
    const heard = one.accounts.filter(({ relation }) => relation !== "silent").length;
    const derived = one.basis.startsWith("derived") && heard === 1;
    sums[one.start_us === null ? "undated" : derived ? "derived" : "dated"] += pick(one);
  }
  return Math.max(sums.undated, sums.derived, sums.dated);
}

/** A burst's ceiling, and what other namespaces share of it. */
export interface Ceiling {
  readonly drops_reported: number;
  readonly drops_max: number | null;
  readonly suppressed_shared: number;
}

/**
 * The most that bursts of one host come to. A shared window's count is within the ceiling of each of its bursts, and
 * stands once in their sum (`shared`) where lines and notices gave them all. The statement `burst_totals` says the same.
 */
export function mostOf(bursts: readonly Ceiling[], shared: number): number | null {
  const sum = (pick: (burst: Ceiling) => number) => bursts.reduce((total, one) => total + pick(one), 0);
  if (bursts.some((one) => one.drops_max === null)) return null;
  const ofCounter = bursts.some((one) => one.suppressed_shared > 0 && one.drops_max !== one.drops_reported);
  const most = sum((one) => one.drops_max ?? 0);
  return ofCounter ? most : most - sum((one) => one.suppressed_shared) + shared;
}

/** Totals of several hosts: a ceiling only where each has one. */
export function addTotals(all: readonly Totals[]): Totals {
  const sum = (pick: (totals: Totals) => number) => all.reduce((total, one) => total + pick(one), 0);
  const known = (values: readonly (number | null)[]) => values.filter((us) => us !== null);
  const starts = known(all.map((one) => one.fromUs));
  const ends = known(all.map((one) => one.toUs));
  return {
    bursts: sum((one) => one.bursts),
    undatedBursts: sum((one) => one.undatedBursts),
    fromUs: starts.length === 0 ? null : starts.reduce((a, b) => Math.min(a, b)),
    toUs: ends.length === 0 ? null : ends.reduce((a, b) => Math.max(a, b)),
    dropLines: sum((one) => one.dropLines),
    suppressed: sum((one) => one.suppressed),
    dropsMin: sum((one) => one.dropsMin),
    dropsReported: sum((one) => one.dropsReported),
    dropsMax: all.some((one) => one.dropsMax === null) ? null : sum((one) => one.dropsMax ?? 0),
    doubtedLines: sum((one) => one.doubtedLines),
    doubtedSuppressed: sum((one) => one.doubtedSuppressed),
  };
}
