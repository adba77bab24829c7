// One source among those that are there: taken once by its identity, and no beginning of another.

import type { Db } from "./open.ts";
import { replace, type SourceTaker, takeSource } from "./put-back.ts";
import { type EvidenceRecord, sourceRecord } from "./records.ts";
import { statement } from "./statements.ts";

/**
 * Begins a source that comes, or null where the one that is there is to stay: of two accounts of the same bytes the
 * one with more rows left stays, then the one that reading everything at once would have met first, so that the
 * order of merging does not matter. Call in a transaction.
 */
export function beginSource(
  db: Db,
  runId: number,
  source: EvidenceRecord,
  nowUs: number,
): SourceTaker | null {
  const twin = statement(db, "source_by_identity").get({ identity: source.source_id }) as
    | { source_id: number }
    | undefined;
  if (twin !== undefined) {
    if (compare(standing(source), standing(sourceRecord(db, twin.source_id))) >= 0) return null;
  }
  return takeSource(db, runId, source, nowUs, twin?.source_id ?? null);
}

/**
 * Looks whether a source that was just taken is a beginning of another or has beginnings, and removes the shorter:
 * a log that was read before it had grown. What loses a beginning is dated anew. Returns false where the new one is
 * gone.
 */
export function dropBeginnings(db: Db, sourceId: number): boolean {
  const alike = statement(db, "merge_alike").all({ source_id: sourceId }) as {
    source_id: number;
    longer: number;
  }[];
  let removed = false;
  for (const { source_id, longer } of alike) {
    const [shorterId, longerId] = longer === 1 ? [sourceId, source_id] : [source_id, sourceId];
    const row = statement(db, "merge_is_beginning").get({ shorter: shorterId, longer: longerId }) as {
      beginning: number;
    };
    if (row.beginning !== 1) continue;
    replace(db, shorterId, longerId);
    if (shorterId === sourceId) {
      if (removed) statement(db, "undate_source").run({ source_id: longerId });
      return false;
    }
    removed = true;
  }
  return true;
}

type Standing = readonly (string | number)[];

function standing(source: EvidenceRecord): Standing {
  const kept = Number(source.kept ?? Number(source.events) + Number(source.observations));
  const labels = [source.path, source.member, source.option_host, source.option_tz, source.option_year];
  return [
    -kept,
    String(source.family ?? ""),
    Number(source.rank ?? 0),
    Number(source.mtime_us ?? 0),
    ...labels.map((one) => String(one ?? "")),
    String(source.reference_us ?? ""),
    String(source.process_tz),
  ];
}

function compare(a: Standing, b: Standing): number {
  for (const [i, one] of a.entries()) {
    const other = b[i] ?? "";
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
