// Which value a setting of the kernel surely had during a stretch of a log. BOUNDS.md, "Length and size".

import type { Reading } from "./limits.ts";

export interface Stretch {
  readonly fromUs: number;
  readonly toUs: number;
  /** The earliest instant known to be of the same boot. */
  readonly bootUs: number;
}

/**
 * The value that held in all of the stretch, or null. It must have been read from the running kernel in the same boot
 * before it, or on both sides of it; any reading in it, and the next behind it, must tell the same.
 */
export function heldValue(readings: readonly Reading[], stretch: Stretch): number | null {
  let before: { readonly value: number; readonly atUs: number } | null = null;
  const inside = new Set<number>();
  let next: { readonly value: number; readonly atUs: number } | null = null;
  for (const { force, atUs, value } of readings) {
    if (force !== "effective" || atUs === null) continue;
    if (atUs <= stretch.fromUs) {
      if (before === null || atUs >= before.atUs) before = { value, atUs };
    } else if (atUs < stretch.toUs) inside.add(value);
    else if (next === null || atUs < next.atUs) next = { value, atUs };
  }
  if (before === null) return null;
  const value = before.value;
  if ([...inside].some((other) => other !== value)) return null;
  if (next !== null) return next.value === value ? value : null;
  return before.atUs >= stretch.bootUs ? value : null;
}

/** Largest and smallest value that was ever read or configured; null: none. */
export function extremes(readings: readonly Reading[]): { most: number; least: number } | null {
  if (readings.length === 0) return null;
  const values = readings.map(({ value }) => value);
  return { most: Math.max(...values), least: Math.min(...values) };
}
