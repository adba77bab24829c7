// What the kernel's drop counter gained where no log tells of a drop: a log may be missing, or may have been cut.

import { HOUR_US } from "../model/units.ts";
import type { Interval } from "./intervals.ts";

/** Two samples of one series, neighbours or ones with others between them, from which to which the counter rose. */
export interface Step {
  readonly fromUs: number;
  readonly toUs: number;
  readonly by: number;
}

export interface Rise extends Step {
  /** Samples of one source and boot, one after the other. */
  readonly series: number;
}

/** A gain of the counter, and the first and the last sample that bear witness to it. */
export interface Gain {
  readonly gained: number;
  readonly fromUs: number;
  readonly toUs: number;
}

/** The counter may move so long after a burst's last line, and clocks of samples and logs may differ so much. */
const NEAR_US = 10_000_000;

/** Tells whether a burst is near the time between two instants. */
export type Near = (fromUs: number, toUs: number) => boolean;

/** `bursts` in any order. */
export function nearAny(bursts: readonly Interval[]): Near {
  const sorted = [...bursts].sort((a, b) => a.startUs - b.startUs);
  const ends = latestEnds(sorted);
  return (fromUs, toUs) => meets(sorted, ends, fromUs, toUs);
}

/** Rises of one series that touch are one, as long as they end in the same hour. `rises` ascend in time. */
export function* joined(rises: Iterable<Step>): Generator<Step> {
  let open: { fromUs: number; toUs: number; by: number } | null = null;
  for (const rise of rises) {
    if (open !== null && rise.fromUs <= open.toUs && hourOf(rise.toUs) === hourOf(open.toUs)) {
      open.toUs = Math.max(open.toUs, rise.toUs);
      open.by += rise.by;
      continue;
    }
    if (open !== null) yield open;
    open = { ...rise };
  }
  if (open !== null) yield open;
}

function hourOf(us: number): number {
  return Math.floor(us / HOUR_US);
}

/** What rises far from bursts come to; null: there are none. Where series tell of the same time, the one that gained most counts. */
export function gainOf(rises: Iterable<Rise>): Gain | null {
  const series = new Map<number, { gained: number; fromUs: number; toUs: number }>();
  for (const { series: id, fromUs, toUs, by } of rises) {
    const known = series.get(id);
    if (known === undefined) series.set(id, { gained: by, fromUs, toUs });
    else {
      known.gained += by;
      known.fromUs = Math.min(known.fromUs, fromUs);
      known.toUs = Math.max(known.toUs, toUs);
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
