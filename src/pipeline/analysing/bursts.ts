// Bursts of one host: found once over all its channels, each told by the witness that says most.

import { type Interval, merge, type Stint, sameUptimes } from "../../analysis/intervals.ts";
import type { Reading } from "../../analysis/limits.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { type Counters, type Give, giveAccounts } from "./account.ts";
import { burstOf, type FoundBurst } from "./burst-accounts.ts";
import { countersThatMoved, hostHas } from "./ceiling.ts";
import type { PackRoom } from "./limiter-pack.ts";
import { createLimiterRows, type LimiterRows } from "./limiter-rows.ts";
import { settingsOf } from "./limiter-settings.ts";
import { bootStarts } from "./limits.ts";
import { PartShelf, type Shelved } from "./part-shelf.ts";
import { limiterOf, type Segment, segmentsOf } from "./segments.ts";
import { type Survey, survey } from "./survey.ts";
import type { WindowKeeper, WindowPart } from "./window-marks.ts";

export interface FoundBursts<Kept> {
  /** Tells of each in time order, undated ones last. */
  readonly each: (tell: (burst: FoundBurst<Kept>) => void) => void;
  /** Notices whose windows are of no burst, by id. */
  readonly strays: readonly number[];
  /** Segments without a drop line, dated or not: none of their notices is of a burst. */
  readonly dropless: readonly { readonly segment: Segment; readonly dated: boolean }[];
}

export interface BurstSearch<Kept extends WindowPart> {
  readonly db: Db;
  readonly hostId: number;
  readonly gapUs: number;
  readonly readings: ReadonlyMap<string, readonly Reading[]>;
  /** Without lines that may not be the kernel's own. */
  readonly trusted: boolean;
  readonly keeper: WindowKeeper<Kept>;
  /** Parts of bursts held at a time, where they have to be. */
  readonly mostHeld?: number;
}

/** Rows of a host held from one look to the next, forty bytes each. */
const MOST_PACKED = 400_000;

const NONE: ReadonlySet<string | null> = new Set();

type Bursts = Map<string | null, Interval[]>;

/** Bursts of a host. Writes nothing but what the keeper writes. */
export function findBursts<Kept extends WindowPart>(search: BurstSearch<Kept>): FoundBursts<Kept> {
  const { db, hostId, gapUs } = search;
  const segments = segmentsOf(db, hostId);
  const counters = countersOf(db, hostId);
  const room = { rows: MOST_PACKED };
  const looks = segments.flatMap((segment) => [
    look(search, segment, true, room),
    look(search, segment, false, room),
  ]);
  const dated = datedBursts(looks, gapUs);
  const byBoot = undatedByBoot(looks, gapUs);
  const names = new Set(looks.flatMap(({ runs }) => [...runs.keys()]));
  const otherNetns = names.size > 1;

  const strays: number[] = [];
  const onStray = (id: number) => void strays.push(id);
  const same = { db, hostId, gapUs, otherNetns, counters, keeper: search.keeper, onStray };
  const account = ({ segment, rows, runs, windows, hasNotices }: Look, give: Give<Kept>) => {
    const settings = settingsOf(search.readings, segment, rows.dated ? runs : null, counters.boots);
    const limiter = limiterOf(db, segment, windows, settings, search.trusted);
    const boot = rows.dated ? null : bootOf(segment);
    const bursts = rows.dated ? dated : ((boot === null ? undefined : byBoot.get(boot)) ?? runs);
    giveAccounts({ ...same, segment, limiter, rows, bursts, hasNotices }, give);
  };
  const tellOne = ({ netns, burst, parts }: Shelved<Kept>) => {
    const span = burst === null ? null : (dated.get(netns)?.[burst] ?? null);
    return burstOf(netns, span, parts, segments, otherNetns, gapUs);
  };
  const telling = looks.filter(({ runs }) => runs.size > 0);
  const dropless = looks
    .filter(({ runs }) => runs.size === 0)
    .map(({ segment, rows }) => ({ segment, dated: rows.dated }));
  const [only] = telling;
  if (only !== undefined && search.mostHeld === undefined && isAlone(db, telling, names)) {
    const each: FoundBursts<Kept>["each"] = (tell) =>
      account(only, (netns, burst, part) => tell(tellOne({ netns, burst, parts: [part] })));
    return { each: once(each), strays, dropless };
  }
  const shelf = new PartShelf(db, segments, search.keeper, names, search.mostHeld);
  for (const look of telling) account(look, shelving(shelf, look));
  const each: FoundBursts<Kept>["each"] = (tell) => {
    const { dated: inTimes, undated } = shelf.bursts();
    for (const burst of inOrder(inTimes.map((one) => told(one, tellOne)))) tell(burst);
    for (const one of undated) for (const burst of told(one, tellOne)) tell(burst);
  };
  return { each, strays, dropless };
}

/** One witness, whose bursts end in their order and have never been silent: each is told when it ends. */
function isAlone(db: Db, telling: readonly Look[], names: ReadonlySet<string | null>): boolean {
  const [only] = telling;
  if (only === undefined || telling.length > 1 || names.size > 1) return false;
  return only.rows.dated && only.inOrder && !hasSilent(db, only.segment);
}

function hasSilent(db: Db, { streamIds }: Segment): boolean {
  const forms = streamIds.flatMap(
    (stream_id) => statement(db, "speaking_forms").all({ stream_id }) as { form_id: number }[],
  );
  return forms.some(({ form_id }) => statement(db, "has_silent").get({ form_id }) !== undefined);
}

/** What reads and writes as it tells cannot tell again. */
function once<Tell>(each: (tell: Tell) => void): (tell: Tell) => void {
  let isTold = false;
  return (tell) => {
    if (isTold) throw new Error("bursts that were told when they were found are told once");
    isTold = true;
    each(tell);
  };
}

function shelving<Kept extends WindowPart>(shelf: PartShelf<Kept>, { segment, rows }: Look): Give<Kept> {
  const boot = rows.dated ? null : bootOf(segment);
  return (netns, burst, part) => {
    if (rows.dated) shelf.put(netns, burst, part);
    else shelf.putUndated(netns, boot === null ? null : JSON.stringify([boot, netns, burst]), part);
  };
}

/** What all witnesses together have of each namespace, in time order. */
function datedBursts(looks: readonly Look[], gapUs: number): Bursts {
  const dated: Bursts = new Map();
  for (const { runs } of looks.filter(({ rows }) => rows.dated)) {
    for (const [netns, list] of runs) dated.set(netns, [...(dated.get(netns) ?? []), ...list]);
  }
  for (const stints of stintsByBoot(looks)) {
    for (const [netns, list] of stints) dated.get(netns)?.push(...sameUptimes(list));
  }
  for (const [netns, list] of dated) dated.set(netns, merge(list, gapUs));
  return dated;
}

/** Of boots that several witnesses tell of. */
function stintsByBoot(looks: readonly Look[]): Iterable<ReadonlyMap<string | null, Stint[]>> {
  const found = new Map<number, Map<string | null, Stint[]>>();
  for (const { segment, stints } of looks) {
    if (segment.boot === null || stints.size === 0) continue;
    const boot = found.get(segment.boot) ?? new Map<string | null, Stint[]>();
    for (const [netns, list] of stints) boot.set(netns, [...(boot.get(netns) ?? []), ...list]);
    found.set(segment.boot, boot);
  }
  return found.values();
}

function countersOf(db: Db, hostId: number): Counters {
  const sampled = hostHas(db, hostId).counters > 0;
  return { sampled, boots: bootStarts(db, hostId), moved: sampled ? countersThatMoved(db, hostId) : NONE };
}

/** The boot whose clock orders a segment's lines where nothing dates them; null: they have none. */
function bootOf({ boot, firstUptimeUs }: Segment): number | null {
  return firstUptimeUs === null ? null : boot;
}

/** Dumps of one boot tell of the same bursts, dated or not. */
function undatedByBoot(looks: readonly Look[], gapUs: number): ReadonlyMap<number, Bursts> {
  const found = new Map<number, Bursts>();
  for (const { segment, rows, runs } of looks) {
    const boot = rows.dated ? null : bootOf(segment);
    if (boot === null) continue;
    const bursts: Bursts = found.get(boot) ?? new Map();
    for (const [netns, list] of runs)
      bursts.set(netns, merge([...(bursts.get(netns) ?? []), ...list], gapUs));
    found.set(boot, bursts);
  }
  return found;
}

function* told<Kept>(
  shelved: Iterator<Shelved<Kept>>,
  tellOne: (one: Shelved<Kept>) => FoundBurst<Kept>,
): Generator<FoundBurst<Kept>> {
  for (let step = shelved.next(); step.done !== true; step = shelved.next()) yield tellOne(step.value);
}

/** Bursts of all namespaces in the order of time: the next of each is at hand. */
function* inOrder<Kept>(all: readonly Iterator<FoundBurst<Kept>>[]): Generator<FoundBurst<Kept>> {
  const rows = all.flatMap((rest) => {
    const step = rest.next();
    return step.done === true ? [] : [{ rest, head: step.value }];
  });
  for (;;) {
    const next = least(rows, (a, b) => inTime(a.head, b.head));
    if (next === undefined) return;
    yield next.head;
    const step = next.rest.next();
    if (step.done === true) rows.splice(rows.indexOf(next), 1);
    else next.head = step.value;
  }
}

function least<T>(list: readonly T[], compare: (a: T, b: T) => number): T | undefined {
  return list.reduce<T | undefined>(
    (best, one) => (best === undefined || compare(one, best) < 0 ? one : best),
    undefined,
  );
}

type Look = Survey & { readonly segment: Segment; readonly rows: LimiterRows };

/** What a segment has to tell, of rows with an instant or of those without. */
function look<Kept extends WindowPart>(
  { db, gapUs, trusted }: BurstSearch<Kept>,
  segment: Segment,
  dated: boolean,
  room: PackRoom,
): Look {
  const { streamIds, repeating } = segment;
  const rows = createLimiterRows({ db, streamIds, repeating, dated, trusted, room });
  return { segment, rows, ...survey(rows, gapUs) };
}

function inTime<Kept>(a: FoundBurst<Kept>, b: FoundBurst<Kept>): number {
  return (
    (a.startUs ?? Number.MAX_VALUE) - (b.startUs ?? Number.MAX_VALUE) ||
    (a.netns ?? "").localeCompare(b.netns ?? "") ||
    (a.parts[0]?.firstId ?? 0) - (b.parts[0]?.firstId ?? 0)
  );
}
