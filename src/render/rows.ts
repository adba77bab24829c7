// Rows of any query as a table, JSON or CSV.

import Table from "cli-table3";
import { stringify } from "csv-stringify/sync";
import { visible } from "./escape.ts";

type Value = string | number | bigint | Uint8Array | null;
type Row = Readonly<Record<string, Value>>;

/** Rows written in `format`. An empty result is an empty table, `[]`, or nothing. */
export function* formatRows(rows: Iterable<Row>, format: "table" | "json" | "csv"): Generator<string> {
  const all = [...rows];
  const columns = Object.keys(all[0] ?? {});
  if (format === "json") {
    yield `${JSON.stringify(all.map(plainRow), null, 2)}\n`;
  } else if (format === "csv") {
    if (columns.length === 0) return;
    yield stringify(
      all.map((row) => columns.map((column) => plain(row[column] ?? null))),
      { header: true, columns, escape_formulas: true },
    );
  } else if (columns.length > 0) {
    const table = new Table({ head: columns, style: { head: [], border: [] } });
    for (const row of all) table.push(columns.map((column) => cell(row[column] ?? null)));
    yield `${table.toString()}\n`;
  } else yield "no rows\n";
}

function plainRow(row: Row): Record<string, string | number | null> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
}

function plain(value: Value): string | number | null {
  if (typeof value === "bigint") return value.toString();
  return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value;
}

function cell(value: Value): string {
  const text = plain(value);
  return text === null ? "" : visible(String(text));
}
