// Bursts of one host: found once over all its channels, each told by the witness that says most.

import { combine } from "../analysis/accounts.ts";
import type { Bounds } from "../analysis/bounds.ts";
import { type Interval, merge } from "../analysis/intervals.ts";
import type { Reading } from "../analysis/limits.ts";
import { type Relation, relate, speaker } from "../analysis/witnesses.ts";
import type { Db } from "../store/open.ts";
import { type Doubted, giveAccounts, type Part, survey } from "./analyse-account.ts";
import { limiterOf, type Segment, segmentsOf } from "./analyse-segments.ts";
import { createLimiterRows } from "./limiter-rows.ts";

export interface FoundBurst {
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
  readonly parts: readonly Part[];
  /** Another namespace is named somewhere in the evidence of the host. */
  readonly otherNamespaces: boolean;
  readonly gapUs: number;
  /** By the witness that speaks. */
  readonly doubted: Doubted;
}

type Bursts = Map<string | null, Interval[]>;

/**
 * Bursts of a host in time order, undated ones last. Reads the database, writes nothing. `trusted`: without lines that
 * may not be the kernel's own.
 */
export function findBursts(
  db: Db,
  hostId: number,
  gapUs: number,
  readings: ReadonlyMap<string, readonly Reading[]>,
  trusted = false,
): FoundBurst[] {
  const segments = segmentsOf(db, hostId);
  const runs = segments.map((segment) => look(db, segment, gapUs, trusted));
  const bursts: Bursts = new Map();
  for (const { dated } of runs) {
    for (const [netns, list] of dated) bursts.set(netns, [...(bursts.get(netns) ?? []), ...list]);
  }
  for (const [netns, list] of bursts) bursts.set(netns, merge(list, gapUs));
  const names = new Set(runs.flatMap(({ dated, undated }) => [...dated.keys(), ...undated.keys()]));
  const otherNetns = names.size > 1;

  const found: FoundBurst[] = [];
  const parts = new Map<string | null, Map<number, Part[]>>();
  for (const { segment, rows, dated, windows } of runs) {
    if (dated.size === 0) continue;
    const limiter = limiterOf(db, segment, windows, readings, trusted);
    giveAccounts({ db, hostId, segment, limiter, rows, gapUs, bursts, otherNetns }, (netns, burst, part) => {
      const byBurst = parts.get(netns) ?? new Map<number, Part[]>();
      parts.set(netns, byBurst);
      byBurst.set(burst, [...(byBurst.get(burst) ?? []), part]);
    });
  }
  for (const [netns, byBurst] of parts) {
    for (const [index, list] of byBurst) {
      const span = bursts.get(netns)?.[index] ?? null;
      found.push(tell(netns, span, list, segments, otherNetns, gapUs));
    }
  }
  for (const { segment, undatedRows, undated, undatedWindows } of runs) {
    if (undated.size === 0) continue;
    const limiter = limiterOf(db, segment, undatedWindows, readings, trusted);
    giveAccounts(
      { db, hostId, segment, limiter, rows: undatedRows, gapUs, bursts: undated, otherNetns },
      (netns, _burst, part) => found.push(tell(netns, null, [part], segments, otherNetns, gapUs)),
    );
  }
  return found.sort(inTime);
}

/** What a segment has to tell, rows with an instant apart from those without. */
function look(db: Db, segment: Segment, gapUs: number, trusted: boolean) {
  const rows = createLimiterRows(db, segment.streamIds, true, trusted);
  const undatedRows = createLimiterRows(db, segment.streamIds, false, trusted);
  const [told, untold] = [survey(rows, gapUs), survey(undatedRows, gapUs)];
  return {
    ...{ segment, rows, dated: told.runs, windows: told.windows },
    ...{ undatedRows, undated: untold.runs, undatedWindows: untold.windows },
  };
}

function inTime(a: FoundBurst, b: FoundBurst): number {
  return (
    (a.startUs ?? Number.MAX_VALUE) - (b.startUs ?? Number.MAX_VALUE) ||
    (a.netns ?? "").localeCompare(b.netns ?? "") ||
    (a.parts[0]?.firstId ?? 0) - (b.parts[0]?.firstId ?? 0)
  );
}

/** One burst out of what all witnesses say of it. */
function tell(
  netns: string | null,
  span: Interval | null,
  parts: readonly Part[],
  segments: readonly Segment[],
  otherNamespaces: boolean,
  gapUs: number,
): FoundBurst {
  const byStrand = new Map<number, Part[]>();
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

interface StrandAccount {
  readonly channel: string;
  readonly dropLines: number;
  readonly suppressed: number;
  readonly resolutionUs: number;
  readonly order: string;
  readonly bounds: Bounds;
  readonly parts: readonly Part[];
}

function account(parts: readonly Part[]): StrandAccount {
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
  accounts: readonly StrandAccount[],
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
  accounts: readonly StrandAccount[],
  best: StrandAccount,
  silentChannels: readonly string[],
): FoundBurst["accounts"] {
  const channels = new Map<string, StrandAccount>();
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
