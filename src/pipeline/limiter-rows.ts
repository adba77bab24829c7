// Events of the limiter as rows, on their way from the database to windows and bursts.

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
  /** What speaks against the kernel as its author, names joined by commas; null: nothing. */
  readonly doubts: string | null;
}

/** The clock that runs of rows are found on. */
export function timeOf(row: LimiterRow): number {
  return row.at_us ?? row.uptime_us ?? 0;
}

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
  doubts: string | null,
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
    doubts: columns[13],
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
  /** Once gone through: rows that were left out. */
  readonly leftOut: number;
  /** Once gone through: rows that tell of lines that were lost. */
  readonly losses: number;
  [Symbol.iterator](): Iterator<LimiterRow>;
}

/** What a row that is left out is taken for: a line of the kernel's may be missing there. */
export const LEFT_OUT = "left-out";

/** `trusted`: rows that may not be the kernel's own are left out. */
export function createLimiterRows(
  db: Db,
  streamIds: readonly number[],
  dated: boolean,
  trusted: boolean,
): LimiterRows {
  let kept: LimiterRow[] | null = null;
  const told = { leftOut: 0, losses: 0 };
  function* read(): Generator<LimiterRow> {
    const keep: LimiterRow[] = [];
    Object.assign(told, { leftOut: 0, losses: 0 });
    for (const found of limiterRows(db, streamIds, dated)) {
      const row = trusted && found.doubts !== null ? leaveOut(found) : found;
      if (row !== found) told.leftOut++;
      else if (row.kind === ROW.loss) told.losses++;
      if (keep.length <= MOST_KEPT) keep.push(row);
      yield row;
    }
    // Only a reading that came to its end knows all of them.
    if (keep.length <= MOST_KEPT) kept = keep;
  }
  return Object.assign(told, { dated, [Symbol.iterator]: () => (kept ?? read())[Symbol.iterator]() });
}

function leaveOut(row: LimiterRow): LimiterRow {
  return { ...row, kind: ROW.loss, message: LEFT_OUT, amount: null, copies: 1, span_us: 0, uptimes: NONE };
}
