// Rows by the names of their columns, written many at a time: better-sqlite3 looks up each named parameter of each row
// by itself, which costs more than SQLite's own work.

import type { Db } from "./open.ts";
import { bulkStatement, parametersOf } from "./statements.ts";

/** Rows of one statement. */
const ROWS = 32;

type Row = Readonly<Record<string, unknown>>;

export interface BulkRows {
  /** Nothing is written before `flush`, or before there are many. */
  add(row: Row): void;
  flush(): void;
}

/** For the named insert of one row (`values (@column, ...)`). `before` is called before each writing. */
export function bulkRows(db: Db, name: string, before: () => void = () => {}): BulkRows {
  const columns = parametersOf(db, name);
  let waiting: Row[] = [];
  const write = (rows: readonly Row[]) => {
    const values: unknown[] = [];
    for (const row of rows) {
      for (const column of columns) {
        const value = row[column];
        // It would be written as null.
        if (value === undefined) throw new Error(`${name}: a row without ${column}`);
        values.push(value);
      }
    }
    bulkStatement(db, name, rows.length).run(values);
  };
  return {
    add(row) {
      waiting.push(row);
      if (waiting.length < ROWS) return;
      before();
      write(waiting);
      waiting = [];
    },
    flush() {
      if (waiting.length === 0) return;
      before();
      // Those of every other number would each be a statement to prepare.
      for (const row of waiting) write([row]);
      waiting = [];
    },
  };
}
