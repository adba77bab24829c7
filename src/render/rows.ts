// Rows of any query as a table, JSON or CSV. Rows are handed on as they come; only a table has to hold some, since
// it cannot know how wide it is before, and it holds no more than it may.

import { stringify } from "csv-stringify/sync";
import { csvText, jsonText, visible } from "./escape.ts";
import { table } from "./text/layout.ts";

type Value = string | number | bigint | Uint8Array | null;
type Row = Readonly<Record<string, Value>>;

export type RowFormat = "table" | "json" | "csv";

export interface RowOptions {
  /** Columns of the terminal; a table that is wider becomes records. Absent: a pipe takes lines of any length. */
  readonly width?: number | undefined;
  /** Names for the head of CSV without rows. */
  readonly columns?: readonly string[];
  /** Rows of a table at most; what is left out is counted and said. */
  readonly mostRows?: number;
}

const MOST_ROWS = 1000;
/** Characters of a cell in a table; JSON and CSV have all of it. */
const LONGEST_CELL = 2000;

/** Rows written in `format`. An empty result is a sentence, `[]`, or the names of the columns. */
export function* formatRows(
  rows: Iterable<Row>,
  format: RowFormat,
  { width = Number.POSITIVE_INFINITY, columns = [], mostRows = MOST_ROWS }: RowOptions = {},
): Generator<string> {
  if (format === "json") yield* jsonRows(rows);
  else if (format === "csv") yield* csvRows(rows, columns);
  else yield* tableRows(rows, width, mostRows);
}

function* jsonRows(rows: Iterable<Row>): Generator<string> {
  let any = false;
  for (const row of rows) {
    const plainRow = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, jsonValue(value)]));
    const text = jsonText(JSON.stringify(plainRow, null, 2)).replaceAll("\n", "\n  ");
    yield `${any ? "," : "["}\n  ${text}`;
    any = true;
  }
  yield any ? "\n]\n" : "[]\n";
}

function* csvRows(rows: Iterable<Row>, names: readonly string[]): Generator<string> {
  let columns: readonly string[] | null = null;
  for (const row of rows) {
    if (columns === null) {
      columns = Object.keys(row);
      yield stringify([columns.map(csvText)]);
    }
    yield stringify([columns.map((column) => csvValue(row[column] ?? null))]);
  }
  if (columns === null && names.length > 0) yield stringify([names.map(csvText)]);
}

function* tableRows(rows: Iterable<Row>, width: number, mostRows: number): Generator<string> {
  const held: Row[] = [];
  let left = 0;
  for (const row of rows) {
    if (held.length < mostRows) held.push(row);
    else left += 1;
  }
  const names = Object.keys(held[0] ?? {});
  if (names.length === 0) {
    yield "no rows\n";
    return;
  }
  const columns = names.map((name) => ({
    head: visible(name),
    right: held.every(
      (row) => typeof row[name] === "number" || typeof row[name] === "bigint" || row[name] === null,
    ),
  }));
  const cells = held.map((row) => names.map((name) => cell(row[name] ?? null)));
  for (const line of table(columns, cells, width)) yield `${line}\n`;
  if (left > 0)
    yield `\n${left} more ${left === 1 ? "row" : "rows"} left out: --format csv and json have all\n`;
}

/** Whole numbers beyond what JSON readers keep exactly, and infinities, are told as text. */
function jsonValue(value: Value): string | number | null {
  const told = plain(value);
  return typeof told === "number" && !Number.isFinite(told) ? String(told) : told;
}

function csvValue(value: Value): string | number | null {
  const told = plain(value);
  return typeof told === "string" && typeof value !== "bigint" ? csvText(told) : told;
}

function plain(value: Value): string | number | null {
  if (typeof value === "bigint") return value.toString();
  return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value;
}

function cell(value: Value): string {
  const text = visible(String(plain(value) ?? ""));
  return text.length <= LONGEST_CELL
    ? text
    : `${text.slice(0, LONGEST_CELL)}... (${text.length} characters in all)`;
}
