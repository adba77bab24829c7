// Minutes of a host: lines when they were printed, suppressions when the window they were counted in began.

import { inForce, type Reading } from "../../analysis/limits.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { Pairs } from "./account.ts";
import type { FoundBurst } from "./burst-accounts.ts";

const MINUTE_US = 60_000_000;

type Readings = ReadonlyMap<string, readonly Reading[]>;

interface Minute {
  dropLines: number;
  suppressed: number;
  entriesMin: number | null;
  entriesMax: number | null;
}

interface Counted {
  readonly minute: number;
  readonly entries_min: number;
  readonly entries_max: number;
}

/** Minutes of a host: lines when they were printed, suppressions when their window began. */
export function keepMinutes(
  db: Db,
  hostId: number,
  bursts: readonly FoundBurst<unknown>[],
  readings: Readings,
): void {
  statement(db, "delete_minutes").run({ host_id: hostId });
  const minutes = minutesOf(bursts);
  addCounts(db, hostId, minutes);
  const limits = readings.get("nf_conntrack_max") ?? [];
  const insert = statement(db, "insert_minute");
  for (const [netns, byMinute] of minutes.rows) {
    for (const [minute, row] of [...byMinute].sort((a, b) => a[0] - b[0])) {
      insert.run({
        host_id: hostId,
        netns,
        minute_us: minute * MINUTE_US,
        drop_lines: row.dropLines,
        suppressed: row.suppressed,
        entries_min: row.entriesMin,
        entries_max: row.entriesMax,
        limit_value: inForce(limits, minute * MINUTE_US, null)?.reading.value ?? null,
      });
    }
  }
  statement(db, "keep_pressure").run({ host_id: hostId });
}

/** By namespace and minute since the epoch. */
class Minutes {
  readonly rows = new Map<string | null, Map<number, Minute>>();

  at(netns: string | null, minute: number): Minute {
    let byMinute = this.rows.get(netns);
    if (byMinute === undefined) {
      byMinute = new Map();
      this.rows.set(netns, byMinute);
    }
    let known = byMinute.get(minute);
    if (known === undefined) {
      known = { dropLines: 0, suppressed: 0, entriesMin: null, entriesMax: null };
      byMinute.set(minute, known);
    }
    return known;
  }
}

function eachPair(pairs: Pairs, tell: (minute: number, count: number) => void): void {
  for (let at = 0; at < pairs.length; at += 2) tell(pairs[at] ?? 0, pairs[at + 1] ?? 0);
}

function minutesOf(bursts: readonly FoundBurst<unknown>[]): Minutes {
  const minutes = new Minutes();
  // A window in which several namespaces dropped is part of several bursts, but its N stands once.
  const seen = new Set<number>();
  for (const { netns, startUs, parts } of bursts) {
    if (startUs === null) continue;
    for (const part of parts) {
      eachPair(part.minutes, (minute, lines) => {
        minutes.at(netns, minute).dropLines += lines;
      });
      eachPair(part.heldBack, (minute, count) => {
        minutes.at(netns, minute).suppressed += count;
      });
      for (const { noticeId, minute, count } of part.shared) {
        if (seen.has(noticeId)) continue;
        seen.add(noticeId);
        minutes.at(null, minute).suppressed += count;
      }
    }
  }
  return minutes;
}

function addCounts(db: Db, hostId: number, minutes: Minutes): void {
  for (const netns of new Set([null, ...minutes.rows.keys()])) {
    const counts = statement(db, "minute_counts").all({ host_id: hostId, netns }) as Counted[];
    for (const { minute, entries_min, entries_max } of counts) {
      Object.assign(minutes.at(netns, minute), { entriesMin: entries_min, entriesMax: entries_max });
    }
  }
}
