// Databases compared by content: every public view, without the ids that the order of reading gives.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { merge } from "../../src/pipeline/fleet/merge.ts";
import { type ParseOptions, parseFile } from "../../src/pipeline/fleet/parse.ts";
import { findFiles } from "../../src/pipeline/fleet/parse-files.ts";
import { closeWhole, openForReading, openForWriting } from "../../src/store/open.ts";
import { createPrivateDatabases } from "../../src/store/private.ts";
import { columnsOf, viewNames } from "../sql/catalogue.ts";
import { NOW_US } from "../support/database.ts";
import { checkHours } from "../support/hours.ts";

const IDS = new Set(["event_id", "burst_id", "boot_id", "run_id", "source_id"]);
/** What a run did is not what the logs say. */
const OF_RUNS = new Set(["runs"]);

/** Rows of every view, sorted, by view. `without`: columns that are not compared. */
export function contents(path: string, without: readonly string[] = []): Record<string, string[]> {
  const db = openForReading(path);
  try {
    const out: Record<string, string[]> = {};
    for (const view of viewNames(db).filter((name) => !OF_RUNS.has(name))) {
      const columns = columnsOf(db, view).filter((name) => !IDS.has(name) && !without.includes(name));
      const rows = db
        .prepare(`select ${columns.join(", ")} from ${view}`)
        .raw()
        .all();
      out[view] = rows.map((row) => JSON.stringify(row)).sort();
    }
    return out;
  } finally {
    db.close();
  }
}

/** Files below a folder, sorted. */
export function filesBelow(folder: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

/** Merges `inputs` into the database at `path`. Gives the problems told. */
export async function mergeInto(path: string, inputs: readonly string[]) {
  const db = openForWriting(path);
  const told: string[] = [];
  try {
    const result = await merge(db, inputs, {
      gapUs: 60_000_000,
      now: () => NOW_US,
      onProblem: (input, problem) => told.push(`${input} ${problem.kind}`),
    });
    checkHours(db);
    return { ...result, told };
  } finally {
    closeWhole(db);
  }
}

export const PARSING: ParseOptions = {
  host: null,
  tz: null,
  year: null,
  referenceUs: null,
  processTz: "UTC",
  hash: false,
  onProblem: () => undefined,
};

/** What `parse` writes for some files. */
export async function parsed(paths: readonly string[], options: Partial<ParseOptions> = {}): Promise<string> {
  let text = "";
  const { files } = await findFiles(paths, null, null);
  const databases = createPrivateDatabases();
  for (const file of files) {
    for await (const line of parseFile(file, { ...PARSING, ...options }, databases)) text += line;
  }
  databases.close();
  return text;
}
