// One file: left alone where it lies unchanged, read on where it has grown, else read from its beginning.

import { createHash } from "node:crypto";
import type { Problem } from "../model/problem.ts";
import type { OpenSource } from "../model/source.ts";
import type { FoundFile } from "../sources/discover.ts";
import { isRotated } from "../sources/rotation.ts";
import { hashStored } from "../sources/stored.ts";
import type { Db } from "../store/open.ts";
import { savePathProblem } from "../store/problems.ts";
import type { ReadOptions, ResumePoint, SourceEnd, SourceWriter } from "../store/sink.ts";
import { statement } from "../store/statements.ts";
import { takeUpSource, writeSource } from "../store/write.ts";
import type { Begun } from "./read-source.ts";
import type { Tally } from "./run-row.ts";
import type { SeenFiles, SeenSource } from "./seen-files.ts";

export interface FileOptions extends ReadOptions {
  /** SHA-256 of the stored bytes of each file. */
  readonly hash: boolean;
  /** The world outside: microseconds since the epoch, now. */
  readonly now: () => number;
  /** Told while it goes on; never required. */
  readonly onProgress?: (progress: { readonly bytes: number }) => void;
  readonly onProblem?: (path: string, problem: Problem) => void;
}

/** What every file of a run is read with. */
export interface FileRun {
  readonly db: Db;
  readonly runId: number;
  readonly seen: SeenFiles;
  readonly tally: Tally;
  readonly options: FileOptions;
}

/** Problems that another run may not meet, although the file lies as it did. */
const MAY_PASS: ReadonlySet<string> = new Set([
  "permission-denied",
  "read-error",
  "no-decoder",
  "decoder-failed",
]);

// What opens and reads is loaded when there is something new: most files of most nights lie unchanged.

/** Reads one file, if it changed since it was last read. True where that changed what is known. */
export async function ingestFile(run: FileRun, file: FoundFile): Promise<boolean> {
  const { db, runId, seen, tally, options } = run;
  if (seen.isUnchanged(file, runId)) {
    tally.sourcesSkipped++;
    if (options.hash) await hashFinished(run, file);
    return false;
  }
  statement(db, "forget_path_problems").run({ path: file.path, kind: null, run_id: runId });
  const grown = await ingestGrown(run, file);
  if (grown !== null) {
    // Hashed when it is finished: a log that grows has another hash every night.
    if (grown.settled) seen.remember(file, runId, [{ source_id: grown.sourceId, member: null }]);
    return grown.changed;
  }
  const hash = options.hash ? createHash("sha256") : null;
  const onStored = (chunk: Uint8Array) => {
    hash?.update(chunk);
    countBytes(run, chunk);
  };
  let changed = false;
  let settled = true;
  const all: SeenSource[] = [];
  const { openFile } = await import("../sources/open.ts");
  for await (const source of openFile(file, { onStored })) {
    const done = source.container ? await tellOnly(run, source) : await ingestSource(run, source);
    settled &&= isSettled(source);
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

function countBytes({ tally, options }: FileRun, chunk: Uint8Array): void {
  tally.bytesRead += chunk.length;
  options.onProgress?.({ bytes: chunk.length });
}

/** A log that was read piece by piece is hashed once, when its name says that nothing will be added to it. */
async function hashFinished(run: FileRun, file: FoundFile): Promise<void> {
  const { db, tally } = run;
  const due = statement(db, "unhashed_sources").all({ path: file.path }) as { source_id: number }[];
  if (due.length === 0 || !isRotated(file.path)) return;
  const found = await hashStored(file.path);
  if (found === null) return;
  tally.bytesRead += found.bytes;
  for (const { source_id } of due) statement(db, "set_sha256").run({ source_id, sha256: found.sha256 });
}

/** True where another run would read no more of it, as long as the file lies as it did. */
function isSettled(source: OpenSource): boolean {
  return !source.problems().some((problem) => MAY_PASS.has(problem.kind));
}

async function tellOnly(run: FileRun, source: OpenSource): Promise<null> {
  for await (const _ of source.chunks);
  for (const problem of source.problems()) report(run, source.facts.path, problem);
  return null;
}

interface Ingested {
  readonly sourceId: number;
  readonly changed: boolean;
}

async function ingestSource(run: FileRun, source: OpenSource): Promise<Ingested | null> {
  const { db, runId, options } = run;
  const { readSource } = await import("./read-source.ts");
  const settings = { ...options, nowUs: options.now() };
  const writer = writeSource(db, runId, source.facts, options, settings.nowUs);
  const end = await read(db, writer, () => readSource(source, writer, writer.alike, settings));
  return writeAll(run, source, writer, end, end.problems);
}

/** Goes on with a log that has grown since it was read; null where it must be read from its beginning. */
async function ingestGrown(
  run: FileRun,
  file: FoundFile,
): Promise<(Ingested & { readonly settled: boolean }) | null> {
  const { db, runId, seen, options } = run;
  const sourceId = seen.grownFrom(file);
  const begun = sourceId === null ? null : begunSource(db, sourceId, options);
  if (begun === null) return null;
  const { openFile } = await import("../sources/open.ts");
  const { readOn, resumeOffset } = await import("./read-source.ts");
  const startOffset = resumeOffset(begun.point);
  if (startOffset === null) return null;
  const told = statement(db, "problems_told").all({ source_id: begun.sourceId }) as ToldProblem[];
  for await (const source of openFile(file, { startOffset, onStored: (chunk) => countBytes(run, chunk) })) {
    if (source.container || source.startOffset !== startOffset) return null;
    const settings = { ...options, nowUs: options.now() };
    const writer = takeUpSource(db, runId, begun.sourceId, source.facts, begun.point, settings.nowUs);
    const end = await read(db, writer, () => readOn(source, writer, begun, settings));
    if (end === null) {
      writer.abandon();
      return null;
    }
    const fresh = end.problems.filter(
      (problem) => !told.some((one) => one.kind === problem.kind && one.count >= problem.count),
    );
    const done = writeAll(run, source, writer, end, fresh);
    return done === null ? null : { ...done, settled: isSettled(source) };
  }
  return null;
}

interface ToldProblem {
  readonly kind: string;
  readonly count: number;
}

interface BegunRow {
  readonly source_id: number;
  readonly head: string;
  readonly format: string;
  readonly bytes: number;
  readonly identity: string;
  readonly resume: string;
  readonly events_dated: string | null;
}

/** A source that was read under the same options, and told where it can be gone on with. */
function begunSource(
  db: Db,
  sourceId: number,
  { host, tz, year, referenceUs, processTz }: FileOptions,
): Begun | null {
  const row = statement(db, "resumable_source").get({
    source_id: sourceId,
    ...{ host, tz, year, reference_us: referenceUs, process_tz: processTz },
  }) as BegunRow | undefined;
  if (row === undefined) return null;
  const { head, format, bytes, identity, resume, events_dated: eventsDated } = row;
  const point = JSON.parse(resume) as ResumePoint;
  return { sourceId, head, format, bytes, identity, eventsDated, point };
}

/** Takes everything back where reading fails. */
async function read<T>(db: Db, writer: SourceWriter, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (db.inTransaction) writer.abandon();
    throw error;
  }
}

/** `fresh`: the problems that no earlier reading told. */
function writeAll(
  run: FileRun,
  source: OpenSource,
  writer: SourceWriter,
  end: SourceEnd,
  fresh: readonly Problem[],
): Ingested | null {
  const { db, tally, options } = run;
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
  for (const problem of fresh) {
    tally.problems++;
    options.onProblem?.(label(source), problem);
  }
  const outgrown = done.known ? forgetBeginnings(db, done.sourceId, end.beginnings) : 0;
  if (outgrown > 0) statement(db, "undate_source").run({ source_id: done.sourceId });
  return { sourceId: done.sourceId, changed: !done.known || outgrown > 0 };
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

/** Keeps and tells a problem of a path that never became a source. */
export function report({ db, runId, tally, options }: FileRun, path: string, problem: Problem): void {
  savePathProblem(db, runId, path, problem);
  tally.problems++;
  options.onProblem?.(path, problem);
}
