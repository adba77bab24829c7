// The sample log: one row for each time the machine was looked at. `conntrail sample` writes it, and so do
// people's own scripts, with further columns in any order.

import type { Stamp } from "../model/stamp.ts";
import { COUNTERS } from "./counters.ts";
import { BAD_ROW, type CsvForm, createCsvReader, type Row, type RowMeaning } from "./csv-reader.ts";
import type { CreateReader } from "./document.ts";
import type { Draft } from "./draft.ts";

const WHOLE = /^-?\d+$/;

/** Columns that are values of their own, counters aside. */
const COLUMNS: ReadonlyMap<string, readonly [kind: Draft["kind"], key: string]> = new Map([
  ["count", ["entries", "nf_conntrack_count"]],
  ["max", ["limit", "nf_conntrack_max"]],
  ["buckets", ["buckets", "nf_conntrack_buckets"]],
]);

function stampOf(row: Row): Stamp | null {
  const atMs = row.get("epoch_ms") ?? "";
  if (!/^\d{1,15}$/.test(atMs)) return null;
  return { kind: "instant", atUs: Number(atMs) * 1000, resolutionUs: 1000 };
}

/** Microseconds since boot; undefined: no cell; null: the cell is no number. */
function uptime(row: Row): number | null | undefined {
  const seconds = row.get("uptime_s");
  if (seconds === undefined) return undefined;
  return /^\d{1,9}(?:\.\d+)?$/.test(seconds) ? Math.round(Number(seconds) * 1e6) : null;
}

/** A missing cell is a value nobody took; a cell that is no whole number spoils its row. */
function readRow(row: Row): RowMeaning {
  const stamp = stampOf(row);
  const uptimeUs = uptime(row);
  if (stamp === null || uptimeUs === null) return BAD_ROW;
  const drafts: Draft[] = [];
  for (const [column, value] of row) {
    const [kind, key] = COLUMNS.get(column) ?? (COUNTERS.has(column) ? ["counter", column] : [null, ""]);
    if (kind === null) continue;
    if (!WHOLE.test(value)) return BAD_ROW;
    drafts.push({ kind, key, value });
  }
  if (uptimeUs !== undefined) drafts.push({ kind: "uptime", key: "uptime", value: uptimeUs });
  const host = row.get("host") ?? null;
  const netns = row.get("netns") ?? null;
  return { drafts, stamp, uptimeUs: uptimeUs ?? null, host, netns, good: true };
}

export const createSampleReader: CreateReader = (origin, facts) => {
  const form: CsvForm = {
    origin,
    mark: "epoch_ms",
    isHeader: (names) => ["epoch_ms", "count", "max"].every((name) => names.includes(name)),
    readRow,
  };
  return createCsvReader(form, facts.netns ?? null);
};
