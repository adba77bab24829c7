// What bursts come to for several hosts.

import type { Totals } from "../../model/totals.ts";

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
