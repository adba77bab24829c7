// Bursts of one host: found once over all its channels, each told by the witness that says most.

import { combine } from "../analysis/accounts.ts";
import type { Bounds } from "../analysis/bounds.ts";
import { type Interval, merge } from "../analysis/intervals.ts";
import type { Reading } from "../analysis/limits.ts";
import { type Relation, relate, speaker } from "../analysis/witnesses.ts";
import type { Db } from "../store/open.ts";
import { giveAccounts, type Part, survey } from "./analyse-account.ts";
import { limiterOf, type Segment, segmentsOf } from "./analyse-segments.ts";
import type { Doubted } from "./burst-windows.ts";
import type { PackRoom } from "./limiter-pack.ts";
import { createLimiterRows, type LimiterRows } from "./limiter-rows.ts";
import type { WindowKeeper, WindowPart } from "./window-marks.ts";

export interface FoundBurst<Kept> {
  readonly netns: string | null;
  /** Null: nothing dates it. */
  readonly startUs: number | null;
  readonly endUs: number | null;
  readonly bounds: Bounds;
  readonly witness: string;
  readonly accounts: readonly {
    readonly channel: string;
    readonly dropLines: number;
    readonly suppressed: number;
    readonly relation: Relation;
  }[];
  /** Parts of the witness that speaks, in time order. */
  readonly parts: readonly Part<Kept>[];
  /** Those of the others. */
  readonly otherParts: readonly Part<Kept>[];
  /** Another namespace is named somewhere in the evidence of the host. */
  readonly otherNamespaces: boolean;
  readonly gapUs: number;
  /** By the witness that speaks. */
  readonly doubted: Doubted;
}

export interface FoundBursts<Kept> {
  /** In time order, undated ones last. */
  readonly bursts: readonly FoundBurst<Kept>[];
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
}

/** Rows of a host held from one look to the next, forty bytes each. */
const MOST_PACKED = 400_000;

type Bursts = Map<string | null, Interval[]>;

/** Bursts of a host. Writes nothing but what the keeper writes. */
export function findBursts<Kept extends WindowPart>(search: BurstSearch<Kept>): FoundBursts<Kept> {
  const { db, hostId, gapUs } = search;
  const segments = segmentsOf(db, hostId);
  const room = { rows: MOST_PACKED };
  const looks = segments.flatMap((segment) => [
    look(search, segment, true, room),
    look(search, segment, false, room),
  ]);
  const dated: Bursts = new Map();
  for (const { runs } of looks.filter(({ rows }) => rows.dated)) {
    for (const [netns, list] of runs) dated.set(netns, [...(dated.get(netns) ?? []), ...list]);
  }
  for (const [netns, list] of dated) dated.set(netns, merge(list, gapUs));
  const names = new Set(looks.flatMap(({ runs }) => [...runs.keys()]));
  const otherNetns = names.size > 1;

  const found: FoundBurst<Kept>[] = [];
  const strays: number[] = [];
  const parts = new Map<string | null, Map<number, Part<Kept>[]>>();
  const tellOne = (netns: string | null, span: Interval | null, list: readonly Part<Kept>[]) =>
    found.push(tell(netns, span, list, segments, otherNetns, gapUs));
  for (const { segment, rows, runs, windows } of looks) {
    if (runs.size === 0) continue;
    const limiter = limiterOf(db, segment, windows, search.readings, search.trusted);
    const bursts = rows.dated ? dated : runs;
    const onStray = (id: number) => void strays.push(id);
    giveAccounts(
      { db, hostId, segment, limiter, rows, gapUs, bursts, otherNetns, keeper: search.keeper, onStray },
      (netns, burst, part) => {
        if (rows.dated) add(parts, netns, burst, part);
        else tellOne(netns, null, [part]);
      },
    );
  }
  for (const [netns, byBurst] of parts) {
    for (const [index, list] of byBurst) tellOne(netns, dated.get(netns)?.[index] ?? null, list);
  }
  const dropless = looks
    .filter(({ runs }) => runs.size === 0)
    .map(({ segment, rows }) => ({ segment, dated: rows.dated }));
  return { bursts: found.sort(inTime), strays, dropless };
}

function add<Kept>(
  parts: Map<string | null, Map<number, Part<Kept>[]>>,
  netns: string | null,
  burst: number,
  part: Part<Kept>,
): void {
  const byBurst = parts.get(netns) ?? new Map<number, Part<Kept>[]>();
  parts.set(netns, byBurst);
  const list = byBurst.get(burst);
  if (list === undefined) byBurst.set(burst, [part]);
  else list.push(part);
}

/** What a segment has to tell, of rows with an instant or of those without. */
function look<Kept extends WindowPart>(
  { db, gapUs, trusted }: BurstSearch<Kept>,
  segment: Segment,
  dated: boolean,
  room: PackRoom,
): ReturnType<typeof survey> & { readonly segment: Segment; readonly rows: LimiterRows } {
  const { streamIds } = segment;
  const rows = createLimiterRows({ db, streamIds, dated, trusted, room });
  return { segment, rows, ...survey(rows, gapUs) };
}

function inTime<Kept>(a: FoundBurst<Kept>, b: FoundBurst<Kept>): number {
  return (
    (a.startUs ?? Number.MAX_VALUE) - (b.startUs ?? Number.MAX_VALUE) ||
    (a.netns ?? "").localeCompare(b.netns ?? "") ||
    (a.parts[0]?.firstId ?? 0) - (b.parts[0]?.firstId ?? 0)
  );
}

/** One burst out of what all witnesses say of it. */
function tell<Kept>(
  netns: string | null,
  span: Interval | null,
  parts: readonly Part<Kept>[],
  segments: readonly Segment[],
  otherNamespaces: boolean,
  gapUs: number,
): FoundBurst<Kept> {
  const byStrand = new Map<number, Part<Kept>[]>();
  for (const part of parts) {
    byStrand.set(part.segment.strand, [...(byStrand.get(part.segment.strand) ?? []), part]);
  }
  const accounts = [...byStrand.values()].map((list) => account(list));
  const best = accounts[speaker(accounts)];
  if (best === undefined) throw new Error("a burst without an account");
  return {
    netns,
    // The witness that speaks says when: another's whole-second stamps would only blur it.
    startUs: span === null ? null : Math.min(...best.parts.map((part) => part.firstUs)),
    endUs: span === null ? null : Math.max(...best.parts.map((part) => part.lastUs)),
    bounds: best.bounds,
    witness: best.channel,
    accounts: byChannel(accounts, best, silent(segments, span, accounts)),
    parts: best.parts,
    otherParts: accounts.filter((one) => one !== best).flatMap((one) => one.parts),
    otherNamespaces,
    gapUs,
    doubted: addUp(best.parts.map((part) => part.doubted)),
  };
}

function addUp(parts: readonly Doubted[]): Doubted {
  const sum = (pick: (one: Doubted) => number) => parts.reduce((total, one) => total + pick(one), 0);
  return {
    lines: sum((one) => one.lines),
    suppressed: sum((one) => one.suppressed),
    doubts: [...new Set(parts.flatMap((one) => one.doubts))].sort(),
  };
}

interface StrandAccount<Kept> {
  readonly channel: string;
  readonly dropLines: number;
  readonly suppressed: number;
  readonly resolutionUs: number;
  readonly order: string;
  readonly bounds: Bounds;
  readonly parts: readonly Part<Kept>[];
}

function account<Kept>(parts: readonly Part<Kept>[]): StrandAccount<Kept> {
  const bounds = combine(parts.map((part) => part.bounds));
  const first = parts[0];
  if (first === undefined) throw new Error("an account without parts");
  return {
    channel: first.segment.channel,
    dropLines: bounds.dropLines,
    suppressed: bounds.suppressed + bounds.suppressedShared,
    resolutionUs: Math.max(...parts.map((part) => part.resolutionUs)),
    order: first.segment.order,
    bounds,
    parts,
  };
}

/** Channels whose logs cover the burst and have no line of it. */
function silent(
  segments: readonly Segment[],
  span: Interval | null,
  accounts: readonly StrandAccount<unknown>[],
): string[] {
  if (span === null) return [];
  const speaking = new Set(accounts.map((one) => one.channel));
  return [...new Set(segments.map((segment) => segment.channel))].filter(
    (channel) =>
      !speaking.has(channel) &&
      segments.some(
        (segment) =>
          segment.channel === channel &&
          segment.firstUs !== null &&
          segment.lastUs !== null &&
          segment.firstUs <= span.startUs &&
          segment.lastUs >= span.endUs,
      ),
  );
}

/** One account a channel: the speaking one for its own, the fullest for every other. */
function byChannel(
  accounts: readonly StrandAccount<unknown>[],
  best: StrandAccount<unknown>,
  silentChannels: readonly string[],
): FoundBurst<unknown>["accounts"] {
  const channels = new Map<string, StrandAccount<unknown>>();
  for (const one of accounts) {
    const known = channels.get(one.channel);
    if (one === best || known === undefined || (known !== best && speaker([known, one]) === 1)) {
      channels.set(one.channel, one);
    }
  }
  const told = [...channels.values()].map((one) => ({
    channel: one.channel,
    dropLines: one.dropLines,
    suppressed: one.suppressed,
    relation: one === best ? ("speaks" as const) : relate(one, best),
  }));
  const quiet = silentChannels.map((channel) => ({
    channel,
    dropLines: 0,
    suppressed: 0,
    relation: "silent" as const,
  }));
  return [...told, ...quiet];
}
