// The kernel's drop counter around one burst.

import { type Ceiling, type CounterSample, counterCeiling } from "../../analysis/ceiling.ts";
import type { Interval } from "../../analysis/intervals.ts";
import type { Limiter } from "../../analysis/limiter.ts";
import { suppressedUntilUs } from "../../analysis/windows.ts";
import type { Window } from "../../analysis/windows-records.ts";
import { DAY_US } from "../../model/units.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";

/** How far samples and log can put the same moment apart: a reader's lag, and a whole-second stamp. */
const SAMPLE_SLACK_US = 500_000;
const MOST_SLACK_US = 2_000_000;
/** Samples further from a burst than this say little that nearer ones do not. */
const SAMPLES_WITHIN_US = DAY_US;

/** 0 where a host has none to ask for: of its table's entries, of its drop counters. */
export interface HostHas {
  readonly counts: number;
  readonly counters: number;
}

export function hostHas(db: Db, host_id: number): HostHas {
  return statement(db, "host_has").get({ host_id }) as HostHas;
}

/** Namespaces whose drop counter moved; null among them: samples that name none. */
export function countersThatMoved(db: Db, host_id: number): ReadonlySet<string | null> {
  return new Set(statement(db, "counters_that_moved").pluck(true).all({ host_id }) as (string | null)[]);
}

/** What of a burst decides its ceiling. */
export interface CeilingInput {
  readonly db: Db;
  readonly hostId: number;
  readonly netns: string | null;
  /** Of the burst's windows by one witness. */
  readonly firstWindow: Window | null;
  readonly lastWindow: Window | null;
  readonly limiter: Limiter;
  readonly firstUs: number;
  /** How far its instants may be off. */
  readonly resolutionUs: number;
  /** By all witnesses together. */
  readonly whole: Interval | undefined;
  /** Instants at which kernels of the host began, ascending. */
  readonly boots: readonly number[];
  /** Bursts of the namespace before and after it. */
  readonly previous: Interval | undefined;
  readonly next: Interval | undefined;
}

/** The ceiling that samples of the counter give, or why they give none; null where there are no samples. */
export function ceilingOf(input: CeilingInput): { ceiling: Ceiling; netns: string | null } | null {
  const { lastWindow, limiter } = input;
  if (lastWindow === null) return null;
  const costUs = limiter.mostCostUs;
  const lastBeginUs = widest(suppressedUntilUs(lastWindow, limiter) - limiter.costUs, input.whole?.endUs, 1);
  const firstUs = input.firstWindow?.earliestUs ?? Number.NEGATIVE_INFINITY;
  const rows = statement(input.db, "counter_samples").all({
    host_id: input.hostId,
    key: "drop",
    netns: input.netns,
    from_us: Math.round(input.firstUs - SAMPLES_WITHIN_US),
    to_us: Math.round(lastBeginUs + SAMPLES_WITHIN_US),
  }) as SampleRow[];
  if (rows.length === 0) return null;
  const ceiling = counterCeiling(
    toSamples(rows, input.boots),
    {
      firstLineUs: widest(firstUs, input.whole?.startUs, -1),
      lastWindowBeginUs: lastBeginUs,
      costUs,
      slackUs: Math.min(input.resolutionUs, MOST_SLACK_US) + SAMPLE_SLACK_US,
    },
    {
      previousEndUs: input.previous === undefined ? null : input.previous.endUs + costUs,
      nextBeginUs: input.next === undefined ? null : input.next.startUs,
    },
  );
  return { ceiling, netns: input.netns };
}

interface SampleRow {
  readonly value: number;
  readonly at_us: number;
  readonly uptime_us: number | null;
}

/** Clocks of the wall and of uptimes are told a little apart. */
const UPTIME_SLACK_US = 1_000_000;

/** `boots`: instants, ascending. A boot lies between two samples where one of them does, or where uptimes say so. */
function toSamples(rows: readonly SampleRow[], boots: readonly number[]): CounterSample[] {
  let next = 0;
  let before: SampleRow | null = null;
  let timed: SampleRow | null = null;
  return rows.map((row) => {
    const seen = next;
    while ((boots[next] ?? Number.POSITIVE_INFINITY) <= row.at_us) next++;
    const booted = before !== null && (next > seen || (timed !== null && isLaterBoot(timed, row)));
    before = row;
    if (row.uptime_us !== null) timed = row;
    return { atUs: row.at_us, drop: row.value, booted };
  });
}

/** The clock of uptimes began anew: it went back, or stands lower than the time that went by. */
function isLaterBoot(before: SampleRow, { at_us, uptime_us }: SampleRow): boolean {
  if (uptime_us === null || before.uptime_us === null) return false;
  return uptime_us + UPTIME_SLACK_US < Math.max(before.uptime_us, at_us - before.at_us);
}

/**
 * An end of the burst by this witness, or by another one where that tells of lines beyond it; `side`: 1 for the
 * later end. Closer than stamps of two logs may be apart, it is the same line.
 */
function widest(ownUs: number, allUs: number | undefined, side: 1 | -1): number {
  if (allUs === undefined || (allUs - ownUs) * side <= MOST_SLACK_US) return ownUs;
  return allUs + side * MOST_SLACK_US;
}
