// Event rows of one boot and witness as the limiter's records, on one clock: the kernel's own where lines carry it.

import type { LimiterRecord } from "../analysis/windows-records.ts";
import { messageForm } from "../messages/recognise.ts";
import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";

/** What a row is to the limiter, as the statement numbers it. */
export const ROW = { drop: 0, notice: 1, loss: 2, other: 3 } as const;

export interface LimiterRow {
  readonly id: number;
  /** One of `ROW`. */
  readonly kind: number;
  /** Catalogue id; null for drops. */
  readonly message: string | null;
  readonly amount: number | null;
  readonly copies: number;
  readonly netns: string | null;
  readonly at_us: number | null;
  readonly uptime_us: number | null;
  readonly resolution_us: number | null;
  readonly stamp_kind: number;
  /** 1 where its instant was placed by another log of the boot. */
  readonly placed: number;
  /** Of several equal lines: from the first to the last. */
  readonly span_us: number;
  /** Of several equal lines, uptimes less that of the first; empty where they carry none, or it is one line. */
  readonly uptimes: readonly number[];
}

/** Losses that can have taken lines of the kernel with them; the others only touch programs or the console. */
const KERNEL_LOSSES = new Set(["journald-missed", "rsyslog-begin", "rsyslog-lost"]);
/** A notice and the line it was printed for are one call: they cannot be further apart. */
const OWNER_US = 1_000_000;
/** Without the kernel's own stamp a line has the time at which a log daemon read it, which may lag. */
const READER_LAG_US = 2_000_000;
/** The wall clock was set where it leaves the kernel's by more than this. */
const RESYNC_US = 2_000_000;

/** Columns in the order of the statement: rows come as arrays, which is a third of the cost of objects. */
type Columns = [
  id: number,
  kind: number,
  message: string | null,
  amount: number | null,
  copies: number,
  netns: string | null,
  atUs: number | null,
  uptimeUs: number | null,
  resolutionUs: number | null,
  stampKind: number,
  placed: number,
  spanUs: number,
  uptimes: string | null,
];

const NONE: readonly number[] = [];

function toRow(columns: Columns): LimiterRow {
  const list = columns[12];
  return {
    id: columns[0],
    kind: columns[1],
    message: columns[2],
    amount: columns[3],
    copies: columns[4],
    netns: columns[5],
    at_us: columns[6],
    uptime_us: columns[7],
    resolution_us: columns[8],
    stamp_kind: columns[9],
    placed: columns[10],
    span_us: columns[11],
    uptimes: list === null ? NONE : list.split(",").map(Number),
  };
}

/** Rows of streams, one after the other, in file order; `dated` chooses those with or without an instant. */
export function* limiterRows(db: Db, streamIds: readonly number[], dated: boolean): Generator<LimiterRow> {
  const rowsOf = statement(db, dated ? "limiter_events_dated" : "limiter_events_undated").raw(true);
  for (const stream_id of streamIds) {
    let after = 0;
    for (;;) {
      const rows = rowsOf.all({ stream_id, after }) as Columns[];
      for (const columns of rows) yield toRow(columns);
      const last = rows[rows.length - 1];
      if (last === undefined) break;
      after = last[0];
    }
  }
}

/** Rows that a segment is remembered by, so that it need not be asked for again; a longer one is read again. */
const MOST_KEPT = 50_000;

/** A segment's rows, to be gone through any number of times. */
export interface LimiterRows {
  readonly dated: boolean;
  [Symbol.iterator](): Iterator<LimiterRow>;
}

export function createLimiterRows(db: Db, streamIds: readonly number[], dated: boolean): LimiterRows {
  let kept: LimiterRow[] | null = null;
  function* read(): Generator<LimiterRow> {
    const keep: LimiterRow[] = [];
    for (const row of limiterRows(db, streamIds, dated)) {
      if (keep.length <= MOST_KEPT) keep.push(row);
      yield row;
    }
    // Only a reading that came to its end knows all of them.
    if (keep.length <= MOST_KEPT) kept = keep;
  }
  return { dated, [Symbol.iterator]: () => (kept ?? read())[Symbol.iterator]() };
}

/** The same rows as records. `seen` is told of every row with the record made of it. */
export function* limiterRecords(
  rows: Iterable<LimiterRow>,
  seen: (row: LimiterRow, record: LimiterRecord) => void,
): Generator<LimiterRecord> {
  const clock = createClock();
  let waiting: { row: LimiterRow; record: LimiterRecord } | null = null;
  for (const row of rows) {
    const record = toRecord(row, clock);
    if (record === null) continue;
    if (waiting !== null) {
      yield owned(waiting.record, row.kind === ROW.notice || row.kind === ROW.loss ? null : record);
      waiting = null;
    }
    seen(row, record);
    if (record.form === "__ratelimit-callbacks") waiting = { row, record };
    else if (row.uptimes.length === 0) yield record;
    else for (const after of row.uptimes) yield { ...record, atUs: record.atUs + after, amount: 1 };
  }
  if (waiting !== null) yield owned(waiting.record, null);
}

/**
 * The owner-line rule for the one form that names no limiter: the next line of the net limiter within the same
 * second owns it; a later one means that something else was printed in between.
 */
function owned(notice: LimiterRecord, next: LimiterRecord | null): LimiterRecord {
  if (next === null) return { ...notice, ownerKnown: null };
  const near = next.atUs - notice.atUs <= OWNER_US + Math.max(notice.resolutionUs, next.resolutionUs);
  return { ...notice, ownerKnown: near };
}

const RECORD_KINDS = ["drop", "notice", "loss", "other"] as const;

function toRecord(row: LimiterRow, clock: (row: LimiterRow) => number): LimiterRecord | null {
  if (row.kind === ROW.loss && !KERNEL_LOSSES.has(row.message ?? "")) return null;
  return {
    atUs: clock(row),
    resolutionUs: row.uptime_us === null ? Math.max(row.resolution_us ?? 0, READER_LAG_US) : 1,
    kind: RECORD_KINDS[row.kind] ?? "other",
    amount: row.kind === ROW.other ? row.copies : row.amount,
    netns: row.netns,
    form: row.kind === ROW.notice ? messageForm(row.message ?? "").notice : null,
    multi: 1,
    ref: row.id,
    repeat: row.copies > 1,
  };
}

/** Instants kept apart as the kernel's clock has them: whole-second stamps alone cannot order a window. */
function createClock(): (row: LimiterRow) => number {
  let offsetUs: number | null = null;
  return (row) => {
    if (row.uptime_us === null) return row.at_us ?? 0;
    if (row.at_us === null) return row.uptime_us;
    const off = row.at_us - row.uptime_us;
    if (offsetUs === null || Math.abs(off - offsetUs) > RESYNC_US) offsetUs = off;
    return offsetUs + row.uptime_us;
  };
}
