// Values over time: what was in force when, and how that is known.

import type { Force } from "../model/observation.ts";

/** A reading of one key, of one host and namespace. */
export interface Reading {
  readonly id: number;
  readonly key: string;
  readonly value: number;
  readonly netns: string | null;
  readonly force: Force;
  readonly origin: string;
  /** Null: read at a time nobody knows. */
  readonly atUs: number | null;
}

export interface Held {
  readonly reading: Reading;
  readonly sinceUs: number | null;
  readonly untilUs: number | null;
}

/**
 * Spans during which a value held, from readings of one key, namespace and force. A value holds from where it
 * was first seen until another one is. Undated readings give spans without an end to either side.
 * Keys that change with every reading (counts, counters) do not belong here.
 */
export function history(readings: readonly Reading[]): Held[] {
  const dated = readings
    .filter((one) => one.atUs !== null)
    .sort((a, b) => (a.atUs ?? 0) - (b.atUs ?? 0) || a.id - b.id);
  const out: { reading: Reading; sinceUs: number | null; untilUs: number | null }[] = [];
  for (const reading of dated) {
    const last = out[out.length - 1];
    if (last !== undefined && last.reading.value === reading.value) continue;
    if (last !== undefined) last.untilUs = reading.atUs;
    out.push({ reading, sinceUs: reading.atUs, untilUs: null });
  }
  const values = new Set(out.map((one) => one.reading.value));
  for (const reading of readings) {
    if (reading.atUs !== null || values.has(reading.value)) continue;
    values.add(reading.value);
    out.push({ reading, sinceUs: null, untilUs: null });
  }
  return out;
}

/** From when to when a boot lasted, as far as is known: the next one ended it. */
export interface BootSpan {
  readonly sinceUs: number | null;
  readonly untilUs: number | null;
}

export const UNKNOWN_BOOT: BootSpan = { sinceUs: null, untilUs: null };

/** The boot at an instant. `startsUs` ascend. */
export function bootAt(startsUs: readonly number[], atUs: number): BootSpan {
  const next = startsUs.findIndex((start) => start > atUs);
  const before = next === -1 ? startsUs.length - 1 : next - 1;
  return { sinceUs: startsUs[before] ?? null, untilUs: startsUs[next] ?? null };
}

export interface InForce {
  readonly reading: Reading;
  /** `before`: read before the instant; `after`: only read afterwards; `undated`; `configured`: never read from a kernel. */
  readonly known: "before" | "after" | "undated" | "configured";
}

/**
 * The value in force at `atUs` (null: at an unknown time): the latest reading before it, else the earliest after
 * it, else an undated one, else what a file configures. `boot`: where known, values of the boots before and behind
 * it say nothing of it.
 */
export function inForce(
  readings: readonly Reading[],
  atUs: number | null,
  boot: BootSpan = UNKNOWN_BOOT,
): InForce | null {
  let before: Reading | null = null;
  let after: Reading | null = null;
  let undated: Reading | null = null;
  let configured: Reading | null = null;
  for (const one of readings) {
    if (one.force === "configured") configured = one;
    else if (one.atUs === null || atUs === null) undated = one;
    else if (one.atUs <= atUs) {
      if (boot.sinceUs !== null && one.atUs < boot.sinceUs) continue;
      if (before === null || one.atUs >= (before.atUs ?? 0)) before = one;
    } else if (boot.untilUs !== null && one.atUs >= boot.untilUs) continue;
    else if (after === null || one.atUs < (after.atUs ?? 0)) after = one;
  }
  if (before) return { reading: before, known: "before" };
  if (after) return { reading: after, known: "after" };
  if (undated) return { reading: undated, known: "undated" };
  return configured ? { reading: configured, known: "configured" } : null;
}
