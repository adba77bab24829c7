// A wall time and its zone, made an instant. Where clocks are put back an hour passes twice, where they are put
// forward one is missing: such a time is a doubt, never a guess.

import { HOUR_US } from "../model/units.ts";
import type { Zone } from "./zones.ts";

export type WallDoubt = "ambiguous-hour" | "skipped-hour";

export interface WallReading {
  readonly atUs: number | null;
  readonly doubt: WallDoubt | null;
  /** Instants that the wall time can mean, earliest first. For a skipped hour: by the offset after and before. */
  readonly candidates: readonly number[];
}

/** Offsets lie between -12 and +14 hours; 15 on each side of the local time holds the instant. */
const REACH_US = 15 * HOUR_US;

/** `near` is an independent estimate of the instant (kernel uptime, a neighbour line); it decides only if clear. */
export function wallToInstant(localUs: number, zone: Zone, near: number | null): WallReading {
  const before = zone.offsetUs(localUs - REACH_US);
  const after = zone.offsetUs(localUs + REACH_US);
  if (before === after) return { atUs: localUs - before, doubt: null, candidates: [localUs - before] };
  const readings = [localUs - before, localUs - after];
  const valid = readings.filter((atUs) => zone.offsetUs(atUs) === localUs - atUs);
  const [first, second] = valid;
  if (first === undefined) return { atUs: null, doubt: "skipped-hour", candidates: readings.sort(ascending) };
  if (second === undefined) return { atUs: first, doubt: null, candidates: valid };
  const atUs = near === null ? null : nearest(first, second, near);
  return { atUs, doubt: atUs === null ? "ambiguous-hour" : null, candidates: valid };
}

/** The one within a third of their distance; null where the estimate is between them or far from both. */
function nearest(first: number, second: number, near: number): number | null {
  const reach = (second - first) / 3;
  if (Math.abs(near - first) <= reach) return first;
  return Math.abs(near - second) <= reach ? second : null;
}

function ascending(a: number, b: number): number {
  return a - b;
}
