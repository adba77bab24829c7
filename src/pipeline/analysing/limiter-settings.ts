// net.core.message_cost and message_burst, as far as they are known for a segment's lines.

import type { Interval } from "../../analysis/intervals.ts";
import type { LimiterEvidence } from "../../analysis/limiter.ts";
import { bootAt, type Reading } from "../../analysis/limits.ts";
import { extremes, heldValue, type Stretch } from "../../analysis/settings.ts";
import type { Segment } from "./segments.ts";

export type LimiterSettings = Pick<LimiterEvidence, "known" | "suspected" | "offSeen">;

/** `runs`: of drop lines, on the clock of instants; null where nothing dates them. `boots`: when they began, ascending. */
export function settingsOf(
  readings: ReadonlyMap<string, readonly Reading[]>,
  segment: Segment,
  runs: ReadonlyMap<string | null, readonly Interval[]> | null,
  boots: readonly number[],
): LimiterSettings {
  const [costs, bursts] = [readings.get("message_cost") ?? [], readings.get("message_burst") ?? []];
  const stretch = runs === null ? null : stretchOf(segment, [...runs.values()].flat(), boots);
  const known = (list: readonly Reading[]) => (stretch === null ? null : heldValue(list, stretch));
  return {
    known: { costS: known(costs), burst: known(bursts) },
    offSeen: costs.some(({ value }) => value === 0),
    suspected: { costS: extremes(costs)?.most ?? null, burst: extremes(bursts)?.least ?? null },
  };
}

function stretchOf({ firstUs, firstUptimeUs }: Segment, runs: readonly Interval[], boots: readonly number[]) {
  if (firstUs === null || runs.length === 0) return null;
  const fromUs = runs.reduce((least, run) => Math.min(least, run.startUs), Number.POSITIVE_INFINITY);
  const toUs = runs.reduce((most, run) => Math.max(most, run.endUs), Number.NEGATIVE_INFINITY);
  const booted = bootAt(boots, fromUs).sinceUs ?? Number.NEGATIVE_INFINITY;
  const stretch: Stretch = { fromUs, toUs, bootUs: Math.max(firstUs - (firstUptimeUs ?? 0), booted) };
  return stretch;
}
