// Which days of which hosts are other than they were before a run, and which bursts are news.

import { instantOfWall, wall } from "../../render/zone.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";

/** A burst as far as a day's report or its summary depends on it. */
export interface BurstMark {
  readonly burst_id: number;
  readonly host: string;
  readonly netns: string | null;
  readonly start_us: number | null;
  readonly end_us: number | null;
  readonly drop_lines: number;
  readonly suppressed: number;
  readonly suppressed_shared: number;
  readonly drops_min: number;
  readonly drops_reported: number;
  readonly drops_max: number | null;
  readonly limit_value: number | null;
  readonly doubted_lines: number;
}

export interface HostDay {
  readonly host: string;
  /** YYYY-MM-DD in the zone of the reports. */
  readonly date: string;
}

export interface News {
  readonly days: readonly HostDay[];
  readonly bursts: readonly BurstMark[];
}

const QUARTER_US = 900_000_000;
const DAY_MS = 86_400_000;

/** Bursts at an instant, by id. */
export type BurstMarks = ReadonlyMap<number, BurstMark>;

/** Bursts as they are now: what `newsSince` compares with. */
export function burstMarks(db: Db): BurstMarks {
  const rows = statement(db, "burst_marks").all() as BurstMark[];
  return new Map(rows.map((row) => [row.burst_id, row]));
}

/**
 * What changed since `before` was taken (null: no burst did), and what earlier runs read that no nightly run has
 * told: one by hand, or one that failed.
 */
export function newsSince(db: Db, runId: number, before: BurstMarks | null, tz: string): News {
  const { run_id } = statement(db, "first_run_to_tell").get({ run_id: runId }) as { run_id: number };
  if (before === null && run_id === runId) return { days: [], bursts: [] };
  const days = new Map<string, HostDay>();
  const add = (host: string, atUs: number) => {
    const { date } = wall(atUs, tz);
    days.set(`${date} ${host}`, { host, date });
  };
  const told = statement(db, "new_instants").all({ run_id }) as { host: string; quarter: number }[];
  for (const { host, quarter } of told) add(host, quarter * QUARTER_US);
  const untold = new Set(run_id < runId ? days.keys() : []);

  const after = burstMarks(db);
  const old = before ?? after;
  const differing = [...old.values(), ...after.values()].filter(
    (mark) => JSON.stringify(old.get(mark.burst_id)) !== JSON.stringify(after.get(mark.burst_id)),
  );
  for (const mark of differing) for (const atUs of instantsOf(mark)) add(mark.host, atUs);
  const toldOf = toldBefore([...old.values()]);
  const bursts = [...after.values()].filter((mark) => {
    const was = old.get(mark.burst_id);
    const isMore = was === undefined || was.drops_reported < mark.drops_reported;
    if (isMore && toldOf(mark) < mark.drops_reported) return true;
    return instantsOf(mark).some((atUs) => untold.has(`${wall(atUs, tz).date} ${mark.host}`));
  });
  const sorted = [...days.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return { days: sorted.map(([, day]) => day), bursts };
}

/** What windows of several namespaces kept back, each window once, of these bursts of one host. */
export function suppressedShared(db: Db, burstIds: readonly number[]): number {
  const row = statement(db, "suppressed_shared_of").get({ burst_ids: JSON.stringify(burstIds) });
  return (row as { suppressed: number }).suppressed;
}

/**
 * What bursts that lay where one lies now came to together: under another gap they are cut and joined elsewhere, and no
 * news.
 */
function toldBefore(old: readonly BurstMark[]): (mark: BurstMark) => number {
  const lists = new Map<string, Dated[]>();
  const keyOf = ({ host, netns }: BurstMark) => JSON.stringify([host, netns]);
  for (const mark of old) {
    if (!isDated(mark)) continue;
    const list = lists.get(keyOf(mark));
    if (list === undefined) lists.set(keyOf(mark), [mark]);
    else list.push(mark);
  }
  for (const list of lists.values()) list.sort((a, b) => a.start_us - b.start_us);
  return (mark) => {
    const list = lists.get(keyOf(mark));
    if (list === undefined || !isDated(mark)) return 0;
    let told = 0;
    for (let at = firstEndingAt(list, mark.start_us); at < list.length; at++) {
      const one = list[at];
      if (one === undefined || one.start_us > mark.end_us) break;
      told += one.drops_reported;
    }
    return told;
  };
}

type Dated = BurstMark & { readonly start_us: number; readonly end_us: number };

function isDated(mark: BurstMark): mark is Dated {
  return mark.start_us !== null && mark.end_us !== null;
}

/** Bursts of a namespace lie apart, so that their ends are in order as well. */
function firstEndingAt(list: readonly Dated[], atUs: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.end_us ?? 0) < atUs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** An instant in every day that a burst touches, its end included. */
function instantsOf({ start_us, end_us }: BurstMark): number[] {
  if (start_us === null || end_us === null) return [];
  const out: number[] = [];
  for (let at = start_us; at < end_us; at += 12 * 4 * QUARTER_US) out.push(at);
  return [...out, end_us];
}

/** First and last microsecond of a day. */
export function daySpan(date: string, tz: string): { sinceUs: number; untilUs: number } {
  const next = new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10);
  return { sinceUs: startOf(date, tz), untilUs: startOf(next, tz) - 1 };
}

/** Where clocks skip midnight the day begins when they go on. */
function startOf(date: string, tz: string): number {
  const midnight = Date.parse(date) * 1000;
  for (let quarters = 0; quarters < 96; quarters++) {
    const found = instantOfWall(midnight + quarters * QUARTER_US, tz);
    if (found !== null) return found;
  }
  // A day that a zone left out as a whole.
  return midnight;
}
