// Paths in, rows out: each file opened, each source read in a transaction of its own, what is known left alone.

import { resolve } from "node:path";
import { discover } from "../sources/discover.ts";
import { closeWhole, type Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";
import { analyse } from "./analyse.ts";
import { date } from "./date.ts";
import { type FileOptions, ingestFile, report } from "./ingest-file.ts";
import { interruptible } from "./interrupt.ts";
import { settlePruned } from "./prune.ts";
import { beginRun, endBadly, endRun, type Tally } from "./run-row.ts";
import { createSeenFiles } from "./seen-files.ts";

export interface IngestOptions extends FileOptions {
  readonly command: string;
  readonly gapUs: number;
  /** Where reports are written: they quote logs, but are none. */
  readonly outFolder?: string;
  /** Told before the first is read: bytes there are to look at. */
  readonly onTotal?: (bytes: number) => void;
}

export interface IngestResult {
  readonly runId: number;
  readonly sourcesRead: number;
  readonly sourcesSkipped: number;
  readonly bytesRead: number;
  readonly eventsAdded: number;
  readonly problems: number;
  /** Given paths of which nothing could be opened. */
  readonly unopened: number;
}

/** Reads what is new below `paths` into `db`, then dates and analyses it. */
export async function ingest(
  db: Db,
  paths: readonly string[],
  options: IngestOptions,
): Promise<IngestResult> {
  const runId = beginRun(db, options.command, options.now());
  const tally: Tally = { sourcesRead: 0, sourcesSkipped: 0, bytesRead: 0, eventsAdded: 0, problems: 0 };
  const stop = (signal: string) => {
    endBadly(db, runId, "interrupted", signal, tally, options.now());
    // Whatever is still being read finds nothing to write to.
    closeWhole(db);
  };
  try {
    return await interruptible(() => ingestAll(db, runId, paths, tally, options), stop);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (db.open) endBadly(db, runId, "failed", message, tally, options.now());
    throw error;
  }
}

async function ingestAll(
  db: Db,
  runId: number,
  paths: readonly string[],
  tally: Tally,
  options: IngestOptions,
): Promise<IngestResult> {
  const found = await discover(paths);
  const run = { db, runId, seen: createSeenFiles(db), tally, options };
  for (const problem of found.problems) report(run, problem.path, problem);
  options.onTotal?.(found.files.reduce((total, file) => total + (file.sizeBytes ?? 0), 0));
  let changed = isAnalysisDue(db, runId);
  for (const file of found.files) {
    if (isOwnFile(db, file.path) || isBelow(options.outFolder, file.path)) continue;
    if (await ingestFile(run, file)) changed = true;
  }
  db.transaction(() => {
    if (changed) {
      const dated = date(db, runId, options);
      tally.problems += dated.problems;
      analyse(db, dated.hostIds, { gapUs: options.gapUs });
      settlePruned(db);
    }
    endRun(db, runId, tally.problems > 0 ? "problems" : "done", null, tally, options.now());
  }).immediate();
  return { runId, ...tally, unopened: found.unopened };
}

/** A run that read and did not come to its end left sources that nothing was made of yet. */
function isAnalysisDue(db: Db, runId: number): boolean {
  return (statement(db, "analysis_due").get({ run_id: runId }) as { due: number }).due === 1;
}

/** The database and its sidecars hold log text, but are no logs. */
function isOwnFile(db: Db, path: string): boolean {
  const own = resolve(db.name);
  return ["", "-wal", "-shm", "-journal", ".lock"].some((suffix) => resolve(path) === `${own}${suffix}`);
}

function isBelow(folder: string | undefined, path: string): boolean {
  return folder !== undefined && resolve(path).startsWith(`${resolve(folder)}/`);
}
