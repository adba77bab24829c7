// Events of the limiter as rows, on their way from the database to windows and bursts.

import { UNKNOWN_REPEAT } from "../../messages/repeats.ts";
import { STAMP } from "../../model/stored.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { createFormCursor, type FormCursor, type FormRow } from "./limiter-cursor.ts";
import { LimiterPack, type PackRoom } from "./limiter-pack.ts";
import { type LimiterForm, type LimiterRow, NO_UPTIMES, ROW } from "./limiter-row.ts";

type See = (row: LimiterRow) => void;

/** Rows read at a time, of all forms of a stream together. */
const BATCH_ROWS = 8192;

/** Hands over rows of streams, one after the other, in file order; `dated` chooses those with or without an instant. */
function eachRow({ db, streamIds, repeating, dated }: LimiterRowsInput, see: See): void {
  for (const stream_id of streamIds) {
    if (dated && repeating.includes(stream_id)) see(LOST_REPEAT);
    const forms = statement(db, "limiter_forms").all({ stream_id }) as FormRow[];
    const limit = Math.max(32, Math.floor(BATCH_ROWS / forms.length));
    const cursors = forms.map((form) => createFormCursor(db, form, dated, limit));
    merge(
      cursors.filter(({ id }) => id < Number.POSITIVE_INFINITY),
      see,
    );
  }
}

/** In order of ids. A stream has few forms, and several rows in a row of each. */
function merge(cursors: readonly FormCursor[], see: See): void {
  let open = [...cursors];
  while (open.length > 0) {
    let first = open[0];
    let next = Number.POSITIVE_INFINITY;
    for (const cursor of open) {
      if (first === undefined || cursor.id < first.id) {
        next = Math.min(next, first?.id ?? next);
        first = cursor;
      } else if (cursor !== first) next = Math.min(next, cursor.id);
    }
    while (first !== undefined && first.id < next) see(first.take());
    open = open.filter(({ id }) => id < Number.POSITIVE_INFINITY);
  }
}

/** A segment's rows, to be gone through any number of times. */
export interface LimiterRows {
  readonly dated: boolean;
  /** Once gone through: rows that were left out. */
  readonly leftOut: number;
  /** Once gone through: rows that tell of lines that were lost. */
  readonly losses: number;
  each(see: See): void;
}

/** What a row that is left out is taken for: a line of the kernel's may be missing there. */
export const LEFT_OUT = "left-out";

/** A repeat that cannot be counted: lines of the window before are missing. */
const LOST_REPEAT: LimiterRow = {
  id: 0,
  form: { kind: ROW.loss, message: UNKNOWN_REPEAT, netns: null, resolution_us: null, stamp_kind: STAMP.none },
  amount: null,
  copies: 1,
  at_us: null,
  uptime_us: null,
  basis: null,
  span_us: 0,
  uptimes: NO_UPTIMES,
  doubts: null,
};

export interface LimiterRowsInput {
  readonly db: Db;
  readonly streamIds: readonly number[];
  /** Streams before whose rows a repeat of the last row is missing. */
  readonly repeating: readonly number[];
  /** Rows with an instant, or those without. */
  readonly dated: boolean;
  /** Rows that may not be the kernel's own are left out. */
  readonly trusted: boolean;
  /** For rows that are gone through again; without it they are read again. */
  readonly room: PackRoom;
}

export function createLimiterRows(input: LimiterRowsInput): LimiterRows {
  const { dated, trusted, room } = input;
  let kept: LimiterPack | null = null;
  const told = { dated, leftOut: 0, losses: 0 };
  const leaveOut = createLeavingOut();
  const read = (see: See) => {
    const pack = new LimiterPack(room);
    let isPacked = true;
    Object.assign(told, { leftOut: 0, losses: 0 });
    eachRow(input, (found) => {
      const row = trusted && found.doubts !== null ? leaveOut(found) : found;
      if (row !== found) told.leftOut++;
      else if (row.form.kind === ROW.loss) told.losses++;
      isPacked &&= pack.add(row);
      see(row);
    });
    if (isPacked) kept = pack;
  };
  return Object.assign(told, {
    each(see: See) {
      if (kept === null) read(see);
      else kept.each(see);
    },
  });
}

/** Rows that are left out share a form where they shared one. */
function createLeavingOut(): (row: LimiterRow) => LimiterRow {
  const forms = new Map<LimiterForm, LimiterForm>();
  return (row) => {
    const form = forms.get(row.form) ?? { ...row.form, kind: ROW.loss, message: LEFT_OUT };
    forms.set(row.form, form);
    return { ...row, form, amount: null, copies: 1, span_us: 0, uptimes: NO_UPTIMES };
  };
}
