// TABLE: evidence as records, the same for NDJSON and for what goes from one database to another. A record names its
// stream by its number within the source, and its source by content; nothing in it is an id of a database.

import type { Db } from "./open.ts";
import { type PartRow, type Ranged, sourceParts } from "./source-parts.ts";
import { statement } from "./statements.ts";

/** One record. `record` says of what; keys are columns. */
export type EvidenceRecord = { readonly record: string } & Readonly<Record<string, unknown>>;

export interface RecordKind {
  readonly record: string;
  /** Statement that gives the rows of one source. */
  readonly read: string;
  /** Statement that puts one back; null for what analysis makes anew. */
  readonly write: string | null;
  /** Table whose rows are found by the ids that the source's parts say; null: found by the source. */
  readonly ranged: Ranged | null;
  /** Columns that hold bytes: hexadecimal in JSON. */
  readonly bytes: readonly string[];
}

export const RECORD_KINDS: readonly RecordKind[] = [
  { record: "fact", read: "exchange_facts", write: "insert_fact", ranged: null, bytes: [] },
  { record: "stream", read: "exchange_streams", write: "insert_stream", ranged: null, bytes: [] },
  { record: "proof", read: "exchange_proofs", write: "insert_proof", ranged: null, bytes: ["key"] },
  { record: "anchor", read: "exchange_anchors", write: "insert_anchor", ranged: "anchor", bytes: [] },
  { record: "occupancy", read: "exchange_occupancies", write: "insert_occupancy", ranged: null, bytes: [] },
  { record: "share", read: "exchange_shares", write: "insert_occupancy_share", ranged: null, bytes: [] },
  { record: "problem", read: "exchange_problems", write: "insert_problem", ranged: null, bytes: [] },
  { record: "events", read: "exchange_events", write: "insert_event", ranged: "event", bytes: ["sha256"] },
  {
    record: "observation",
    read: "exchange_observations",
    write: "insert_observation",
    ranged: "observation",
    bytes: [],
  },
  { record: "limits", read: "exchange_limits", write: null, ranged: null, bytes: [] },
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
  const parts = sourceParts(db, sourceId);
  for (const { record, read, ranged } of RECORD_KINDS) {
    for (const which of ranged === null ? [{}] : rangesOf(parts, ranged)) {
      const rows = statement(db, read).iterate({ ...which, source_id: sourceId }) as IterableIterator<
        Record<string, unknown>
      >;
      for (const row of rows) {
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
}

/** Rows to be read, as statements take it. */
interface IdsAsked {
  readonly from_id: number;
  readonly to_id: number;
}

/**
 * Ids of a source's rows, part by part. A part begins with what the one before had read of the log's end, and may have
 * been given the ids of the rows that were deleted for it: an id belongs to the last part that says so.
 */
function rangesOf(parts: readonly PartRow[], table: Ranged): IdsAsked[] {
  const ranges: IdsAsked[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (const part of [...parts].reverse()) {
    const [from_id, to_id] = [part[`${table}_from`], part[`${table}_to`]];
    if (from_id === null || to_id === null) continue;
    if (from_id < next) ranges.push({ from_id, to_id: Math.min(to_id, next - 1) });
    next = Math.min(next, from_id);
  }
  return ranges.reverse();
}
