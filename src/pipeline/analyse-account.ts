// One witness's account of the bursts in one boot: its windows given to bursts, and each burst bounded.

import { type Bounds, boundDrops } from "../analysis/bounds.ts";
import { createRuns, type Interval, nearest } from "../analysis/intervals.ts";
import type { Limiter } from "../analysis/limiter.ts";
import { WindowTally } from "../analysis/limiter-infer.ts";
import { reachUs, rebuildWindows } from "../analysis/windows.ts";
import type { Window } from "../analysis/windows-records.ts";
import type { Db } from "../store/open.ts";
import { type CeilingInput, ceilingOf } from "./analyse-ceiling.ts";
import type { Segment } from "./analyse-segments.ts";
import { addLine, alreadyGiven, type BurstLines, burstLines } from "./burst-lines.ts";
import { sayLeftOut } from "./left-out.ts";
import { limiterRecords } from "./limiter-records.ts";
import { type LimiterRow, type LimiterRows, ROW, timeOf } from "./limiter-rows.ts";
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
  /** Ids that its lines lie between. */
  readonly idFrom: number;
  readonly idTo: number;
  readonly dated: boolean;
  /** First and last drop line, on the clock of `timeOf`. */
  readonly firstUs: number;
  readonly lastUs: number;
  readonly resolutionUs: number;
  readonly doubted: Doubted;
}

/** What of a burst may not be the kernel's own. */
export interface Doubted {
  readonly lines: number;
  /** Told by doubted notices. */
  readonly suppressed: number;
  /** Why: names in order. */
  readonly doubts: readonly string[];
}

/** Where parts go: by namespace and number of the burst in it. */
export type Give = (netns: string | null, burst: number, part: Part) => void;

export interface AccountInput {
  readonly db: Db;
  readonly hostId: number;
  readonly segment: Segment;
  readonly limiter: Limiter;
  /** Those with an instant, or those without one, on the clock of their uptimes (or none). */
  readonly rows: LimiterRows;
  readonly gapUs: number;
  /** Bursts by namespace, in time order. */
  readonly bursts: ReadonlyMap<string | null, readonly Interval[]>;
  readonly otherNetns: boolean;
}

/** What a first look at a segment's rows gives. */
export interface Survey {
  /** Runs of drop lines by namespace. */
  readonly runs: Map<string | null, Interval[]>;
  readonly windows: WindowTally;
}

export function survey(rows: LimiterRows, gapUs: number): Survey {
  const runs = new Map<string | null, ReturnType<typeof createRuns>>();
  const windows = new WindowTally();
  const seen = (row: LimiterRow) => {
    if (row.kind !== ROW.drop) return;
    let one = runs.get(row.netns);
    if (one === undefined) {
      one = createRuns(gapUs);
      runs.set(row.netns, one);
    }
    one.add(timeOf(row));
    if (row.span_us > 0) one.add(timeOf(row) + row.span_us);
  };
  for (const record of limiterRecords(rows, seen)) windows.add(record);
  return { runs: new Map([...runs].map(([netns, one]) => [netns, one.runs()])), windows };
}

/** What was seen of a witness up to now. */
interface Seen {
  shortSeen: boolean;
  largest: number | null;
  /** Doubts of its notices, by id. */
  readonly doubts: Map<number, string>;
}

interface OpenBurst {
  readonly index: number;
  readonly windows: Window[];
  pending: Window[];
}

/** Reads a segment once and gives the part of every burst it tells of. */
export function giveAccounts(input: AccountInput, give: Give): void {
  const lines = new Map<string | null, Map<number, BurstLines>>();
  const open = new Map<string | null, OpenBurst>();
  const witness: Seen = { shortSeen: false, largest: null, doubts: new Map() };

  const seen = (row: LimiterRow) => {
    if (row.kind === ROW.notice && row.doubts !== null) witness.doubts.set(row.id, row.doubts);
    if (row.kind !== ROW.drop) return;
    const index = nearest(input.bursts.get(row.netns) ?? [], timeOf(row));
    const byBurst = lines.get(row.netns) ?? new Map<number, BurstLines>();
    lines.set(row.netns, byBurst);
    const at = byBurst.get(index);
    if (at === undefined) byBurst.set(index, burstLines(row));
    else addLine(at, row);
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

  for (const window of rebuildWindows(limiterRecords(input.rows, seen), input.limiter, {
    gapUs: input.gapUs,
  })) {
    place(window);
  }
  for (const [netns, burst] of open) flush(netns, burst);
}

function close(
  input: AccountInput,
  netns: string | null,
  burst: OpenBurst,
  at: BurstLines,
  witness: Seen,
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
    counter: input.rows.dated ? ceilingOf(ceilingInput(input, netns, burst, at)) : null,
    witnessTailCap: witness.largest,
  });
  const windows = burst.windows.map((window) => mark(window, netns, input.otherNetns));
  return {
    segment,
    bounds: sayLeftOut(bounds, input.rows),
    windows,
    doubted: doubtedOf(at, windows, witness.doubts),
    minutes: at.minutes,
    firstId: at.firstId,
    lastId: at.lastId,
    idFrom: at.idFrom,
    idTo: at.idTo,
    dated: input.rows.dated,
    firstUs: at.firstUs,
    lastUs: at.lastUs,
    resolutionUs: at.resolutionUs,
  };
}

function doubtedOf(
  { doubtedLines, doubts }: BurstLines,
  windows: readonly WindowMark[],
  notices: ReadonlyMap<number, string>,
): Doubted {
  const names = new Set(doubts);
  let suppressed = 0;
  for (const window of notices.size === 0 ? [] : windows) {
    const why = notices.get(window.noticeRef ?? 0);
    if (why === undefined) continue;
    suppressed += window.suppressed + window.shared;
    for (const name of why.split(",")) names.add(name);
  }
  return { lines: doubtedLines, suppressed, doubts: [...names].sort() };
}

/** What of a burst is doubted, as its row has it. */
export function doubtColumns({ lines, suppressed, doubts }: Doubted) {
  return {
    doubted_lines: lines,
    doubted_suppressed: suppressed,
    doubts: doubts.length === 0 ? null : doubts.join(","),
  };
}

/** A kernel's first lines come within its first moments: nothing of the boot lies before them. */
const FIRST_MOMENTS_US = 5_000_000;

/** True where the log may begin after the burst did: no line far enough before it is there. */
function startsInside({ segment, rows, limiter }: AccountInput, burstUs: number): boolean {
  if (segment.firstUptimeUs !== null && segment.firstUptimeUs < FIRST_MOMENTS_US) return false;
  const firstUs = rows.dated ? segment.firstUs : segment.firstUptimeUs;
  return firstUs === null || burstUs - firstUs < reachUs(limiter);
}

function ceilingInput(
  input: AccountInput,
  netns: string | null,
  burst: OpenBurst,
  at: BurstLines,
): CeilingInput {
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
