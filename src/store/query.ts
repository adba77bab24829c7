// A stranger's SQL: one statement, reading only.

import Database from "better-sqlite3";
import { UserError } from "../errors.ts";
import type { Db } from "./open.ts";

export type Row = Record<string, string | number | bigint | Uint8Array | null>;

/** Names that a statement has values put in for, and any that only its comments and texts hold. */
export function parameterNames(sql: string): string[] {
  return [...new Set([...sql.matchAll(/[:@$]([A-Za-z_]\w*)/g)].map((match) => match[1] ?? ""))];
}

export interface Answer {
  /** Names of the columns, each once, also where no row comes. */
  readonly columns: readonly string[];
  readonly rows: Iterable<Row>;
}

type Parameters = Readonly<Record<string, string | number>>;

/**
 * What one read-only statement answers. Named parameters that are not given are NULL, as in the sqlite3 shell.
 * Whole numbers beyond what a `number` keeps exactly are `bigint`.
 * @throws UserError for SQL that does not read, or does not parse; its rows throw one, too.
 */
export function ask(db: Db, sql: string, given: Parameters): Answer {
  return inSentences(() => {
    const prepared = db.prepare(sql);
    if (!prepared.reader || !prepared.readonly) throw new UserError("only statements that read are run here");
    const values = Object.fromEntries(parameterNames(sql).map((name) => [name, given[name] ?? null]));
    const columns = namedOnce(prepared.columns().map(({ name }) => name));
    const begin = () => prepared.raw(true).safeIntegers(true).iterate(values) as IterableIterator<Cell[]>;
    return { columns, rows: rowsOf(columns, begin) };
  });
}

type Cell = Row[string];

/** The statement begins with the first row that is asked for: the connection is busy until it ends. */
function* rowsOf(columns: readonly string[], begin: () => Iterator<Cell[]>): Generator<Row> {
  const rows = inSentences(begin);
  try {
    for (;;) {
      const next = inSentences(() => rows.next());
      if (next.done === true) return;
      yield Object.fromEntries(columns.map((name, i) => [name, plain(next.value[i] ?? null)]));
    }
  } finally {
    rows.return?.();
  }
}

function plain(value: Cell): Cell {
  return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Of columns that are called alike the second is `name_2`: a row keeps each. */
function namedOnce(names: readonly string[]): string[] {
  const taken = new Set(names);
  const met = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let i = 2; met.has(own) || (own !== name && taken.has(own)); i += 1) own = `${name}_${i}`;
    met.add(own);
    return own;
  });
}

function inSentences<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (error instanceof Database.SqliteError || error instanceof RangeError || error instanceof TypeError) {
      throw new UserError(`the query: ${error.message}`, { cause: error });
    }
    throw error;
  }
}
