// TABLE: evidence as records, the same for NDJSON and for what goes from one database to another. A record names its
// stream by its number within the source, and its source by content; nothing in it is an id of a database.

import type { Db } from "./open.ts";
import { statement } from "./statements.ts";

/** One record. `record` says of what; keys are columns. */
export type EvidenceRecord = { readonly record: string } & Readonly<Record<string, unknown>>;

export interface RecordKind {
  readonly record: string;
  /** Statement that gives the rows of one source. */
  readonly read: string;
  /** Statement that puts one back; null for what analysis makes anew. */
  readonly write: string | null;
  /** Columns that hold bytes: hexadecimal in JSON. */
  readonly bytes: readonly string[];
}

export const RECORD_KINDS: readonly RecordKind[] = [
  { record: "fact", read: "exchange_facts", write: "insert_fact", bytes: [] },
  { record: "stream", read: "exchange_streams", write: "insert_stream", bytes: [] },
  { record: "proof", read: "exchange_proofs", write: "insert_proof", bytes: ["key"] },
  { record: "anchor", read: "exchange_anchors", write: "insert_anchor", bytes: [] },
  { record: "occupancy", read: "exchange_occupancies", write: "insert_occupancy", bytes: [] },
  { record: "share", read: "exchange_shares", write: "insert_occupancy_share", bytes: [] },
  { record: "problem", read: "exchange_problems", write: "insert_problem", bytes: [] },
  { record: "events", read: "exchange_events", write: "insert_event", bytes: ["sha256"] },
  { record: "observation", read: "exchange_observations", write: "insert_observation", bytes: [] },
  { record: "limits", read: "exchange_limits", write: null, bytes: [] },
];

/** Ids of the sources of a database. */
export function sourceIds(db: Db): number[] {
  return (statement(db, "exchange_sources").all() as { source_id: number }[]).map((row) => row.source_id);
}

/** What a source is known by, and everything told of it before its first line. */
export function sourceRecord(db: Db, sourceId: number): EvidenceRecord {
  const row = statement(db, "exchange_source").get({ source_id: sourceId }) as Record<string, unknown>;
  return { record: "source", ...row };
}

/** Evidence of one source, record by record, in an order in which it can be put back. */
export function* evidenceRecords(db: Db, sourceId: number): Generator<EvidenceRecord> {
  const streams = new Map<unknown, number>();
  for (const { record, read } of RECORD_KINDS) {
    const rows = statement(db, read).iterate({ source_id: sourceId });
    for (const row of rows as IterableIterator<Record<string, unknown>>) {
      if (!("stream_id" in row)) {
        yield { record, ...row };
        continue;
      }
      const { stream_id, ...rest } = row;
      if (record === "stream") streams.set(stream_id, streams.size);
      yield { record, ...rest, stream: streams.get(stream_id) ?? 0 };
    }
  }
}
