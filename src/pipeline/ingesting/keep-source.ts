// The end of one source: what was read of it is kept, taken back, or found to be known.

import type { Problem } from "../../model/problem.ts";
import type { SourceFacts } from "../../model/source.ts";
import { sourceName } from "../../model/source-name.ts";
import type { Db } from "../../store/open.ts";
import type { SourceEnd, SourceWriter } from "../../store/sink.ts";
import { statement } from "../../store/statements.ts";
import type { FileRun } from "./file-run.ts";

export interface Ingested {
  readonly sourceId: number;
  readonly changed: boolean;
}

/** Problems that another run may not meet, although the file lies as it did. */
const MAY_PASS: ReadonlySet<string> = new Set([
  "permission-denied",
  "read-error",
  "no-decoder",
  "decoder-failed",
]);

/** True where another run would read no more of it, as long as the file lies as it did. */
export function isSettled(source: { problems(): readonly Problem[] }): boolean {
  return !source.problems().some((problem) => MAY_PASS.has(problem.kind));
}

/** Takes everything back where reading fails. */
export async function takingBack<T>(db: Db, writer: SourceWriter, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (db.inTransaction) writer.abandon();
    throw error;
  }
}

/** Keeps a source that was read; null where there is nothing to keep. `fresh`: the problems that no earlier reading told. */
export function keepSource(
  run: FileRun,
  facts: SourceFacts,
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
  if (done.known) run.known?.met(done.sourceId);
  tally.eventsAdded += done.events;
  for (const problem of fresh) {
    tally.problems++;
    options.onProblem?.(sourceName(facts), problem);
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
