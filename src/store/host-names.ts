// Host names as lines carry them, each under an id of its own.

import type { Db } from "./open.ts";
import { statement } from "./statements.ts";

/** The id of a name, given now where it has none. */
export function nameId(db: Db, name: string): number {
  const row = statement(db, "name_id").get({ name }) as { name_id: number } | undefined;
  return row ? row.name_id : Number(statement(db, "insert_name").run({ name }).lastInsertRowid);
}
