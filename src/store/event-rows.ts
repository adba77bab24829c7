// Events on their way into the database: gathered, since a statement of many rows costs half of as many statements.

import type { Db } from "./open.ts";
import type { EventRow } from "./sink.ts";
import { bulkStatement, statement } from "./statements.ts";

/** Rows of one statement. */
const ROWS = 64;

export interface EventRows {
  readonly add: (row: EventRow) => void;
  /** Writes what is left. Ids are without a gap; null where there was no row. */
  end(): { readonly from: number | null; readonly to: number | null; readonly count: number };
}

/** For one source, in its transaction: nobody else gives ids meanwhile. */
export function createEventRows(db: Db): EventRows {
  const { id: before } = statement(db, "largest_event_id").get() as { id: number };
  let last = before;
  let values: unknown[] = [];
  let waiting = 0;
  return {
    add(row) {
      last++;
      waiting++;
      push(values, last, row);
      if (waiting < ROWS) return;
      bulkStatement(db, "insert_event", ROWS).run(values);
      values = [];
      waiting = 0;
    },
    end() {
      if (waiting > 0) bulkStatement(db, "insert_event", waiting).run(values);
      values = [];
      waiting = 0;
      const count = last - before;
      return { from: count === 0 ? null : before + 1, to: count === 0 ? null : last, count };
    },
  };
}

/** In the order of the statement's columns. */
function push(values: unknown[], id: number, row: EventRow): void {
  values.push(
    id,
    row.stream_id,
    row.line,
    row.byte_offset,
    row.byte_length,
    row.kind,
    row.message,
    row.amount,
    row.copies,
    row.netns,
    row.doubts,
    row.stamp_kind,
    row.stamp_us,
    row.resolution_us,
    row.zone_name,
    row.uptime_us,
    row.span_us,
    row.uptimes,
    row.at_us,
    row.basis,
    row.text,
    row.sha256,
  );
}
