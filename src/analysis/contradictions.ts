// What the other accounts of a burst say against the most of the one that speaks. Why: BOUNDS.md, section 3.

import type { Bounds } from "./bounds.ts";

/** One account of a burst, as far as it can speak for or against another. */
export interface Telling {
  readonly bounds: Bounds;
  /** First and last drop line; null: nothing dates them. */
  readonly span: { readonly firstUs: number; readonly lastUs: number } | null;
  readonly resolutionUs: number;
  /** Minute since the epoch and a bit for each `SLOT_US` of it in which a drop line stands, minute and bits, ... */
  readonly slots: () => Iterable<readonly number[]>;
  /** Minute and what was held back in windows that began in it, minute and count, ... */
  readonly heldBack: () => Iterable<readonly number[]>;
}

export const SLOT_US = 5_000_000;
const SLOTS_OF_MINUTE = 12;
/** A log daemon stamps what it reads late. */
const READER_LAG_US = 2_000_000;

/** Against a most that is made of lines and counts: the first reason that holds; null: nothing speaks against it. */
export function contradiction(
  speaking: Telling,
  others: readonly Telling[],
): "lines-lost" | "witness-contradicts" | null {
  if (others.length === 0 || !speaking.bounds.isFromLog) return null;
  if (others.some((other) => tellsMore(speaking, other))) return "witness-contradicts";
  return others.some(({ bounds }) => bounds.reasons.includes("lines-lost")) ? "lines-lost" : null;
}

/** The other one has lines or counts that the speaking one lacks. */
function tellsMore(speaking: Telling, other: Telling): boolean {
  const [own, its] = [speaking.bounds, other.bounds];
  if (its.dropsReported > (own.dropsMax ?? Number.POSITIVE_INFINITY)) return true;
  if (its.suppressed + its.suppressedShared > own.suppressed + own.suppressedShared) return true;
  if (speaking.span === null || other.span === null) return false;
  const slackUs = speaking.resolutionUs + other.resolutionUs + READER_LAG_US;
  if (other.span.lastUs > speaking.span.lastUs + slackUs) return true;
  if (other.span.firstUs < speaking.span.firstUs - slackUs) return true;
  return hasLinesBeside(other, speaking, Math.ceil(slackUs / SLOT_US)) || hasCountsBeside(other, speaking);
}

/** A line further than `near` slots from every line of the speaking one. */
function hasLinesBeside(other: Telling, speaking: Telling, near: number): boolean {
  const known = new Map<number, number>();
  for (const pairs of speaking.slots()) each(pairs, (m, bits) => known.set(m, (known.get(m) ?? 0) | bits));
  const isKnown = (slot: number) => {
    const minute = Math.floor(slot / SLOTS_OF_MINUTE);
    return (((known.get(minute) ?? 0) >> (slot - minute * SLOTS_OF_MINUTE)) & 1) === 1;
  };
  let found = false;
  for (const pairs of other.slots()) {
    each(pairs, (minute, bits) => {
      for (let at = 0; at < SLOTS_OF_MINUTE && !found; at++) {
        if (((bits >> at) & 1) === 0) continue;
        const slot = minute * SLOTS_OF_MINUTE + at;
        let step = -near;
        while (step <= near && !isKnown(slot + step)) step++;
        found = step > near;
      }
    });
  }
  return found;
}

/** More was held back in a minute than the speaking one tells of it and of its neighbours. */
function hasCountsBeside(other: Telling, speaking: Telling): boolean {
  const known = new Map<number, number>();
  for (const pairs of speaking.heldBack()) each(pairs, (m, n) => known.set(m, (known.get(m) ?? 0) + n));
  const at = (minute: number) => known.get(minute) ?? 0;
  let found = false;
  for (const pairs of other.heldBack()) {
    each(pairs, (minute, count) => {
      found ||= count > at(minute - 1) + at(minute) + at(minute + 1);
    });
  }
  return found;
}

function each(pairs: readonly number[], take: (minute: number, value: number) => void): void {
  for (let at = 0; at < pairs.length; at += 2) take(pairs[at] ?? 0, pairs[at + 1] ?? 0);
}

/** Bounds without the most that lines and counts gave; what the counter says stands. */
export function withhold(bounds: Bounds, reason: "lines-lost" | "witness-contradicts"): Bounds {
  const { counterMax, counterReasons, dropsMin, dropsEstimate } = bounds;
  return {
    ...bounds,
    dropsMax: counterMax,
    bound: counterMax === null ? "at-least" : counterMax === dropsMin ? "exact" : "range",
    dropsEstimate:
      dropsEstimate === null || counterMax === null ? dropsEstimate : Math.min(dropsEstimate, counterMax),
    reasons: [...new Set([...bounds.reasons, reason, ...counterReasons])],
  };
}

/** By another account the counter is below what was dropped: it is not this namespace's. */
export function withoutCounter(bounds: Bounds): Bounds {
  const counted = { ...bounds, counterMax: null, counterReasons: ["counter-other-namespace"] as const };
  if (bounds.isFromLog || bounds.counterMax === null) return counted;
  const kept = bounds.reasons.filter((reason) => !bounds.counterReasons.includes(reason));
  return { ...counted, dropsMax: null, bound: "at-least", reasons: [...kept, "counter-other-namespace"] };
}
