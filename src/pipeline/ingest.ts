// Paths in, rows out: each file opened, each source read in a transaction of its own, what is known left alone.

import { resolve } from "node:path";
import { discover } from "../sources/discover.ts";
import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";
import { type FileOptions, ingestFile, report } from "./ingest-file.ts";
import { settlePruned } from "./prune.ts";
import { endRun, type Tally, withRun } from "./run-row.ts";
import { createSeenFiles } from "./seen-files.ts";

export interface IngestOptions extends FileOptions {
  readonly command: string;
  /** The run goes on after this: its row says `running` until whoever called ends it. */
  readonly goesOn?: boolean;
  readonly gapUs: number;
  /** Where reports are written: they quote logs, but are none. */
  readonly outFolder?: string;
  /** Told when what was read changes what is known: bursts and all else are made anew after this. */
  readonly onAnalysis?: () => void;
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
  return withRun(db, options.command, options.now, (runId, tally) =>
    ingestAll(db, runId, paths, tally, options),
  );
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
  const isOwn = ownFiles(db, options.outFolder);
  let changed = isAnalysisDue(db, runId);
  for (const file of found.files) {
    if (isOwn(file.path)) continue;
    if (await ingestFile(run, file)) changed = true;
  }
  // What dates and analyses is loaded on a night with something new.
  const stages = changed ? { ...(await import("./date.ts")), ...(await import("./analyse.ts")) } : null;
  db.transaction(() => {
    if (stages !== null) {
      options.onAnalysis?.();
      const dated = stages.date(db, runId, options);
      tally.problems += dated.problems;
      stages.analyse(db, dated.hostIds, { gapUs: options.gapUs });
      settlePruned(db);
    }
    run.seen.movePlaces(runId);
    const status = tally.problems > 0 ? "problems" : "done";
    endRun(db, runId, options.goesOn === true ? "running" : status, null, tally, options.now());
  }).immediate();
  return { runId, ...tally, unopened: found.unopened };
}

/** A run that read and did not come to its end left sources that nothing was made of yet. */
function isAnalysisDue(db: Db, runId: number): boolean {
  return (statement(db, "analysis_due").get({ run_id: runId }) as { due: number }).due === 1;
}

/** The database, its sidecars and the reports hold log text, but are no logs. */
function ownFiles(db: Db, outFolder: string | undefined): (path: string) => boolean {
  const own = resolve(db.name);
  const files = new Set(["", "-wal", "-shm", "-journal", ".lock"].map((suffix) => `${own}${suffix}`));
  const folder = outFolder === undefined ? null : `${resolve(outFolder)}/`;
  return (path) => {
    const full = resolve(path);
    return files.has(full) || (folder !== null && full.startsWith(folder));
  };
}
