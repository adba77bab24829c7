// The views as files for other engines, by host and day. Reads the database, never writes to it.

import { createHash } from "node:crypto";
import { join } from "node:path";
import { EXIT, UserError } from "../../errors.ts";
import { DAY_US } from "../../model/units.ts";
import { EXPORTED, type ExportView, readColumns } from "../../store/exported.ts";
import { hostNamed } from "../../store/host-named.ts";
import type { Db } from "../../store/open.ts";
import { ownsFile } from "../../store/own-files.ts";
import { createPartitions, dayOf, type ExportFormat, type Partitions } from "../../store/partitions.ts";
import { SCHEMA_FILE, writeSchema } from "../../store/schema-file.ts";
import { statement } from "../../store/statements.ts";
import { createWrittenFiles, type WrittenFiles } from "../../store/written.ts";

export interface ExportOptions {
  readonly format: ExportFormat;
  /** Folder, made where missing: each view has a folder of its name in it. */
  readonly out: string;
  /** Tells this database from others that are exported into the same folder. */
  readonly name: string;
  readonly host: string | null;
  /** Days that reach into the range are exported whole: a file is written anew or not at all. */
  readonly sinceUs: number | null;
  readonly untilUs: number | null;
}

export interface Exported {
  readonly rows: number;
  readonly files: number;
  /** Files of an earlier export that hold what is no longer so. */
  readonly removed: number;
}

const CACHE_KIB = 4 * 1024;
const RAW = { host: 0, at: 1, file: 2 } as const;

type Cells = readonly unknown[];
/** Host, instant and file name of a row, and the row. */
type Placed = readonly [host: string, atUs: number | null, file: string, row: Cells];

/** Writes every exported view below `options.out`. Holds one row group of a few files at a time. */
export function exportViews(db: Db, asked: ExportOptions): Exported {
  const options = { ...asked, host: hostNamed(db, asked.host) };
  const key = exportKey(db, options.name);
  const sum = { rows: 0, files: 0, removed: 0 };
  const owns = ownsFile(db.name);
  const spare = (path: string) => {
    if (owns(path)) throw new UserError(`${path} is the database itself`, { exitCode: EXIT.usage });
  };
  for (const view of EXPORTED) spare(join(options.out, view.name, SCHEMA_FILE));
  // Rows are read once and in their order.
  db.pragma(`cache_size = -${CACHE_KIB}`);
  for (const view of EXPORTED) {
    const folder = writeSchema(options.out, view);
    const files = createPartitions(folder, view, { format: options.format, spare });
    const written = createWrittenFiles(folder, key, options.format, (day) => isInRange(day, options));
    try {
      exportView(rowsOf(db, view, options), files, written, sum);
      if (options.host === null) sum.removed += written.settleOthers();
    } catch (error) {
      files.abandon();
      throw error;
    }
  }
  return sum;
}

function exportView(
  rows: Iterable<Placed>,
  files: Partitions,
  written: WrittenFiles,
  sum: { rows: number; files: number; removed: number },
): void {
  let current: string | null = null;
  const settle = () => {
    const paths = files.settle();
    sum.files += paths.length;
    const [folder] = paths[0]?.split("/", 1) ?? [];
    if (folder !== undefined) sum.removed += written.settle(folder, paths);
  };
  for (const [host, atUs, file, row] of rows) {
    if (host !== current) settle();
    current = host;
    files.put(host, atUs, file, row);
    sum.rows++;
  }
  settle();
}

function exportKey(db: Db, name: string): string {
  const { birth } = (statement(db, "export_key").get() ?? { birth: "" }) as { birth: string };
  return createHash("sha256").update(`${name} ${birth}`).digest("hex").slice(0, 16);
}

function isInRange(day: string, { sinceUs, untilUs }: ExportOptions): boolean {
  if (day === "unknown") return true;
  return (sinceUs === null || day >= dayOf(sinceUs)) && (untilUs === null || day <= dayOf(untilUs));
}

function* rowsOf(db: Db, view: ExportView, options: ExportOptions): Generator<Placed> {
  const { host, sinceUs, untilUs } = options;
  const range = {
    from_us: sinceUs === null ? null : Math.floor(sinceUs / DAY_US) * DAY_US,
    to_us: untilUs === null ? null : (Math.floor(untilUs / DAY_US) + 1) * DAY_US,
  };
  const columns = readColumns(view).map(({ name }) => name);
  const at = columns.indexOf(view.dayOf);
  const hostAt = columns.indexOf("host");
  const read = (name: string, values: object) =>
    statement(db, name)
      .raw(true)
      .safeIntegers(options.format === "parquet")
      .iterate(values) as IterableIterator<Cells>;
  const instant = (row: Cells) => (row[at] === null ? null : Number(row[at]));
  if (view.name === "events") {
    const streams = statement(db, "export_event_streams").raw(true).iterate({ host });
    for (const stream of streams as IterableIterator<[string, string, number]>) {
      const events = read("export_events", { stream_id: stream[RAW.file], ...range });
      for (const row of events) yield [stream[RAW.host], instant(row), stream[RAW.at], row];
    }
    return;
  }
  const runs = view.fileOf === "run" ? runIdentities(db, host) : null;
  for (const row of read(`export_${view.name}`, { host, ...range })) {
    const name = String(row[hostAt]);
    const file = runs === null ? String(row[columns.length]) : (runs.get(name) ?? "pruned");
    yield [name, instant(row), file, row];
  }
}

/** What the bursts and minutes of a host were made of: the identities of its sources, hashed. */
function runIdentities(db: Db, host: string | null): Map<string, string> {
  const hashes = new Map<string, ReturnType<typeof createHash>>();
  const rows = statement(db, "export_hosts").iterate({ host });
  for (const row of rows as IterableIterator<{ host: string; identity: string }>) {
    const hash = hashes.get(row.host) ?? createHash("sha256");
    hashes.set(row.host, hash.update(`${row.identity}\n`));
  }
  return new Map([...hashes].map(([name, hash]) => [name, hash.digest("hex")]));
}
