// Paths in, rows out: each file opened, each source read in a transaction of its own, what is known left alone.

import { resolve } from "node:path";
import type { Earlier } from "../../model/source.ts";
import { discover, type FoundFile } from "../../sources/discover.ts";
import type { Db } from "../../store/open.ts";
import { databaseFiles } from "../../store/own-files.ts";
import { statement } from "../../store/statements.ts";
import type { ReadAhead } from "../ahead/read-ahead.ts";
import { type FileOptions, readOptions, report } from "./file-run.ts";
import { ingestFile } from "./ingest-file.ts";
import { findMoves, keepMoves } from "./moves.ts";
import { endRun, outcomeOf, type Tally, withRun } from "./run-row.ts";
import { createSeenFiles } from "./seen-files.ts";
import { createKnownSources, type Unapplied } from "./unapplied.ts";

export interface IngestOptions extends FileOptions {
  readonly command: string;
  /** The run goes on after this: its row says `running` until whoever called ends it. */
  readonly goesOn?: boolean;
  readonly gapUs: number;
  /** Files that are read at a time; absent: one. */
  readonly jobs?: number;
  /** Where less than so many bytes are new, one at a time is as quick. */
  readonly jobsFromBytes?: number;
  /** Where reports are written: they quote logs, but are none. */
  readonly outFolder?: string;
  /** Told when what was read changes what is known: bursts and all else are made anew after this. */
  readonly onAnalysis?: () => void;
  /** Told when a thread that reads is not to be had: all is read without it, and takes longer. */
  readonly onThreadLost?: (reason: string) => void;
  /** Told at the end, where known sources were read with other options than are given now. */
  readonly onUnapplied?: (unapplied: Unapplied) => void;
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
  readonly unopened: number;
  /** Why the run could not do its work, where nothing of what it was given could be opened. */
  readonly failure: string | null;
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
  const seen = createSeenFiles(db);
  options.onTotal?.(totalBytes(found.files));
  const isOwn = ownFiles(db, options.outFolder);
  const files = found.files.filter((file) => !isOwn(file.path));
  const ahead = await readAhead(db, files.filter(seen.isNew), tally, options);
  // While threads begin there is time for what comes at the end.
  if (ahead !== null) void loadStages();
  const known = options.onUnapplied === undefined ? null : createKnownSources(db, options);
  const run = { db, runId, seen, tally, options, ahead, known };
  let changed = isAnalysisDue(db, runId, options.gapUs);
  try {
    for (const problem of found.problems) report(run, problem.path, problem);
    for (const file of files) if (await ingestFile(run, file)) changed = true;
  } finally {
    ahead?.close();
  }
  tally.unopened += found.unopened;
  const isNothing = tally.unopened > 0 && tally.unopened >= paths.length;
  const failure = isNothing ? "none of the given paths could be opened" : null;
  const moves = findMoves(db, runId);
  if (moves.changed.length > 0) changed = true;
  const stages = changed ? await loadStages() : null;
  db.transaction(() => {
    keepMoves(db, moves);
    if (stages !== null) {
      options.onAnalysis?.();
      const dated = stages.date(db, runId, options);
      tally.problems += dated.problems;
      stages.analyse(db, dated.hostIds, { gapUs: options.gapUs });
    }
    const status = options.goesOn === true ? "running" : outcomeOf(tally.problems, failure);
    endRun(db, runId, status, failure, tally, options.now());
  }).immediate();
  const unapplied = known?.told() ?? null;
  if (unapplied !== null) options.onUnapplied?.(unapplied);
  return { runId, ...tally, failure };
}

function totalBytes(files: readonly FoundFile[]): number {
  return files.reduce((total, file) => total + (file.sizeBytes ?? 0), 0);
}

/** What dates and analyses: loaded on a night with something new. */
async function loadStages() {
  return { ...(await import("../dating/date.ts")), ...(await import("../analysing/analyse.ts")) };
}

/** Starting threads costs as much as reading so many bytes. */
const WORTH_BYTES = 8 << 20;

/** Threads for files that are new; null where one does as well. */
async function readAhead(
  db: Db,
  files: readonly FoundFile[],
  tally: Tally,
  options: IngestOptions,
): Promise<ReadAhead | null> {
  const { jobs = 1, jobsFromBytes = WORTH_BYTES } = options;
  if (jobs < 2 || files.length < 2 || totalBytes(files) < jobsFromBytes) return null;
  const { createReadAhead } = await import("../ahead/read-ahead.ts");
  const alike = (head: string) => statement(db, "sources_by_head").all({ head }) as Earlier[];
  const onLost = options.onThreadLost;
  return createReadAhead(files, { ...readOptions({ tally, options }), jobs, alike, onLost });
}

/** A run that did not come to its end left sources that nothing was made of yet, or bursts are to have another gap. */
function isAnalysisDue(db: Db, run_id: number, gap_us: number): boolean {
  return (statement(db, "analysis_due").get({ run_id, gap_us }) as { due: number }).due === 1;
}

/** The database, its sidecars and the reports hold log text, but are no logs. */
function ownFiles(db: Db, outFolder: string | undefined): (path: string) => boolean {
  const files = new Set(databaseFiles(db.name));
  const folder = outFolder === undefined ? null : `${resolve(outFolder)}/`;
  return (path) => {
    const full = resolve(path);
    return files.has(full) || (folder !== null && full.startsWith(folder));
  };
}
