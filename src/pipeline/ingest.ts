// Paths in, rows out: each file opened, each source read in a transaction of its own, what is known left alone.

import { createHash } from "node:crypto";
import { resolve } from "node:path";
import type { Problem } from "../model/problem.ts";
import type { OpenSource } from "../model/source.ts";
import { discover, type FoundFile } from "../sources/discover.ts";
import { closeWhole, type Db } from "../store/open.ts";
import type { ReadOptions } from "../store/sink.ts";
import { statement } from "../store/statements.ts";
import { saveProblem, writeSource } from "../store/write.ts";
import { interruptible } from "./interrupt.ts";
import { settlePruned } from "./prune.ts";
import { beginRun, endBadly, endRun, type Tally } from "./run-row.ts";
import { createSeenFiles, type SeenFiles, type SeenSource } from "./seen-files.ts";

export interface IngestOptions extends ReadOptions {
  readonly command: string;
  /** The run goes on after this: its row says `running` until whoever called ends it. */
  readonly goesOn?: boolean;
  readonly gapUs: number;
  /** SHA-256 of the stored bytes of each file. */
  readonly hash: boolean;
  /** Where reports are written: they quote logs, but are none. */
  readonly outFolder?: string;
  /** The world outside: microseconds since the epoch, now. */
  readonly now: () => number;
  /** Told while it goes on; never required. */
  /** What was read changes what is known: bursts and all else are made anew after this. */
  readonly onAnalysis?: () => void;
  /** Bytes there are to look at, before the first is read. */
  readonly onTotal?: (bytes: number) => void;
  readonly onProgress?: (progress: { readonly bytes: number }) => void;
  readonly onProblem?: (path: string, problem: Problem) => void;
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
  for (const problem of found.problems) {
    report(db, runId, null, problem.path, problem, tally, options);
  }
  options.onTotal?.(found.files.reduce((total, file) => total + (file.sizeBytes ?? 0), 0));
  const seen = createSeenFiles(db);
  const isOwn = ownFiles(db, options.outFolder);
  let changed = isAnalysisDue(db, runId);
  for (const file of found.files) {
    if (isOwn(file.path)) continue;
    if (await ingestFile(db, runId, file, seen, tally, options)) changed = true;
  }
  // What reads and analyses is loaded on a night with something new.
  const stages = changed ? { ...(await import("./date.ts")), ...(await import("./analyse.ts")) } : null;
  db.transaction(() => {
    if (stages !== null) {
      options.onAnalysis?.();
      tally.problems += stages.date(db, runId, options);
      stages.analyse(db, { gapUs: options.gapUs });
      settlePruned(db);
    }
    seen.movePlaces(runId);
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

/** Problems that another run may not meet, although the file lies as it did. */
const MAY_PASS: ReadonlySet<string> = new Set([
  "permission-denied",
  "read-error",
  "no-decoder",
  "decoder-failed",
]);

/** Reads one file, if it changed since it was last read. True where that changed what is known. */
async function ingestFile(
  db: Db,
  runId: number,
  file: FoundFile,
  seen: SeenFiles,
  tally: Tally,
  options: IngestOptions,
): Promise<boolean> {
  if (seen.isUnchanged(file, runId)) {
    tally.sourcesSkipped++;
    return false;
  }
  statement(db, "forget_path_problems").run({ path: file.path, kind: null, run_id: runId });
  let changed = false;
  let settled = true;
  const all: SeenSource[] = [];
  const hash = options.hash ? createHash("sha256") : null;
  const onStored = (chunk: Uint8Array) => {
    hash?.update(chunk);
    tally.bytesRead += chunk.length;
    options.onProgress?.({ bytes: chunk.length });
  };
  const { openFile } = await import("../sources/open.ts");
  for await (const source of openFile(file, { onStored })) {
    if (source.container) {
      for await (const _ of source.chunks);
      for (const problem of source.problems()) {
        report(db, runId, null, source.facts.path, problem, tally, options);
        if (MAY_PASS.has(problem.kind)) settled = false;
      }
      continue;
    }
    const done = await ingestSource(db, runId, source, tally, options);
    if (source.problems().some((problem) => MAY_PASS.has(problem.kind))) settled = false;
    if (done === null) continue;
    all.push({ source_id: done.sourceId, member: source.facts.member });
    changed ||= done.changed;
  }
  const sha256 = hash?.digest("hex") ?? null;
  // Known ones, too: a run that was killed may not have come to it.
  if (sha256 !== null)
    for (const { source_id } of all) statement(db, "set_sha256").run({ source_id, sha256 });
  if (settled) seen.remember(file, runId, all);
  return changed;
}

async function ingestSource(
  db: Db,
  runId: number,
  source: OpenSource,
  tally: Tally,
  options: IngestOptions,
): Promise<{ sourceId: number; changed: boolean } | null> {
  const writer = writeSource(db, runId, source.facts, options, options.now());
  try {
    const { readSource } = await import("./read-source.ts");
    const end = await readSource(source, writer, writer.alike);
    if (end.bytes === 0 && end.problems.length === 0) {
      // Nothing in it, nothing to keep: a log that logrotate has just made.
      writer.abandon();
      return null;
    }
    for (const source_id of end.beginnings) statement(db, "adopt_places").run({ source_id });
    const done = writer.finish(end);
    if (done.known) tally.sourcesSkipped++;
    else tally.sourcesRead++;
    tally.eventsAdded += done.events;
    for (const problem of end.problems) {
      tally.problems++;
      options.onProblem?.(label(source), problem);
    }
    const outgrown = done.known ? forgetBeginnings(db, done.sourceId, end.beginnings) : 0;
    return { sourceId: done.sourceId, changed: !done.known || outgrown > 0 };
  } catch (error) {
    if (db.inTransaction) writer.abandon();
    throw error;
  }
}

/** A copy that was cut short (read while it was compressed) goes when the whole is seen, known or not. */
function forgetBeginnings(db: Db, sourceId: number, beginnings: readonly number[]): number {
  let forgotten = 0;
  for (const source_id of beginnings) {
    if (source_id !== sourceId) forgotten += statement(db, "delete_source").run({ source_id }).changes;
  }
  return forgotten;
}

function label(source: OpenSource): string {
  return source.facts.member === null ? source.facts.path : `${source.facts.path}!${source.facts.member}`;
}

function report(
  db: Db,
  runId: number,
  sourceId: number | null,
  path: string,
  problem: Problem,
  tally: Tally,
  options: IngestOptions,
): void {
  // Told anew by every run that meets it, it stands once.
  if (sourceId === null) {
    statement(db, "forget_path_problems").run({ path, kind: problem.kind, run_id: runId });
  }
  saveProblem(db, runId, sourceId, path, problem, "read");
  tally.problems++;
  options.onProblem?.(path, problem);
}
