// All rows of all tables, in the order of their ids: what makes one database another.

import { openForReading } from "../../src/store/open.ts";

type Rows = readonly Record<string, unknown>[];

/** Of the database at `path`, by table. */
export function tables(path: string): Record<string, Rows> {
  const db = openForReading(path);
  try {
    const names = db
      .prepare(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name",
      )
      .pluck()
      .all() as string[];
    const rowsOf = (name: string) => db.prepare(`select * from ${name}`).all() as Rows;
    return Object.fromEntries(names.map((name) => [name, rowsOf(name)]));
  } finally {
    db.close();
  }
}
