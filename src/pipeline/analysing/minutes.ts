// Minutes of a host: lines when they were printed, suppressions when the window they were counted in began.

import { bootAt, inForce, type Reading } from "../../analysis/limits.ts";
import { MINUTE_US } from "../../model/units.ts";
import { type BulkRows, bulkRows } from "../../store/bulk-rows.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { Pairs } from "./account.ts";
import type { FoundBurst } from "./burst-accounts.ts";

/** How far, in minutes, a window may begin before the burst that it is of, and to spare. */
const REACH = 60;
/** Minutes held before any is written, about a hundred bytes each. */
const MOST_OPEN = 2048;
/** Minutes with counts that are asked for at a time: a week. */
const COUNTED_AT_A_TIME = 7 * 24 * 60;

type Readings = ReadonlyMap<string, readonly Reading[]>;

interface Minute {
  dropLines: number;
  suppressed: number;
}

interface Counted {
  readonly minute: number;
  readonly entries_min: number;
  readonly entries_max: number;
}

/** Remakes the minutes of a host. Bursts come in the order of time, so that those of old ones can be written. */
export class MinuteKeeper {
  readonly #db: Db;
  readonly #hostId: number;
  readonly #limits: readonly Reading[];
  readonly #boots: readonly number[];
  readonly #rows: BulkRows;
  readonly #open = new Map<string | null, Map<number, Minute>>();
  /** A window in which several namespaces dropped is part of several bursts, but its N stands once. */
  readonly #shared = new Set<number>();
  #writtenTo = Number.NEGATIVE_INFINITY;
  /** Minutes that are open, and how many may be before those behind are looked for. */
  #count = 0;
  #mostOpen = MOST_OPEN;

  /** `boots`: when they began, ascending. */
  constructor(db: Db, hostId: number, readings: Readings, boots: readonly number[]) {
    this.#boots = boots;
    this.#db = db;
    this.#hostId = hostId;
    this.#limits = readings.get("nf_conntrack_max") ?? [];
    this.#rows = bulkRows(db, "insert_minute");
    statement(db, "delete_minutes").run({ host_id: hostId });
  }

  add({ netns, startUs, parts }: FoundBurst<unknown>): void {
    if (startUs === null) return;
    if (this.#count >= this.#mostOpen) this.#writeBefore(Math.floor(startUs / MINUTE_US) - REACH);
    for (const part of parts) {
      eachPair(part.minutes, (minute, lines) => {
        this.#at(netns, minute).dropLines += lines;
      });
      eachPair(part.heldBack, (minute, count) => {
        this.#at(netns, minute).suppressed += count;
      });
      for (const { noticeId, minute, count } of part.shared) {
        if (this.#shared.has(noticeId)) continue;
        this.#shared.add(noticeId);
        this.#at(null, minute).suppressed += count;
      }
    }
  }

  /** Writes what is left, and the counts. */
  end(): void {
    this.#writeBefore(Number.POSITIVE_INFINITY);
    this.#rows.flush();
    for (const netns of new Set([null, ...this.#open.keys()])) this.#addCounts(netns);
    this.#rows.flush();
    statement(this.#db, "keep_pressure").run({ host_id: this.#hostId });
  }

  #at(netns: string | null, minute: number): Minute {
    let byMinute = this.#open.get(netns);
    if (byMinute === undefined) {
      byMinute = new Map();
      this.#open.set(netns, byMinute);
    }
    let known = byMinute.get(minute);
    if (known === undefined) {
      known = { dropLines: 0, suppressed: 0 };
      byMinute.set(minute, known);
      this.#count += 1;
    }
    return known;
  }

  #writeBefore(end: number): void {
    for (const [netns, byMinute] of this.#open) {
      const due = [...byMinute].filter(([minute]) => minute < end).sort((a, b) => a[0] - b[0]);
      for (const [minute, row] of due) {
        byMinute.delete(minute);
        this.#count -= 1;
        this.#write(netns, minute, row);
      }
    }
    this.#writtenTo = Math.max(this.#writtenTo, end);
    this.#mostOpen = 2 * this.#count + MOST_OPEN;
  }

  #write(netns: string | null, minute: number, { dropLines, suppressed }: Minute): void {
    const minute_us = minute * MINUTE_US;
    const row = {
      host_id: this.#hostId,
      netns,
      minute_us,
      drop_lines: dropLines,
      suppressed,
      entries_min: null,
      entries_max: null,
      limit_value: this.#limitAt(minute_us),
    };
    // Seldom: a clock that jumped leads back behind what was written.
    if (minute < this.#writtenTo) {
      this.#rows.flush();
      if (statement(this.#db, "add_to_minute").run(row).changes > 0) return;
    }
    this.#rows.add(row);
  }

  #limitAt(minuteUs: number): number | null {
    if (this.#limits.length === 0) return null;
    const { untilUs } = bootAt(this.#boots, minuteUs + MINUTE_US - 1);
    return inForce(this.#limits, minuteUs, { sinceUs: null, untilUs })?.reading.value ?? null;
  }

  #addCounts(netns: string | null): void {
    const host = { host_id: this.#hostId, netns };
    let from_us = Number.MIN_SAFE_INTEGER;
    for (;;) {
      const next = statement(this.#db, "next_count").get({ ...host, from_us }) as { minute: number | null };
      if (next.minute === null) return;
      from_us = next.minute * MINUTE_US;
      const span = { ...host, from_us, to_us: from_us + COUNTED_AT_A_TIME * MINUTE_US };
      const told = new Set(statement(this.#db, "minutes_between").pluck().all(span) as number[]);
      const counts = statement(this.#db, "minute_counts").all(span) as Counted[];
      for (const { minute, ...entries } of counts) {
        const row = { ...host, minute_us: minute * MINUTE_US, ...entries };
        if (told.has(row.minute_us)) statement(this.#db, "count_minute").run(row);
        else {
          const limit_value = this.#limitAt(row.minute_us);
          this.#rows.add({ ...row, drop_lines: 0, suppressed: 0, limit_value });
        }
      }
      from_us = span.to_us;
    }
  }
}

function eachPair(pairs: Pairs, tell: (minute: number, count: number) => void): void {
  for (let at = 0; at < pairs.length; at += 2) tell(pairs[at] ?? 0, pairs[at + 1] ?? 0);
}
