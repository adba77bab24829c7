// What the kernel's drop counter gained where no log tells of a drop: a log may be missing, or may have been cut.

import type { Interval } from "./intervals.ts";

/** Two neighbouring samples of one series, between which the counter rose. */
export interface Rise {
  /** Samples of one source and boot, one after the other. */
  readonly series: number;
  readonly fromUs: number;
  readonly toUs: number;
  readonly by: number;
}

/** A gain of the counter, and the first and the last sample that bear witness to it. */
export interface Gain {
  readonly gained: number;
  readonly fromUs: number;
  readonly toUs: number;
}

/** The counter may move so long after a burst's last line, and clocks of samples and logs may differ so much. */
const NEAR_US = 10_000_000;

/**
 * The gain outside of bursts; null: there is none. `rises` ascend in time. Where series tell of the same time, one of
 * them counts: the one that gained most.
 */
export function gainOutside(rises: Iterable<Rise>, bursts: readonly Interval[]): Gain | null {
  const sorted = [...bursts].sort((a, b) => a.startUs - b.startUs);
  const ends = latestEnds(sorted);
  const series = new Map<number, { gained: number; fromUs: number; toUs: number }>();
  for (const { series: id, fromUs, toUs, by } of rises) {
    if (meets(sorted, ends, fromUs, toUs)) continue;
    const known = series.get(id);
    if (known === undefined) series.set(id, { gained: by, fromUs, toUs });
    else {
      known.gained += by;
      known.toUs = toUs;
    }
  }
  const kept: Gain[] = [];
  for (const one of [...series.values()].sort((a, b) => b.gained - a.gained || a.fromUs - b.fromUs)) {
    if (kept.every((other) => one.toUs <= other.fromUs || one.fromUs >= other.toUs)) kept.push(one);
  }
  if (kept.length === 0) return null;
  return {
    gained: kept.reduce((sum, one) => sum + one.gained, 0),
    fromUs: kept.reduce((least, one) => Math.min(least, one.fromUs), Number.POSITIVE_INFINITY),
    toUs: kept.reduce((most, one) => Math.max(most, one.toUs), Number.NEGATIVE_INFINITY),
  };
}

/** The latest end of all bursts up to each. */
function latestEnds(sorted: readonly Interval[]): readonly number[] {
  let latest = Number.NEGATIVE_INFINITY;
  return sorted.map(({ endUs }) => {
    latest = Math.max(latest, endUs);
    return latest;
  });
}

function meets(sorted: readonly Interval[], ends: readonly number[], fromUs: number, toUs: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.startUs ?? 0) <= toUs + NEAR_US) low = middle + 1;
    else high = middle;
  }
  return (ends[low - 1] ?? Number.NEGATIVE_INFINITY) >= fromUs - NEAR_US;
}
