// A log that has grown since it was read: only what was added to it is read.

import type { FoundFile } from "../../sources/discover.ts";
import type { Db } from "../../store/open.ts";
import type { ResumePoint } from "../../store/sink.ts";
import { statement } from "../../store/statements.ts";
import { takeUpSource } from "../../store/write.ts";
import type { Begun } from "../reading/read-source.ts";
import { countBytes, type FileOptions, type FileRun, settingsOf } from "./file-run.ts";
import { type Ingested, isSettled, keepSource, takingBack } from "./keep-source.ts";

/** Goes on with a log that has grown since it was read; null where it must be read from its beginning. */
export async function ingestGrown(
  run: FileRun,
  file: FoundFile,
): Promise<(Ingested & { readonly settled: boolean }) | null> {
  const { db, runId, seen, options } = run;
  const sourceId = seen.grownFrom(file);
  const begun = sourceId === null ? null : begunSource(db, sourceId, options);
  if (begun === null) return null;
  const { openFile } = await import("../../sources/open.ts");
  const { readOn, resumeOffset } = await import("../reading/read-source.ts");
  const startOffset = resumeOffset(begun.point);
  if (startOffset === null) return null;
  const told = statement(db, "problems_told").all({ source_id: begun.sourceId }) as ToldProblem[];
  for await (const source of openFile(file, {
    startOffset,
    onStored: (chunk) => countBytes(run, chunk.length),
  })) {
    if (source.container || source.startOffset !== startOffset) return null;
    const settings = settingsOf(options);
    const writer = takeUpSource(db, runId, begun.sourceId, source.facts, begun.point, options.now());
    const end = await takingBack(db, writer, () => readOn(source, writer, begun, settings));
    if (end === null) {
      writer.abandon();
      return null;
    }
    const fresh = end.problems.filter(
      (problem) => !told.some((one) => one.kind === problem.kind && one.count >= problem.count),
    );
    const done = keepSource(run, source.facts, writer, end, fresh);
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
