// A run's row: begun before anything is read, ended in the transaction that ends the work.

import { closeWhole, type Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { interruptible } from "../interrupt.ts";

/** What a run has done so far. */
export interface Tally {
  sourcesRead: number;
  sourcesSkipped: number;
  bytesRead: number;
  eventsAdded: number;
  problems: number;
  /** Given paths of which nothing could be opened. */
  unopened: number;
}

/** What does the work of a run: its id, and where it counts what it does. */
export type RunWork<T> = (runId: number, tally: Tally) => Promise<T>;

/**
 * Begins a run and does its work, which ends its row. Where the work throws or a signal stops it, what is open is taken
 * back and the row says so.
 */
export async function withRun<T>(db: Db, command: string, now: () => number, work: RunWork<T>): Promise<T> {
  const runId = beginRun(db, command, now());
  const tally = { sourcesRead: 0, sourcesSkipped: 0, bytesRead: 0, eventsAdded: 0, problems: 0, unopened: 0 };
  const sayEnd = (status: "failed" | "interrupted", message: string) =>
    endBadly(db, () => endRun(db, runId, status, message, tally, now()));
  const stop = (signal: string) => {
    sayEnd("interrupted", signal);
    // Whatever is still being read finds nothing to write to.
    closeWhole(db);
  };
  try {
    return await interruptible(() => work(runId, tally), stop);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (db.open) sayEnd("failed", message);
    throw error;
  }
}

/** Begins a run. Runs that ended without saying so are told to have been interrupted. */
export function beginRun(db: Db, command: string, nowUs: number): number {
  const begun = statement(db, "insert_run").run({ command, started_us: nowUs });
  const runId = Number(begun.lastInsertRowid);
  statement(db, "close_abandoned_runs").run({ run_id: runId });
  return runId;
}

type Status = "running" | "done" | "problems" | "failed" | "interrupted";

/** How a run is told that came to its end: failed where `failure` says that it could not do its work. */
export function outcomeOf(problems: number, failure: string | null): Status {
  if (failure !== null) return "failed";
  return problems > 0 ? "problems" : "done";
}

export function endRun(
  db: Db,
  runId: number,
  status: Status,
  message: string | null,
  tally: Tally,
  nowUs: number,
): void {
  statement(db, "finish_run").run({
    run_id: runId,
    finished_us: status === "running" ? null : nowUs,
    status,
    message,
    sources_read: tally.sourcesRead,
    sources_skipped: tally.sourcesSkipped,
    bytes_read: tally.bytesRead,
    events_added: tally.eventsAdded,
  });
}

/** Takes back what is open, and has its row say how the run ended; where that fails, the next run says it. */
export function endBadly(db: Db, say: () => void): void {
  try {
    if (db.inTransaction) db.exec("rollback");
    say();
  } catch {
    // The disk is full, another holds the database, or it is what failed.
  }
}
