// Rows on their way into the database: gathered, since a statement of many rows costs half of as many statements.

import type { Db } from "./open.ts";
import type { AnchorRow } from "./sink.ts";
import type { IdRange } from "./source-parts.ts";
import { bulkStatement, statement } from "./statements.ts";

/** Rows of one statement. */
const ROWS = 64;

export interface Gathered<Row> {
  readonly add: (row: Row) => void;
  /** Writes what is left. Ids are without a gap; null where there was no row. */
  end(): GivenIds;
}

export interface GivenIds extends Readonly<IdRange> {
  readonly count: number;
}

/** Lays a row's values behind the others, in the order of the columns of the statement that `name` names. */
export interface Laying<Row> {
  /** Statement for these rows: they all fit one. */
  readonly name: (rows: readonly Row[]) => string;
  readonly push: (values: unknown[], id: number, row: Row, name: string) => void;
}

export type AnchorRows = Gathered<AnchorRow>;

/** Lines kept for their stamps, of one source, in its transaction: nobody else gives ids meanwhile. */
export function createAnchorRows(db: Db): AnchorRows {
  const { id: before } = statement(db, "largest_anchor_id").get() as { id: number };
  return gather(db, before, { name: () => "insert_anchors", push: pushAnchor });
}

export function gather<Row>(db: Db, before: number, { name, push }: Laying<Row>): Gathered<Row> {
  let last = before;
  let waiting: Row[] = [];
  const write = () => {
    const statementName = name(waiting);
    const values: unknown[] = [];
    let id = last - waiting.length;
    for (const row of waiting) push(values, ++id, row, statementName);
    bulkStatement(db, statementName, waiting.length).run(values);
    waiting = [];
  };
  return {
    add(row) {
      last++;
      waiting.push(row);
      if (waiting.length === ROWS) write();
    },
    end() {
      if (waiting.length > 0) write();
      const count = last - before;
      return { from: count === 0 ? null : before + 1, to: count === 0 ? null : last, count };
    },
  };
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
