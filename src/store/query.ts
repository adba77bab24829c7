// A stranger's SQL: one statement, reading only.

import Database from "better-sqlite3";
import { UserError } from "../errors.ts";
import type { Db } from "./open.ts";

export type Row = Record<string, string | number | bigint | Uint8Array | null>;

/** Names that a statement has values put in for, and any that only its comments and texts hold. */
export function parameterNames(sql: string): string[] {
  return [...new Set([...sql.matchAll(/[:@$]([A-Za-z_]\w*)/g)].map((match) => match[1] ?? ""))];
}

/**
 * Rows of one read-only statement. Named parameters that are not given are NULL, as in the sqlite3 shell.
 * @throws UserError for SQL that does not read, or does not parse.
 */
export function* readOnly(
  db: Db,
  sql: string,
  given: Readonly<Record<string, string | number>>,
): Generator<Row> {
  try {
    const prepared = db.prepare(sql);
    if (!prepared.reader || !prepared.readonly) throw new UserError("only statements that read are run here");
    const values = Object.fromEntries(parameterNames(sql).map((name) => [name, given[name] ?? null]));
    yield* prepared.iterate(values) as IterableIterator<Row>;
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (error instanceof Database.SqliteError || error instanceof RangeError || error instanceof TypeError) {
      throw new UserError(`the query: ${error.message}`, { cause: error });
    }
    throw error;
  }
}
