// One file: left alone where it lies unchanged, read on where it has grown, else read from its beginning.

import type { FoundFile } from "../../sources/discover.ts";
import { isRotated } from "../../sources/rotation.ts";
import { hashStored } from "../../sources/stored.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { writeSource } from "../../store/write.ts";
import { type FileReading, ReadAnew, readHere, type SourceReading } from "../ahead/file-reading.ts";
import { type FileRun, readOptions, report } from "./file-run.ts";
import { ingestGrown } from "./ingest-grown.ts";
import { type Ingested, isSettled, keepSource, takingBack } from "./keep-source.ts";
import type { SeenSource } from "./seen-files.ts";

// What opens and reads is loaded when there is something new: most files of most nights lie unchanged.

/** Reads one file, if it changed since it was last read. True where that changed what is known. */
export async function ingestFile(run: FileRun, file: FoundFile): Promise<boolean> {
  const { db, runId, seen, tally, options } = run;
  if (seen.isUnchanged(file, runId)) {
    tally.sourcesSkipped++;
    if (run.known !== null) for (const { source_id } of seen.sourcesIn(file)) run.known.met(source_id);
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
  const reading = run.ahead?.take(file) ?? readHere(file, readOptions(run));
  const whole = await ingestWhole(run, file, reading);
  if (whole.settled) seen.remember(file, runId, whole.sources);
  return whole.changed;
}

interface Whole {
  readonly sources: SeenSource[];
  changed: boolean;
  /** Another run would read no more of it. */
  settled: boolean;
}

/** Reads all sources of a file; what was read ahead in vain is read once more, from where that showed. */
async function ingestWhole(run: FileRun, file: FoundFile, first: FileReading): Promise<Whole> {
  const whole: Whole = { sources: [], changed: false, settled: true };
  let done = 0;
  let reading = first;
  for (;;) {
    try {
      for await (const source of reading.sources()) {
        await ingestOne(run, source, whole);
        done += 1;
      }
      saveHash(run.db, whole.sources, reading.sha256());
      return whole;
    } catch (error) {
      if (!(error instanceof ReadAnew)) throw error;
      reading = readHere(file, readOptions(run), done);
    }
  }
}

async function ingestOne(run: FileRun, source: SourceReading, whole: Whole): Promise<void> {
  const done = source.container ? tellOnly(run, source) : await ingestSource(run, source);
  whole.settled &&= isSettled(source);
  if (done === null) return;
  whole.sources.push({ source_id: done.sourceId, member: source.facts.member });
  whole.changed ||= done.changed;
}

/** Known ones have it, too: a run that was killed may not have come to it. */
function saveHash(db: Db, sources: readonly SeenSource[], sha256: string | null): void {
  if (sha256 === null) return;
  for (const { source_id } of sources) statement(db, "set_sha256").run({ source_id, sha256 });
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

function tellOnly(run: FileRun, source: SourceReading): null {
  for (const problem of source.problems()) {
    report(run, source.facts.path, problem);
    // That a FIFO is of no use shows when it is read.
    if (problem.kind === "special-file") run.tally.unopened++;
  }
  return null;
}

async function ingestSource(run: FileRun, source: SourceReading): Promise<Ingested | null> {
  const { db, runId, options } = run;
  const writer = writeSource(db, runId, source.facts, options, options.now());
  const end = await takingBack(db, writer, () => source.read(writer));
  return keepSource(run, source.facts, writer, end, end.problems);
}
