// How long evidence is kept, as it is written: 90d, 12w, 36h.

import { HOUR_US } from "../model/units.ts";

const HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168 };

/** Microseconds of a checked duration. */
export function durationUs(text: string): number {
  const hours = HOURS[text.slice(-1)];
  if (hours === undefined) throw new Error(`unchecked duration ${text}`);
  return Number(text.slice(0, -1)) * hours * HOUR_US;
}
