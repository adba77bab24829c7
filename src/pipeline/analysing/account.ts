// One witness's account of the bursts in one boot: its windows given to bursts, and each burst bounded.

import type { Bounds } from "../../analysis/bounds.ts";
import type { Interval } from "../../analysis/intervals.ts";
import type { Limiter } from "../../analysis/limiter.ts";
import { createWindowRebuild, reachUs } from "../../analysis/windows.ts";
import type { Db } from "../../store/open.ts";
import type { BurstLines } from "./burst-lines.ts";
import { createBurstSorter } from "./burst-sorter.ts";
import type { BurstWindows, Doubted, SharedCount } from "./burst-windows.ts";
import { ceilingOf } from "./ceiling.ts";
import { sayLeftOut } from "./left-out.ts";
import { eachRecord } from "./limiter-records.ts";
import type { LimiterRows } from "./limiter-rows.ts";
import type { Segment } from "./segments.ts";
import type { WindowKeeper, WindowPart } from "./window-marks.ts";

/** Minutes and counts by turns: a map takes ten times the memory, and all bursts of a host are held. */
export type Pairs = readonly number[];

/** What one witness says of one burst, so far as one boot goes. */
export interface Part<Kept> {
  readonly segment: Segment;
  readonly bounds: Bounds;
  /** Its windows, where the keeper put them. */
  readonly windows: Kept;
  /** Lines by minute since the epoch, and what was held back in windows of its own by the minute they began in. */
  readonly minutes: Pairs;
  readonly heldBack: Pairs;
  /** Minutes, and in which slots of them a line stands. */
  readonly slots: Pairs;
  readonly shared: readonly SharedCount[];
  readonly firstId: number;
  readonly lastId: number;
  /** How the instant of its first line was obtained; null: to be asked of the line. */
  readonly basis: string | null;
  /** Ids that its lines lie between. */
  readonly idFrom: number;
  readonly idTo: number;
  /** Ids that its notices lie between; null: it has none. */
  readonly notices: { readonly from: number; readonly to: number } | null;
  readonly dated: boolean;
  /** First and last drop line, on the clock of `timeOf`. */
  readonly firstUs: number;
  readonly lastUs: number;
  readonly resolutionUs: number;
  readonly doubted: Doubted;
}

/** Where parts go: by namespace and number of the burst in it. */
export type Give<Kept> = (netns: string | null, burst: number, part: Part<Kept>) => void;

/** What of a host decides ceilings. */
export interface Counters {
  /** There are samples. */
  readonly sampled: boolean;
  /** Namespaces whose counter moved. */
  readonly moved: ReadonlySet<string | null>;
  /** Instants at which kernels began, ascending. */
  readonly boots: readonly number[];
}

export interface AccountInput<Kept extends WindowPart> {
  readonly db: Db;
  readonly hostId: number;
  readonly segment: Segment;
  readonly limiter: Limiter;
  /** Those with an instant, or those without one, on the clock of their uptimes (or none). */
  readonly rows: LimiterRows;
  /** A notice is somewhere among the rows. */
  readonly hasNotices: boolean;
  readonly gapUs: number;
  /** Bursts by namespace, in time order. */
  readonly bursts: ReadonlyMap<string | null, readonly Interval[]>;
  readonly otherNetns: boolean;
  readonly counters: Counters;
  readonly keeper: WindowKeeper<Kept>;
  /** Told of notices that no burst has, by id. */
  readonly onStray: (noticeId: number) => void;
}

/** Reads a segment once and gives the part of every burst it tells of. */
export function giveAccounts<Kept extends WindowPart>(input: AccountInput<Kept>, give: Give<Kept>): void {
  const { rows, limiter, gapUs, bursts, otherNetns, keeper, onStray } = input;
  const close = (netns: string | null, burst: BurstWindows<Kept>, lines: BurstLines) =>
    give(netns, burst.index, toPart(input, netns, burst, lines));
  const sorter = createBurstSorter({ rule: limiter, gapUs, bursts, otherNetns, keeper, onStray }, close);
  const rebuild = createWindowRebuild(limiter, (window) => sorter.place(window), gapUs);
  eachRecord(
    rows,
    (row) => sorter.see(row),
    (record) => {
      if (record.kind === "notice" && record.ownerKnown === false) onStray(record.ref);
      rebuild.take(record);
    },
  );
  rebuild.end();
  sorter.end();
}

function toPart<Kept extends WindowPart>(
  input: AccountInput<Kept>,
  netns: string | null,
  burst: BurstWindows<Kept>,
  lines: BurstLines,
): Part<Kept> {
  const { segment, limiter, rows } = input;
  const beyond = reachesBeyond(input, netns, burst.index);
  const bounds = burst.tally.bounds({
    netns,
    limiter,
    otherNetns: input.otherNetns,
    otherCounting: [...input.counters.moved].some((other) => other !== netns),
    lossInside: burst.tally.lost || beyond.end,
    logStartsInside: startsInside(input, lines.firstUs) || beyond.start,
    noNotices: !input.hasNotices,
    shortSeen: burst.witness.shortSeen,
    counter: rows.dated && input.counters.sampled ? ceilingFor(input, netns, burst, lines) : null,
    witnessTailCap: burst.witness.largest,
  });
  return {
    segment,
    bounds: sayLeftOut({ ...bounds, reasons: reasonsLike(bounds.reasons) }, rows),
    windows: burst.kept,
    minutes: pairsOf(lines.minutes),
    heldBack: pairsOf(burst.heldBack),
    slots: pairsOf(lines.slots),
    shared: some(burst.shared),
    firstId: lines.firstId,
    lastId: lines.lastId,
    basis: lines.basis,
    idFrom: lines.idFrom,
    idTo: lines.idTo,
    notices: burst.notices,
    dated: rows.dated,
    firstUs: lines.firstUs,
    lastUs: lines.lastUs,
    resolutionUs: lines.resolutionUs,
    doubted: burst.doubted(lines),
  };
}

const NONE: readonly never[] = [];
const some = <T>(list: readonly T[]): readonly T[] => (list.length === 0 ? NONE : list);

function pairsOf(map: ReadonlyMap<number, number>): Pairs {
  if (map.size === 0) return NONE;
  const pairs = new Array<number>(2 * map.size);
  let at = 0;
  for (const [minute, count] of map) {
    pairs[at++] = minute;
    pairs[at++] = count;
  }
  return pairs;
}

/** Every combination of reasons is held once. */
const reasonLists = new Map<string, Bounds["reasons"]>();
function reasonsLike(reasons: Bounds["reasons"]): Bounds["reasons"] {
  const key = reasons.join();
  const known = reasonLists.get(key);
  if (known === undefined) reasonLists.set(key, reasons);
  return known ?? reasons;
}

/** A kernel's first lines come within its first moments: nothing of the boot lies before them. */
const FIRST_MOMENTS_US = 5_000_000;

/** True where the log may begin after the burst did: no line far enough before it is there. */
function startsInside<Kept extends WindowPart>(
  { segment, rows, limiter }: AccountInput<Kept>,
  burstUs: number,
): boolean {
  if (segment.firstUptimeUs !== null && segment.firstUptimeUs < FIRST_MOMENTS_US) return false;
  const firstUs = rows.dated ? segment.firstUs : segment.firstUptimeUs;
  return firstUs === null || burstUs - firstUs < reachUs({ ...limiter, costUs: limiter.mostCostUs });
}

/** Where a copy of its log tells of the burst before this one begins, or after it ends: some of it is not here. */
function reachesBeyond<Kept extends WindowPart>(
  { segment, rows, bursts }: AccountInput<Kept>,
  netns: string | null,
  index: number,
): { readonly start: boolean; readonly end: boolean } {
  const span = rows.dated && segment.hasCopies ? bursts.get(netns)?.[index] : undefined;
  const { firstUs, lastUs } = segment;
  if (span === undefined || firstUs === null || lastUs === null) return { start: false, end: false };
  return { start: span.startUs < firstUs, end: span.endUs > lastUs };
}

function ceilingFor<Kept extends WindowPart>(
  { db, hostId, limiter, bursts, counters }: AccountInput<Kept>,
  netns: string | null,
  { tally, index }: BurstWindows<Kept>,
  { firstUs, resolutionUs }: BurstLines,
) {
  const intervals = bursts.get(netns) ?? [];
  return ceilingOf({
    ...{ db, hostId, netns, limiter, firstUs, resolutionUs },
    ...{ firstWindow: tally.first, lastWindow: tally.last },
    boots: counters.boots,
    whole: intervals[index],
    previous: intervals[index - 1],
    next: intervals[index + 1],
  });
}
