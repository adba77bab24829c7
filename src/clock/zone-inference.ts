// The zone of a log that names none, from lines that carry a local stamp and a known instant side by side.

import { HOUR_US, MINUTE_US } from "../model/units.ts";
import { createZone, writeOffset, type Zone } from "./zones.ts";

export interface ZonePair {
  readonly localUs: number;
  readonly atUs: number;
  readonly resolutionUs: number;
}

export interface InferredZone {
  /** A candidate's name, or a fixed offset. */
  readonly zone: string;
  /** Offsets seen, microseconds, smallest first. */
  readonly offsets: readonly number[];
}

/** Every offset in use since 1972 is a multiple of 15 minutes. */
const STEP_US = 15 * MINUTE_US;
/** What a slow reader may add: less than half a step, so that no offset is taken for its neighbour. */
const TOLERANCE_US = 5 * MINUTE_US;
const WEST_US = -12 * HOUR_US;
const EAST_US = 14 * HOUR_US;
/** Share of the pairs that must agree: a line from an unset clock may give a false offset. */
const AGREEING = 0.75;

/**
 * The first candidate (a sibling's zone, the process zone) that agrees with the pairs, else the fixed offset that
 * they share, else null. A candidate knows its summer time, so it is better than an offset seen in one season.
 */
export function inferZone(
  pairs: readonly ZonePair[],
  candidates: readonly string[] = [],
): InferredZone | null {
  const usable = pairs.filter((pair) => offsetOf(pair) !== null);
  if (usable.length === 0) return null;
  for (const name of candidates) {
    const zone = createZone(name);
    if (zone !== null && agree(usable, zone)) return { zone: zone.name, offsets: offsetsOf(usable, zone) };
  }
  for (const offsetUs of new Set(usable.map(offsetOf))) {
    const fixed = offsetUs === null ? null : createZone(writeOffset(offsetUs));
    if (fixed !== null && agree(usable, fixed))
      return { zone: fixed.name, offsets: offsetsOf(usable, fixed) };
  }
  return null;
}

function agree(pairs: readonly ZonePair[], zone: Zone): boolean {
  const agreeing = pairs.filter((pair) => offsetOf(pair) === zone.offsetUs(pair.atUs));
  return agreeing.length >= pairs.length * AGREEING;
}

function offsetsOf(pairs: readonly ZonePair[], zone: Zone): number[] {
  const seen = new Set(pairs.map((pair) => zone.offsetUs(pair.atUs)));
  return [...seen].sort((a, b) => a - b);
}

/** Null where no zone can lie between the two: they were read from different clocks. */
function offsetOf({ localUs, atUs, resolutionUs }: ZonePair): number | null {
  const differenceUs = localUs - atUs;
  const offsetUs = Math.round(differenceUs / STEP_US) * STEP_US + 0;
  const isNear = Math.abs(differenceUs - offsetUs) <= TOLERANCE_US + resolutionUs;
  return isNear && offsetUs >= WEST_US && offsetUs <= EAST_US ? offsetUs : null;
}
