// What several boots of one witness say of one burst, added up: a reboot in the middle does not end a burst.

import type { Bounds } from "./bounds.ts";

/** Bounds of the parts as bounds of the whole: a bound that one part lacks, the whole lacks. */
export function combine(parts: readonly Bounds[]): Bounds {
  const [first, ...rest] = parts;
  if (first === undefined) throw new Error("a burst has at least one part");
  if (rest.length === 0) return first;
  const sum = (pick: (bounds: Bounds) => number): number =>
    parts.reduce((total, part) => total + pick(part), 0);
  const sumOrNull = (pick: (bounds: Bounds) => number | null): number | null =>
    parts.some((part) => pick(part) === null) ? null : sum((part) => pick(part) ?? 0);
  const dropsMax = sumOrNull((part) => part.dropsMax);
  const dropsMin = sum((part) => part.dropsMin);
  const caps = parts.flatMap((part) => (part.tailCap === null ? [] : [part.tailCap]));
  return {
    dropLines: sum((part) => part.dropLines),
    suppressed: sum((part) => part.suppressed),
    suppressedShared: sum((part) => part.suppressedShared),
    dropsMin,
    dropsReported: sum((part) => part.dropsReported),
    dropsMax,
    dropsEstimate: sumOrNull((part) => part.dropsEstimate),
    bound: dropsMax === null ? "at-least" : dropsMax === dropsMin ? "exact" : "range",
    reasons: [...new Set(parts.flatMap((part) => part.reasons))],
    isFromLog: parts.some((part) => part.isFromLog),
    counterMax: sumOrNull((part) => part.counterMax),
    counterReasons: [...new Set(parts.flatMap((part) => part.counterReasons))],
    tailCap: caps.length === 0 ? null : Math.max(...caps),
  };
}
