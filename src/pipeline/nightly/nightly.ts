// A night's work on one database: what is new is read, the days it changed are reported, what is old is pruned.

import { closeWhole, type Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { type Pruned, prune } from "../analysing/prune.ts";
import { type IngestOptions, type IngestResult, ingest } from "../ingesting/ingest.ts";
import { endBadly, outcomeOf } from "../ingesting/run-row.ts";
import { interruptible } from "../interrupt.ts";
import { type Coverage, coverageNow, daysCoveredAnew } from "./covered.ts";
import { type BurstMarks, burstMarks, type HostDay, type News, newsSince, suppressedShared } from "./days.ts";
import { INDEX_PATH } from "./paths.ts";
import type { DayOptions, ReportFiles } from "./report.ts";
import { indexPage } from "./reports-index.ts";
import { summarise } from "./summary.ts";

export interface NightlyOptions extends DayOptions {
  readonly ingest: Omit<IngestOptions, "command">;
  /** Evidence older than this many microseconds goes; null: nothing does. */
  readonly keepUs: number | null;
  readonly vacuum: boolean;
}

export interface NightlyResult {
  readonly ingest: IngestResult;
  /** Days whose report was written. */
  readonly written: number;
  /** For the mail: empty where no packet was dropped in what is new. */
  readonly summary: readonly string[];
  readonly pruned: Pruned | null;
  /** How the run before this one ended, where it came to no good end. */
  readonly trouble: string | null;
}

/** One run. It may be ended at any instant, and run again at any other. */
export async function nightly(
  db: Db,
  paths: readonly string[],
  files: ReportFiles,
  options: NightlyOptions,
): Promise<NightlyResult> {
  // Null: nothing was made anew, so that no burst differs.
  let before: BurstMarks | null = null;
  let covered: Coverage | null = null;
  const onAnalysis = () => {
    before = burstMarks(db);
    covered = coverageNow(db);
  };
  const done = await ingest(db, paths, { ...options.ingest, command: "nightly", goesOn: true, onAnalysis });
  const { runId } = done;
  const now = options.ingest.now;
  const settle = (status: string, message: string | null) =>
    statement(db, "settle_run").run({ run_id: runId, status, message, finished_us: now() });
  try {
    return await interruptible(
      async () => {
        const trouble = troubleBefore(db, runId);
        const news = newsSince(db, runId, before, options.displayTz);
        const days = daysToTell(db, news, covered, files, options);
        const written = await writeReports(db, days, trouble, files, options);
        const pruned = options.keepUs === null ? null : prune(db, now() - options.keepUs);
        if (options.vacuum) db.exec("vacuum");
        const summary = summarise(news, options.displayTz, (burstIds) => suppressedShared(db, burstIds));
        // Not before the reports lie there: until then the next run has to write them.
        settle(outcomeOf(done.problems, done.failure), done.failure);
        return { ingest: done, written, summary, pruned, trouble };
      },
      // The run read all, and did not come to tell it: the next one will.
      (signal) => {
        endBadly(db, () => settle("interrupted", signal));
        closeWhole(db);
      },
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (db.open) endBadly(db, () => settle("failed", message));
    throw error;
  }
}

/** Days with news, and those of which there is a report that covers another part of them now. */
function daysToTell(
  db: Db,
  { days }: News,
  covered: Coverage | null,
  files: ReportFiles,
  { displayTz }: DayOptions,
): readonly HostDay[] {
  const anew = covered === null ? [] : daysCoveredAnew(db, covered, files.list(), displayTz);
  const isNews = ({ host, date }: HostDay) => days.some((day) => day.host === host && day.date === date);
  return [...days, ...anew.filter((day) => !isNews(day))];
}

async function writeReports(
  db: Db,
  days: readonly HostDay[],
  trouble: string | null,
  files: ReportFiles,
  options: NightlyOptions,
): Promise<number> {
  const lying = files.read(INDEX_PATH);
  if (days.length === 0 && trouble === null && lying !== null) return 0;
  let written = 0;
  files.tidy();
  // What renders is loaded on a night with something to render.
  const { writeDay } = await import("./report.ts");
  for (const day of days) if (await writeDay(db, day, files, options)) written++;
  const page = indexPage(db, files.list(), options.displayTz, options.lang);
  if (lying !== page) await files.write(INDEX_PATH, page);
  return written;
}

function troubleBefore(db: Db, runId: number): string | null {
  const row = statement(db, "run_before").get({ run_id: runId }) as
    | { command: string; started_time: string; status: string; message: string | null }
    | undefined;
  if (row === undefined || (row.status !== "failed" && row.status !== "interrupted")) return null;
  const why = row.message === null ? "" : `: ${row.message}`;
  return `the run before this one (${row.command}, ${row.started_time}) ${row.status === "failed" ? "failed" : "was interrupted"}${why}`;
}
