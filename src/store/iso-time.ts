// An instant as the views' text columns tell it.

import { SECOND_US } from "../model/units.ts";

/** Microseconds since the epoch as ISO 8601, UTC, always with six digits of a second. */
export function isoTime(us: number): string {
  const seconds = Math.floor(us / SECOND_US);
  const fraction = String(us - seconds * SECOND_US).padStart(6, "0");
  return `${new Date(seconds * 1000).toISOString().slice(0, -5)}.${fraction}Z`;
}
