// A run's row: begun before anything is read, ended in the transaction that ends the work.

import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";

/** What a run has done so far. */
export interface Tally {
  sourcesRead: number;
  sourcesSkipped: number;
  bytesRead: number;
  eventsAdded: number;
  problems: number;
}

/** Begins a run. Runs that ended without saying so are told to have been interrupted. */
export function beginRun(db: Db, command: string, nowUs: number): number {
  const begun = statement(db, "insert_run").run({ command, started_us: nowUs });
  const runId = Number(begun.lastInsertRowid);
  statement(db, "close_abandoned_runs").run({ run_id: runId });
  return runId;
}

export function endRun(
  db: Db,
  runId: number,
  status: "running" | "done" | "problems" | "failed" | "interrupted",
  message: string | null,
  tally: Tally,
  nowUs: number,
): void {
  statement(db, "finish_run").run({
    run_id: runId,
    finished_us: nowUs,
    status,
    message,
    sources_read: tally.sourcesRead,
    sources_skipped: tally.sourcesSkipped,
    bytes_read: tally.bytesRead,
    events_added: tally.eventsAdded,
  });
}

/** Takes back what is open and says in its row how the run ended; where that fails, the next run says it. */
export function endBadly(
  db: Db,
  runId: number,
  status: "failed" | "interrupted",
  message: string,
  tally: Tally,
  nowUs: number,
): void {
  try {
    if (db.inTransaction) db.exec("rollback");
    endRun(db, runId, status, message, tally, nowUs);
  } catch {
    // The disk is full, or another holds the database.
  }
}
