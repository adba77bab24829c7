// Problems as rows.

import type { Problem } from "../model/problem.ts";
import type { Db } from "./open.ts";
import { statement } from "./statements.ts";

/** Keeps a problem: of a source, or of a path that never became one. */
export function saveProblem(
  db: Db,
  runId: number,
  sourceId: number | null,
  path: string | null,
  problem: Problem,
  stage: "read" | "date",
): void {
  statement(db, "insert_problem").run({
    source_id: sourceId,
    run_id: runId,
    path,
    kind: problem.kind,
    count: problem.count,
    first_byte_offset: problem.offset,
    message: problem.message,
    stage,
  });
}

/** Keeps a problem of a path that never became a source: told anew by every run that meets it, it stands once. */
export function savePathProblem(db: Db, runId: number, path: string, problem: Problem): void {
  statement(db, "forget_path_problems").run({ path, kind: problem.kind, run_id: runId });
  saveProblem(db, runId, null, path, problem, "read");
}
