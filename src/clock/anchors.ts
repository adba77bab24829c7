// The anchors of one boot: they turn its kernel uptimes into instants. Nearest wins, as printk's clock drifts and
// the wall clock is stepped; better ones win over nearer ones only where drift could not have mattered.

import { MINUTE_US } from "../model/units.ts";
import { type Anchor, groupAnchors, offsetOf } from "./anchor.ts";
import { findPromptAnchors } from "./prompt-anchors.ts";
import { type ClockStep, findClockSteps } from "./steps.ts";
import { thinAnchors } from "./thinning.ts";

export interface Placed {
  readonly atUs: number;
  /** `id` of the anchor that placed it. */
  readonly anchorId: number;
}

export interface Anchors {
  add(anchor: Anchor): void;
  /** Null where the boot has no anchor. */
  resolve(uptimeUs: number): Placed | null;
  /** The same, but null where the anchors before and behind the uptime are on clocks further apart than `withinUs`. */
  resolveAgreed(uptimeUs: number, withinUs: number): Placed | null;
  steps(): readonly ClockStep[];
  /** The anchors kept, by uptime. */
  list(): readonly Anchor[];
}

/** The anchors of one clock, sorted by uptime in groups of like worth. */
interface Segment {
  readonly fromUs: number;
  readonly groups: readonly (readonly Anchor[])[];
}

interface Built {
  readonly steps: readonly ClockStep[];
  readonly segments: readonly Segment[];
  /** Late ones among them, and none that was computed. */
  readonly told: readonly Anchor[];
}

const MOST_KEPT = 8192;
/** A better anchor may be this much further away: 1 s worse is worth 1000 s of uptime. */
const ERROR_PER_US = 1e-3;
/** `dmesg -T` knows nothing of clock steps, suspends and drift before it was run. */
const DERIVED_ERROR_US = MINUTE_US;

export function createAnchors(mostKept: number = MOST_KEPT): Anchors {
  let kept: Anchor[] = [];
  let built: Built | null = null;
  const list = () => kept.sort((a, b) => a.uptimeUs - b.uptimeUs || a.atUs - b.atUs || a.id - b.id);
  const get = () => {
    built ??= build(list());
    return built;
  };
  return {
    add(anchor) {
      kept.push(anchor);
      if (kept.length > mostKept) kept = thinAnchors(list(), Math.ceil(mostKept / 2));
      built = null;
    },
    resolve: (uptimeUs) => place(get().segments, uptimeUs),
    resolveAgreed: (uptimeUs, withinUs) =>
      spreadUs(get().told, uptimeUs) > withinUs ? null : place(get().segments, uptimeUs),
    steps: () => get().steps,
    list,
  };
}

function build(anchors: readonly Anchor[]): Built {
  const steps = findClockSteps(anchors);
  const parts = cut(anchors, steps);
  // What an unset clock showed dates nothing: the clock it was set to reaches back to the start of the boot.
  const first = steps.findLastIndex((step) => step.isSetting) + 1;
  const segments = parts.slice(first).map((part, at, all) => ({
    fromUs: at === 0 ? Number.NEGATIVE_INFINITY : middleUs(all[at - 1]?.at(-1), part[0]),
    groups: groupAnchors(findPromptAnchors(part), (anchor) => String(errorOf(anchor))),
  }));
  const told = parts.slice(first).flatMap((part) => part.filter(({ quality }) => quality !== "derived"));
  return { steps, segments, told };
}

function cut(anchors: readonly Anchor[], steps: readonly ClockStep[]): Anchor[][] {
  const parts: Anchor[][] = [[]];
  for (const anchor of anchors) {
    const split = steps[parts.length - 1]?.splitUptimeUs;
    if (split !== undefined && anchor.uptimeUs >= split) parts.push([]);
    parts.at(-1)?.push(anchor);
  }
  return parts;
}

function middleUs(before: Anchor | undefined, after: Anchor | undefined): number {
  return ((before?.uptimeUs ?? 0) + (after?.uptimeUs ?? 0)) / 2;
}

function errorOf({ quality, resolutionUs }: Anchor): number {
  return resolutionUs + (quality === "derived" ? DERIVED_ERROR_US : 0);
}

function place(segments: readonly Segment[], uptimeUs: number): Placed | null {
  const segment = segments.findLast(({ fromUs }) => uptimeUs >= fromUs);
  let best: Anchor | null = null;
  let bestError = Number.POSITIVE_INFINITY;
  for (const anchors of segment?.groups ?? []) {
    for (const anchor of neighbours(anchors, uptimeUs)) {
      const error = errorOf(anchor) + ERROR_PER_US * Math.abs(anchor.uptimeUs - uptimeUs);
      if (error < bestError) [best, bestError] = [anchor, error];
    }
  }
  return best === null ? null : { atUs: offsetOf(best) + uptimeUs, anchorId: best.id };
}

/** How far the clocks of the anchors right before and behind an uptime are apart; 0 where one of them is missing. */
function spreadUs(told: readonly Anchor[], uptimeUs: number): number {
  const [before, behind] = neighbours(told, uptimeUs);
  return before === undefined || behind === undefined ? 0 : Math.abs(offsetOf(before) - offsetOf(behind));
}

/** The last anchor at or before the uptime, and the first after it. */
function neighbours(anchors: readonly Anchor[], uptimeUs: number): Anchor[] {
  let low = 0;
  let high = anchors.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((anchors[middle]?.uptimeUs ?? 0) <= uptimeUs) low = middle + 1;
    else high = middle;
  }
  return [anchors[low - 1], anchors[low]].filter((anchor) => anchor !== undefined);
}
