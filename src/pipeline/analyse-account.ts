// One witness's account of the bursts in one boot: its windows given to bursts, and each burst bounded.

import { type Bounds, boundDrops } from "../analysis/bounds.ts";
import { createRuns, type Interval, nearest } from "../analysis/intervals.ts";
import type { Limiter } from "../analysis/limiter.ts";
import { reachUs, rebuildWindows } from "../analysis/windows.ts";
import type { Window } from "../analysis/windows-records.ts";
import { STAMP } from "../model/stored.ts";
import type { Db } from "../store/open.ts";
import { type CeilingInput, ceilingOf } from "./analyse-ceiling.ts";
import type { Segment } from "./analyse-segments.ts";
import { type LimiterRow, limiterRecords, limiterRows } from "./limiter-records.ts";
import { mark, type WindowMark } from "./window-marks.ts";

/** What one witness says of one burst, so far as one boot goes. */
export interface Part {
  readonly segment: Segment;
  readonly bounds: Bounds;
  readonly windows: readonly WindowMark[];
  /** Lines by minute since the epoch. */
  readonly minutes: ReadonlyMap<number, number>;
  readonly firstId: number;
  readonly lastId: number;
  /** First and last drop line, on the clock of `timeOf`. */
  readonly firstUs: number;
  readonly lastUs: number;
  readonly resolutionUs: number;
}

/** Where parts go: by namespace and number of the burst in it. */
export type Give = (netns: string | null, burst: number, part: Part) => void;

export interface AccountInput {
  readonly db: Db;
  readonly hostId: number;
  readonly segment: Segment;
  readonly limiter: Limiter;
  /** False: rows without an instant, on the clock of their uptimes (or none). */
  readonly dated: boolean;
  readonly gapUs: number;
  /** Bursts by namespace, in time order. */
  readonly bursts: ReadonlyMap<string | null, readonly Interval[]>;
  readonly otherNetns: boolean;
}

/** The clock that runs of rows are found on. */
export function timeOf(row: LimiterRow): number {
  return row.at_us ?? row.uptime_us ?? 0;
}

/** Runs of drop lines of a segment, by namespace. */
export function runsOf(
  db: Db,
  segment: Segment,
  dated: boolean,
  gapUs: number,
): Map<string | null, Interval[]> {
  const runs = new Map<string | null, ReturnType<typeof createRuns>>();
  for (const row of limiterRows(db, segment.streamIds, dated)) {
    if (row.kind !== "drop") continue;
    let one = runs.get(row.netns);
    if (one === undefined) {
      one = createRuns(gapUs);
      runs.set(row.netns, one);
    }
    one.add(timeOf(row));
  }
  return new Map([...runs].map(([netns, one]) => [netns, one.runs()]));
}

interface Lines {
  readonly minutes: Map<number, number>;
  firstId: number;
  lastId: number;
  firstUs: number;
  lastUs: number;
  resolutionUs: number;
}

interface OpenBurst {
  readonly index: number;
  readonly windows: Window[];
  pending: Window[];
}

/** Reads a segment once and gives the part of every burst it tells of. */
export function giveAccounts(input: AccountInput, give: Give): void {
  const lines = new Map<string | null, Map<number, Lines>>();
  const open = new Map<string | null, OpenBurst>();
  const witness = { shortSeen: false, largest: null as number | null };

  const seen = (row: LimiterRow) => {
    if (row.kind !== "drop") return;
    const index = nearest(input.bursts.get(row.netns) ?? [], timeOf(row));
    const byBurst = lines.get(row.netns) ?? new Map<number, Lines>();
    lines.set(row.netns, byBurst);
    const at = byBurst.get(index);
    if (at === undefined) {
      const made = {
        minutes: new Map(),
        firstId: row.id,
        lastId: row.id,
        firstUs: timeOf(row),
        lastUs: timeOf(row),
        resolutionUs: 1,
      };
      byBurst.set(index, made);
      addLine(made, row);
    } else addLine(at, row);
  };

  const flush = (netns: string | null, burst: OpenBurst) => {
    const at = lines.get(netns)?.get(burst.index) ?? alreadyGiven(burst.windows);
    lines.get(netns)?.delete(burst.index);
    give(netns, burst.index, close(input, netns, burst, at, witness));
  };

  const place = (window: Window) => {
    witness.shortSeen ||= window.short;
    const here = new Set(window.drops.map((drop) => drop.netns));
    for (const [netns, burst] of open) {
      if (here.has(netns)) continue;
      const end = input.bursts.get(netns)?.[burst.index]?.endUs ?? 0;
      if (window.beginUs > end + input.gapUs) {
        flush(netns, burst);
        open.delete(netns);
      } else burst.pending.push(window);
    }
    for (const netns of here) {
      const index = nearest(input.bursts.get(netns) ?? [], window.lastLineUs ?? window.beginUs);
      const burst = open.get(netns);
      if (burst?.index === index) {
        burst.windows.push(...burst.pending, window);
        burst.pending = [];
      } else {
        if (burst !== undefined) flush(netns, burst);
        open.set(netns, { index, windows: [window], pending: [] });
      }
    }
    if (!window.leading) witness.largest = Math.max(witness.largest ?? 0, window.suppressed ?? 0);
  };

  const rows = limiterRows(input.db, input.segment.streamIds, input.dated);
  for (const window of rebuildWindows(limiterRecords(rows, seen), input.limiter, { gapUs: input.gapUs })) {
    place(window);
  }
  for (const [netns, burst] of open) flush(netns, burst);
}

/** A stamp far off its neighbours ends a burst that goes on behind it: its lines went with the part before. */
function alreadyGiven(windows: readonly Window[]): Lines {
  const [first, last] = [windows[0], windows.at(-1)];
  if (first === undefined || last === undefined) throw new Error("a burst without windows");
  return {
    minutes: new Map(),
    firstId: first.firstRef ?? 0,
    lastId: last.lastRef ?? 0,
    firstUs: first.beginUs,
    lastUs: last.lastLineUs ?? last.beginUs,
    resolutionUs: Math.max(first.resolutionUs, last.resolutionUs),
  };
}

/** How far an instant placed by the stamps of another log may be off: a log with stamps of its own says better. */
const PLACED_US = 2_000_000;
/** A stamp that was computed from an uptime knows nothing of steps and drift. */
const DERIVED_US = 60_000_000;

/** How far the instant of a row may be from the truth, microseconds. */
function errorOf(row: LimiterRow): number {
  if (row.basis === "boot-anchor") return PLACED_US;
  if (row.stamp_kind === STAMP.derivedWall || row.stamp_kind === STAMP.derivedInstant) return DERIVED_US;
  return row.resolution_us ?? 1_000_000;
}

function addLine(at: Lines, row: LimiterRow): void {
  if (timeOf(row) >= at.lastUs) {
    at.lastUs = timeOf(row);
    at.lastId = row.id;
  }
  at.resolutionUs = Math.max(at.resolutionUs, errorOf(row));
  if (timeOf(row) < at.firstUs) {
    at.firstUs = timeOf(row);
    at.firstId = row.id;
  }
  const minute = Math.floor(timeOf(row) / 60_000_000);
  at.minutes.set(minute, (at.minutes.get(minute) ?? 0) + (row.amount ?? 1));
}

function close(
  input: AccountInput,
  netns: string | null,
  burst: OpenBurst,
  at: Lines,
  witness: { readonly shortSeen: boolean; readonly largest: number | null },
): Part {
  const { segment, limiter } = input;
  const bounds = boundDrops({
    windows: burst.windows,
    netns,
    limiter,
    otherNetns: input.otherNetns,
    lossInside: burst.windows.some((window) => window.lost),
    logStartsInside: startsInside(input, at.firstUs),
    shortSeen: witness.shortSeen,
    counter: input.dated ? ceilingOf(ceilingInput(input, netns, burst, at)) : null,
    witnessTailCap: witness.largest,
  });
  return {
    segment,
    bounds,
    windows: burst.windows.map((window) => mark(window, netns, input.otherNetns)),
    minutes: at.minutes,
    firstId: at.firstId,
    lastId: at.lastId,
    firstUs: at.firstUs,
    lastUs: at.lastUs,
    resolutionUs: at.resolutionUs,
  };
}

/** A kernel's first lines come within its first moments: nothing of the boot lies before them. */
const FIRST_MOMENTS_US = 5_000_000;

/** True where the log may begin after the burst did: no line far enough before it is there. */
function startsInside({ segment, dated, limiter }: AccountInput, burstUs: number): boolean {
  if (segment.firstUptimeUs !== null && segment.firstUptimeUs < FIRST_MOMENTS_US) return false;
  const firstUs = dated ? segment.firstUs : segment.firstUptimeUs;
  return firstUs === null || burstUs - firstUs < reachUs(limiter);
}

function ceilingInput(input: AccountInput, netns: string | null, burst: OpenBurst, at: Lines): CeilingInput {
  const { db, hostId, limiter } = input;
  const intervals = input.bursts.get(netns) ?? [];
  return {
    db,
    hostId,
    netns,
    limiter,
    costUs: limiter.costUs,
    windows: burst.windows,
    firstUs: at.firstUs,
    resolutionUs: at.resolutionUs,
    previous: intervals[burst.index - 1],
    next: intervals[burst.index + 1],
  };
}
