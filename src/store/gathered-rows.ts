// Events and anchors on their way into the database: gathered, since a statement of many rows costs half of as many
// statements.

import type { Db } from "./open.ts";
import type { AnchorRow, EventRow } from "./sink.ts";
import { bulkStatement, statement } from "./statements.ts";

/** Rows of one statement. */
const ROWS = 64;

export interface Gathered<Row> {
  readonly add: (row: Row) => void;
  /** Writes what is left. Ids are without a gap; null where there was no row. */
  end(): { readonly from: number | null; readonly to: number | null; readonly count: number };
}

export type EventRows = Gathered<EventRow>;
export type AnchorRows = Gathered<AnchorRow>;

/** For one source, in its transaction: nobody else gives ids meanwhile. */
export function createEventRows(db: Db): EventRows {
  const { id: before } = statement(db, "largest_event_id").get() as { id: number };
  return gather(db, "insert_event", before, pushEvent);
}

/** As `createEventRows`, of lines kept for their stamps. */
export function createAnchorRows(db: Db): AnchorRows {
  const { id: before } = statement(db, "largest_anchor_id").get() as { id: number };
  return gather(db, "insert_anchors", before, pushAnchor);
}

/** `push` lays a row's values behind the others, in the order of the statement's columns. */
function gather<Row>(
  db: Db,
  name: string,
  before: number,
  push: (values: unknown[], id: number, row: Row) => void,
): Gathered<Row> {
  let last = before;
  let values: unknown[] = [];
  let waiting = 0;
  return {
    add(row) {
      last++;
      waiting++;
      push(values, last, row);
      if (waiting < ROWS) return;
      bulkStatement(db, name, ROWS).run(values);
      values = [];
      waiting = 0;
    },
    end() {
      if (waiting > 0) bulkStatement(db, name, waiting).run(values);
      values = [];
      waiting = 0;
      const count = last - before;
      return { from: count === 0 ? null : before + 1, to: count === 0 ? null : last, count };
    },
  };
}

function pushEvent(values: unknown[], id: number, row: EventRow): void {
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

function pushAnchor(values: unknown[], id: number, row: AnchorRow): void {
  values.push(
    id,
    row.stream_id,
    row.line,
    row.byte_offset,
    row.byte_length,
    row.kind,
    row.stamp_kind,
    row.stamp_us,
    row.resolution_us,
    row.zone_name,
    row.uptime_us,
    row.told_us,
  );
}
