// What is merged: databases and NDJSON files alike, as records, one input open at a time.

import { linesOfFile } from "../../store/input-file.ts";
import { type Db, openForReading } from "../../store/open.ts";
import { type EvidenceRecord, evidenceRecords, sourceIds, sourceRecord } from "../../store/records.ts";
import { statement } from "../../store/statements.ts";
import { readRecordLine } from "./parse-records.ts";

/** All evidence of a database: each source, its records, its end; then problems of no source. */
export function* databaseRecords(path: string): Generator<EvidenceRecord> {
  const db = openForReading(path);
  try {
    for (const sourceId of sourceIds(db)) {
      const source = sourceRecord(db, sourceId);
      yield source;
      let records = 0;
      for (const record of evidenceRecords(db, sourceId)) {
        records++;
        yield record;
      }
      yield { record: "end", source_id: source.source_id, records };
    }
    yield* pathProblems(db);
  } finally {
    db.close();
  }
}

function* pathProblems(db: Db): Generator<EvidenceRecord> {
  const rows = statement(db, "exchange_path_problems").iterate() as IterableIterator<Record<string, unknown>>;
  for (const row of rows) yield { record: "path_problem", ...row };
}

/** Records of an NDJSON file of `parse`; null for a line that is none. */
export async function* ndjsonRecords(path: string): AsyncGenerator<EvidenceRecord | null> {
  for await (const line of linesOfFile(path)) yield readRecordLine(line);
}
