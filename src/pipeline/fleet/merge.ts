// Many databases and NDJSON files into one: each source once, in any order, any number of times; then dated and
// analysed as if everything had been read at once. Only one input is open at a time.

import type { Problem } from "../../model/problem.ts";
import { errorCode, openProblem } from "../../sources/read.ts";
import { isDatabase } from "../../store/input-file.ts";
import { beginSource, dropBeginnings } from "../../store/merge-source.ts";
import type { Db } from "../../store/open.ts";
import { savePathProblem } from "../../store/problems.ts";
import type { SourceTaker } from "../../store/put-back.ts";
import type { EvidenceRecord } from "../../store/records.ts";
import { statement } from "../../store/statements.ts";
import { analyse } from "../analysing/analyse.ts";
import { date } from "../dating/date.ts";
import { endRun, outcomeOf, type Tally, withRun } from "../ingesting/run-row.ts";
import { databaseRecords, ndjsonRecords } from "./merge-inputs.ts";
import { hasPruned, mergePruned } from "./merge-pruned.ts";

export interface MergeOptions {
  readonly gapUs: number;
  readonly now: () => number;
  /** Told of inputs that could not be read whole, and of problems that dating finds. */
  readonly onProblem: (path: string, problem: Problem) => void;
}

export interface MergeResult {
  readonly inputs: number;
  readonly sourcesRead: number;
  readonly sourcesSkipped: number;
  readonly eventsAdded: number;
  readonly problems: number;
  readonly unopened: number;
  /** Why the run could not do its work, where no input could be read. */
  readonly failure: string | null;
}

interface Work {
  readonly db: Db;
  readonly runId: number;
  readonly tally: Tally;
  readonly options: MergeOptions;
}

/** Merges what lies at `paths` into `db`. Bad input is a problem, and the next one is read. */
export async function merge(db: Db, paths: readonly string[], options: MergeOptions): Promise<MergeResult> {
  return withRun(db, "merge", options.now, (runId, tally) => mergeAll({ db, runId, tally, options }, paths));
}

async function mergeAll(work: Work, paths: readonly string[]): Promise<MergeResult> {
  const { db, runId, tally, options } = work;
  const pruned: string[] = [];
  for (const path of paths) {
    try {
      if (!(await isDatabase(path))) await takeNdjson(work, path);
      else {
        takeDatabase(work, path);
        if (hasPruned(path)) pruned.push(path);
      }
    } catch (error) {
      if (!db.open) throw error;
      if (db.inTransaction) db.exec("rollback");
      tally.unopened++;
      const { kind, message } = inputProblem(error);
      tell(work, path, kind, message, 1);
    }
  }
  const failure = tally.unopened === paths.length ? "none of the inputs could be read" : null;
  const due = { run_id: runId, gap_us: options.gapUs };
  const isDue = (name: string) => (statement(db, name).get(due) as { due: number }).due === 1;
  db.transaction(() => {
    if (isDue("analysis_due") || isDue("merge_due") || pruned.length > 0) {
      const { problems, hostIds } = date(db, runId, options);
      tally.problems += problems;
      const changed = new Set(hostIds);
      for (const path of pruned) for (const hostId of mergePruned(db, path)) changed.add(hostId);
      analyse(db, changed, { gapUs: options.gapUs });
    }
    endRun(db, runId, outcomeOf(tally.problems, failure), failure, tally, options.now());
  }).immediate();
  return { inputs: paths.length, ...tally, failure };
}

/** Why nothing could be read, in our own words: those of the system begin with a code. */
function inputProblem(error: unknown): { readonly kind: string; readonly message: string } {
  if (/^E[A-Z]+$/.test(errorCode(error))) return openProblem(error);
  return { kind: "read-error", message: error instanceof Error ? error.message : String(error) };
}

/** One transaction an input: a merge that ends early leaves whole inputs, and may be done again. */
function takeDatabase(work: Work, path: string): void {
  const taker = createTaker(work, path);
  work.db.exec("begin immediate");
  for (const record of databaseRecords(path)) taker.take(record);
  taker.end();
  work.db.exec("commit");
}

async function takeNdjson(work: Work, path: string): Promise<void> {
  const taker = createTaker(work, path);
  work.db.exec("begin immediate");
  for await (const record of ndjsonRecords(path)) {
    if (!work.db.open) return;
    taker.take(record);
  }
  taker.end();
  work.db.exec("commit");
}

interface OpenSource {
  readonly identity: unknown;
  /** Null: known, passed over. */
  readonly taker: SourceTaker | null;
  readonly events: number;
  records: number;
}

/** Takes the records of one input. A source whose end is missing or does not fit is taken back. */
function createTaker(work: Work, path: string): { take(record: EvidenceRecord | null): void; end(): void } {
  const { db, runId, tally, options } = work;
  let open: OpenSource | null = null;
  let bad = 0;
  let seen = 0;

  const finish = (whole: boolean) => {
    if (open === null) return;
    const { taker, events } = open;
    open = null;
    if (!whole) {
      db.exec("rollback to one_source");
      tell(work, path, "truncated", "records of a source are missing: it is not taken", 1);
    } else if (taker === null) tally.sourcesSkipped++;
    else if (dropBeginnings(db, taker.finish())) {
      tally.sourcesRead++;
      tally.eventsAdded += events;
    } else tally.sourcesSkipped++;
    db.exec("release one_source");
  };

  return {
    take(record) {
      seen++;
      if (record === null) bad++;
      else if (record.record === "source") {
        finish(false);
        db.exec("savepoint one_source");
        const taker = beginSource(db, runId, record, options.now());
        open = { identity: record.source_id, taker, events: Number(record.events), records: 0 };
      } else if (record.record === "path_problem") takeProblem(work, record);
      else if (record.record === "end") {
        finish(open !== null && open.identity === record.source_id && open.records === record.records);
      } else if (open !== null) {
        open.records++;
        open.taker?.take(record);
      } else bad++;
    },
    end() {
      finish(false);
      if (seen > 0 && bad === seen) throw new Error("neither a database nor NDJSON of conntrail parse");
      if (bad > 0) tell(work, path, "bad-record", "lines that are no record", bad);
    },
  };
}

function takeProblem({ db, runId }: Work, row: EvidenceRecord): void {
  const [path, kind] = [String(row.path), String(row.kind)];
  const { first_byte_offset: offset, message, count } = row;
  const problem = { kind, message: String(message), offset: offset as number | null, count: Number(count) };
  savePathProblem(db, runId, path, problem);
}

function tell(
  { db, runId, tally, options }: Work,
  path: string,
  kind: string,
  message: string,
  count: number,
): void {
  const problem = { kind, message, offset: null, count };
  savePathProblem(db, runId, path, problem);
  tally.problems++;
  options.onProblem(path, problem);
}
