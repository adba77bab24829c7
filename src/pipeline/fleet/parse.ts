// The map step: a file in, its records out. Each file has a database of its own that nobody else sees, so its lines
// are dated by the same rules as anywhere, and nothing is remembered from one file to the next. Neither the clock
// nor a file's time is asked: the same bytes give the same records on any machine, on any day.

import { createHash } from "node:crypto";
import type { Problem } from "../../model/problem.ts";
import type { OpenSource, SourceFacts } from "../../model/source.ts";
import { sourceName } from "../../model/source-name.ts";
import type { FoundFile } from "../../sources/discover.ts";
import { openFile } from "../../sources/open.ts";
import type { Db } from "../../store/open.ts";
import type { PrivateDatabases } from "../../store/private.ts";
import { evidenceRecords, sourceIds, sourceRecord } from "../../store/records.ts";
import type { ReadOptions } from "../../store/sink.ts";
import { statement } from "../../store/statements.ts";
import { writeSource } from "../../store/write.ts";
import { keepLimits } from "../analysing/limits.ts";
import { date } from "../dating/date.ts";
import { beginRun } from "../ingesting/run-row.ts";
import { readSource } from "../reading/read-source.ts";
import { recordLine } from "./parse-records.ts";

export interface ParseOptions extends ReadOptions {
  /** SHA-256 of the stored bytes. */
  readonly hash: boolean;
  readonly onProblem: (path: string, problem: Problem) => void;
}

/** Columns of a source that say when and where it was read, or belong to its host: no part of what its bytes say. */
const LEFT_OUT = new Set(["kept", "ingested_us", "mtime_us"]);

/** Reads one file and gives its records as lines of NDJSON, source by source. Problems are told, and are records. */
export async function* parseFile(
  file: FoundFile,
  options: ParseOptions,
  databases: PrivateDatabases,
): AsyncGenerator<string> {
  const db = databases.take();
  try {
    const runId = beginRun(db, "parse", 0);
    yield* await readInto(db, runId, file, options);
    db.transaction(() => {
      date(db, runId, { now: () => null, onProblem: options.onProblem });
      const hosts = statement(db, "analysed_hosts").all() as { host_id: number }[];
      for (const { host_id } of hosts) keepLimits(db, host_id);
    })();
    for (const sourceId of sourceIds(db)) yield* linesOf(db, sourceId);
  } finally {
    databases.giveBack(db);
  }
}

/** Reads the sources of a file. Returns lines for problems that belong to none of them. */
async function readInto(db: Db, runId: number, file: FoundFile, options: ParseOptions): Promise<string[]> {
  const hash = options.hash ? createHash("sha256") : null;
  const onStored = (chunk: Uint8Array) => void hash?.update(chunk);
  const lines: string[] = [];
  const tell = (path: string, problem: Problem) => {
    options.onProblem(path, problem);
    const { kind, count, offset: first_byte_offset, message } = problem;
    const row = { path, kind, count, first_byte_offset, message, stage: "read" };
    lines.push(`${JSON.stringify({ record: "path_problem", ...row })}\n`);
  };
  for await (const source of openFile(file, { onStored })) {
    if (source.container) {
      for await (const _ of source.chunks);
      for (const problem of source.problems()) tell(source.facts.path, problem);
    } else await readOne(db, runId, source, options);
  }
  const sha256 = hash?.digest("hex") ?? null;
  if (sha256 !== null) {
    for (const source_id of sourceIds(db)) statement(db, "set_sha256").run({ source_id, sha256 });
  }
  return lines;
}

async function readOne(db: Db, runId: number, source: OpenSource, options: ParseOptions): Promise<void> {
  const facts = timeless(source.facts);
  const writer = writeSource(db, runId, facts, options, 0);
  const own = { ...source, facts: labelled(facts, options) };
  const end = await readSource(own, writer, () => [], { ...options, nowUs: null });
  if (end.bytes === 0 && end.problems.length === 0) {
    writer.abandon();
    return;
  }
  writer.finish(end);
  for (const problem of end.problems) options.onProblem(sourceName(facts), problem);
}

/** A file's time says when it was copied, here; a member's stands in the archive. */
function timeless(facts: SourceFacts): SourceFacts {
  return facts.member === null ? { ...facts, mtimeUs: null } : facts;
}

/** Snapshots that read alike on many machines are told apart by where they lay, since their time is not asked. */
function labelled(facts: SourceFacts, options: ParseOptions): SourceFacts {
  const label = [options.host, facts.path, facts.member].filter((part) => part !== null).join("!");
  return { ...facts, member: label };
}

function* linesOf(db: Db, sourceId: number): Generator<string> {
  const source = sourceRecord(db, sourceId);
  const identity = String(source.source_id);
  const told = Object.entries(source).filter(([name]) => !LEFT_OUT.has(name));
  yield `${JSON.stringify(Object.fromEntries(told))}\n`;
  let records = 0;
  for (const record of evidenceRecords(db, sourceId)) {
    records++;
    yield recordLine(record, identity);
  }
  // Without it, who reads cannot tell a source that was cut short from a whole one.
  yield `${JSON.stringify({ record: "end", source_id: identity, records })}\n`;
}
