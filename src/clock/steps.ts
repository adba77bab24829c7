// Clock steps within one boot: places where wall time minus uptime changes and stays changed. A slow reader also
// changes it, but its lag goes away line by line, so only a level that stays flat is believed.

import { SECOND_US } from "../model/units.ts";
import { type Anchor, offsetOf } from "./anchor.ts";

export interface ClockStep {
  /** Last uptime seen on the old level, and first seen on the new. */
  readonly sinceUptimeUs: number;
  readonly uptimeUs: number;
  /** Wall clock moved by; positive is forward (or a suspend, during which the uptime stands still). */
  readonly stepUs: number;
  /** An unset clock being set early in the boot: what it showed before is no time at all. */
  readonly isSetting: boolean;
  readonly sinceId: number;
  readonly id: number;
  /** Anchors from this uptime on were stamped after the step, late ones between the levels included. */
  readonly splitUptimeUs: number;
}

/** A stretch of neighbours on one level. */
interface Run {
  readonly anchors: Anchor[];
}

const THRESHOLD_US = 2 * SECOND_US;
/** Printk's clock is not disciplined; 100 ppm is 8.6 s a day. */
const DRIFT = 1e-4;
/** A level is compared with where it was this long ago, so that a lag that shrinks slowly is no level. */
const REBASE_US = 30 * SECOND_US;
/** A reader's lag is not flat for longer than this. */
const FLAT_US = 15 * SECOND_US;
/** A level that is left again for the old one within this time was a lag. */
const EXCURSION_US = 600 * SECOND_US;
const SETTING_UPTIME_US = 600 * SECOND_US;
const SETTING_STEP_US = 900 * SECOND_US;

/** `anchors` of one boot, sorted by uptime. Those computed from an uptime afterwards say nothing and are left out. */
export function findClockSteps(anchors: readonly Anchor[]): ClockStep[] {
  const told = anchors.filter((anchor) => anchor.quality !== "derived");
  const levels = joinLevels(findRuns(told).filter(isFirm));
  return levels.slice(1).map((level, at) => describe(levels[at] ?? level, level, told));
}

function findRuns(anchors: readonly Anchor[]): Run[] {
  const runs: Run[] = [];
  let run: Run | null = null;
  let base: Anchor | null = null;
  for (const anchor of anchors) {
    if (run === null || base === null || !isLevel(base, anchor)) {
      run = { anchors: [] };
      runs.push(run);
      base = anchor;
    } else if (anchor.uptimeUs - base.uptimeUs >= REBASE_US) base = anchor;
    run.anchors.push(anchor);
  }
  return runs;
}

function isLevel(from: Anchor, to: Anchor): boolean {
  const resolutionUs = Math.max(from.resolutionUs, to.resolutionUs);
  const allowedUs = THRESHOLD_US + resolutionUs + DRIFT * (to.uptimeUs - from.uptimeUs);
  return Math.abs(offsetOf(to) - offsetOf(from)) <= allowedUs;
}

function isFirm({ anchors }: Run): boolean {
  return anchors.some(({ quality }) => quality === "both-clocks") || lengthUs(anchors) >= FLAT_US;
}

/** Neighbouring runs on one level are one; so are those with a short excursion between them. */
function joinLevels(runs: readonly Run[]): Run[] {
  const levels: Run[] = [];
  for (const run of runs) {
    const last = levels.at(-1);
    const beforeLast = levels.at(-2);
    if (last !== undefined && continues(last, run)) last.anchors.push(...run.anchors);
    else if (
      last !== undefined &&
      beforeLast !== undefined &&
      lengthUs(last.anchors) < EXCURSION_US &&
      continues(beforeLast, run)
    ) {
      levels.pop();
      beforeLast.anchors.push(...run.anchors);
    } else levels.push({ anchors: [...run.anchors] });
  }
  return levels;
}

function continues(earlier: Run, later: Run): boolean {
  return isLevel(tailOf(earlier.anchors), headOf(later.anchors));
}

function describe(earlier: Run, later: Run, anchors: readonly Anchor[]): ClockStep {
  const tail = tailOf(earlier.anchors);
  const head = headOf(later.anchors);
  const since = earlier.anchors.at(-1) ?? tail;
  const first = later.anchors[0] ?? head;
  const stepUs = offsetOf(head) - offsetOf(tail);
  const split = anchors.find(
    (anchor) =>
      anchor.uptimeUs > since.uptimeUs &&
      Math.abs(offsetOf(anchor) - offsetOf(head)) < Math.abs(offsetOf(anchor) - offsetOf(tail)),
  );
  return {
    sinceUptimeUs: since.uptimeUs,
    uptimeUs: first.uptimeUs,
    stepUs,
    isSetting: since.uptimeUs <= SETTING_UPTIME_US && Math.abs(stepUs) >= SETTING_STEP_US,
    sinceId: tail.id,
    id: head.id,
    splitUptimeUs: Math.min(split?.uptimeUs ?? first.uptimeUs, first.uptimeUs),
  };
}

/** The promptest anchor of the run's first moments: the lowest offset, since readers can only be late. */
function headOf(anchors: readonly Anchor[]): Anchor {
  const untilUs = (anchors[0]?.uptimeUs ?? 0) + REBASE_US;
  const end = anchors.findIndex((anchor) => anchor.uptimeUs >= untilUs);
  return lowest(end === -1 ? anchors : anchors.slice(0, Math.max(1, end)));
}

function tailOf(anchors: readonly Anchor[]): Anchor {
  const fromUs = (anchors.at(-1)?.uptimeUs ?? 0) - REBASE_US;
  return lowest(anchors.slice(anchors.findLastIndex((anchor) => anchor.uptimeUs <= fromUs) + 1));
}

function lowest(anchors: readonly Anchor[]): Anchor {
  return anchors.reduce((best, anchor) => (offsetOf(anchor) < offsetOf(best) ? anchor : best));
}

function lengthUs(anchors: readonly Anchor[]): number {
  return (anchors.at(-1)?.uptimeUs ?? 0) - (anchors[0]?.uptimeUs ?? 0);
}
