// Paths in, rows out: each file opened, each source read in a transaction of its own, what is known left alone.

import { createHash } from "node:crypto";
import type { Problem } from "../model/problem.ts";
import type { OpenSource } from "../model/source.ts";
import { discover, type FoundFile } from "../sources/discover.ts";
import { openFile } from "../sources/open.ts";
import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";
import { type ReadOptions, saveProblem, writeSource } from "../store/write.ts";
import { analyse } from "./analyse.ts";
import { date } from "./date.ts";
import { readSource } from "./read-source.ts";

export interface IngestOptions extends ReadOptions {
  readonly command: string;
  readonly gapUs: number;
  /** SHA-256 of the stored bytes of each file. */
  readonly hash: boolean;
  /** The world outside: microseconds since the epoch, now. */
  readonly now: () => number;
  /** Told while it goes on; never required. */
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

interface Tally {
  sourcesRead: number;
  sourcesSkipped: number;
  bytesRead: number;
  eventsAdded: number;
  problems: number;
}

/** Reads what is new below `paths` into `db`, then dates and analyses it. */
export async function ingest(
  db: Db,
  paths: readonly string[],
  options: IngestOptions,
): Promise<IngestResult> {
  const runId = beginRun(db, options);
  const tally: Tally = { sourcesRead: 0, sourcesSkipped: 0, bytesRead: 0, eventsAdded: 0, problems: 0 };
  try {
    const found = await discover(paths);
    for (const problem of found.problems) {
      report(db, runId, null, problem.path, problem, tally, options);
    }
    options.onTotal?.(found.files.reduce((total, file) => total + (file.sizeBytes ?? 0), 0));
    const added: number[] = [];
    for (const file of found.files) added.push(...(await ingestFile(db, runId, file, tally, options)));
    db.transaction(() => {
      if (added.length > 0) {
        tally.problems += date(db, runId, options);
        analyse(db, { gapUs: options.gapUs });
      }
      endRun(db, runId, tally.problems > 0 ? "problems" : "done", null, tally, options);
    }).immediate();
    return { runId, ...tally, unopened: found.unopened };
  } catch (error) {
    if (db.inTransaction) db.exec("rollback");
    endRun(db, runId, "failed", error instanceof Error ? error.message : String(error), tally, options);
    throw error;
  }
}

function beginRun(db: Db, options: IngestOptions): number {
  const begun = statement(db, "insert_run").run({ command: options.command, started_us: options.now() });
  const runId = Number(begun.lastInsertRowid);
  statement(db, "close_abandoned_runs").run({ run_id: runId });
  return runId;
}

function endRun(
  db: Db,
  runId: number,
  status: string,
  message: string | null,
  tally: Tally,
  options: IngestOptions,
): void {
  statement(db, "finish_run").run({
    run_id: runId,
    finished_us: options.now(),
    status,
    message,
    sources_read: tally.sourcesRead,
    sources_skipped: tally.sourcesSkipped,
    bytes_read: tally.bytesRead,
    events_added: tally.eventsAdded,
  });
}

/** Reads one file, if it changed since it was last read. Returns the ids of sources that are new. */
async function ingestFile(
  db: Db,
  runId: number,
  file: FoundFile,
  tally: Tally,
  options: IngestOptions,
): Promise<number[]> {
  if (isUnchanged(db, file)) {
    tally.sourcesSkipped++;
    return [];
  }
  const added: number[] = [];
  const all: number[] = [];
  const hash = options.hash ? createHash("sha256") : null;
  const onStored = (chunk: Uint8Array) => {
    hash?.update(chunk);
    tally.bytesRead += chunk.length;
    options.onProgress?.({ bytes: chunk.length });
  };
  for await (const source of openFile(file, { onStored })) {
    if (source.container) {
      for await (const _ of source.chunks);
      for (const problem of source.problems())
        report(db, runId, null, source.facts.path, problem, tally, options);
      continue;
    }
    const done = await ingestSource(db, runId, source, tally, options);
    if (done === null) continue;
    all.push(done.sourceId);
    if (!done.known) added.push(done.sourceId);
  }
  const sha256 = hash?.digest("hex") ?? null;
  if (sha256 !== null) for (const source_id of added) statement(db, "set_sha256").run({ source_id, sha256 });
  rememberFile(db, runId, file, all);
  return added;
}

async function ingestSource(
  db: Db,
  runId: number,
  source: OpenSource,
  tally: Tally,
  options: IngestOptions,
): Promise<{ sourceId: number; known: boolean } | null> {
  const writer = writeSource(db, runId, source.facts, options, options.now());
  try {
    const end = await readSource(source, writer, writer.alike);
    if (end.bytes === 0 && end.problems.length === 0) {
      // Nothing in it, nothing to keep: a log that logrotate has just made.
      writer.abandon();
      return null;
    }
    const done = writer.finish(end);
    if (done.known) tally.sourcesSkipped++;
    else tally.sourcesRead++;
    tally.eventsAdded += done.events;
    for (const problem of end.problems) {
      tally.problems++;
      options.onProblem?.(label(source), problem);
    }
    return done;
  } catch (error) {
    if (db.inTransaction) writer.abandon();
    throw error;
  }
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
  saveProblem(db, runId, sourceId, path, problem, "read");
  tally.problems++;
  options.onProblem?.(path, problem);
}

interface SeenFile {
  readonly dev: number;
  readonly ino: number;
  readonly size_bytes: number;
  readonly mtime_us: number;
}

/** True where the file lies as it did when it was read. Standard input never does. */
function isUnchanged(db: Db, file: FoundFile): boolean {
  const seen = statement(db, "seen_file").get({ path: file.path }) as SeenFile | undefined;
  return (
    seen !== undefined &&
    seen.size_bytes === file.sizeBytes &&
    seen.mtime_us === file.mtimeUs &&
    seen.ino === file.ino &&
    seen.dev === file.dev
  );
}

function rememberFile(db: Db, runId: number, file: FoundFile, sourceIds: readonly number[]): void {
  if (file.mtimeUs === null || file.ino === null || file.dev === null || file.sizeBytes === null) return;
  db.transaction(() => {
    statement(db, "save_seen_file").run({
      path: file.path,
      dev: file.dev,
      ino: file.ino,
      size_bytes: file.sizeBytes,
      mtime_us: file.mtimeUs,
      run_id: runId,
    });
    statement(db, "forget_seen_sources").run({ path: file.path });
    for (const source_id of sourceIds) statement(db, "save_seen_source").run({ path: file.path, source_id });
  })();
}
