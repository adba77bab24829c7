// Evidence records back into rows: one source in one transaction, with ids of this database.

import { createEventRows } from "./event-rows.ts";
import { nameId } from "./host-names.ts";
import type { Db } from "./open.ts";
import { type EvidenceRecord, RECORD_KINDS } from "./records.ts";
import type { EventForm, EventRow } from "./sink.ts";
import { noIds, savePart, widen } from "./source-parts.ts";
import { statement } from "./statements.ts";

export interface SourceTaker {
  /** Takes the next record of the source. Throws where it is none that can be put back. */
  take(record: EvidenceRecord): void;
  /** Ends the source; its rows stand in the open transaction. Returns its id. */
  finish(): number;
}

const WRITES = new Map(RECORD_KINDS.map(({ record, write }) => [record, write]));
/** Tables of which a source says the range of its ids, beside that of events. */
const RANGED = { anchor: "anchor", observation: "observation" } as const;

/**
 * Begins a source in the open transaction. `source`: its record; what it lacks (NDJSON has no times of reading) is
 * NULL. `twin`: the same source as it was known so far, whose place it takes at the end, or null.
 */
export function takeSource(
  db: Db,
  runId: number,
  source: EvidenceRecord,
  nowUs: number,
  twin: number | null,
): SourceTaker {
  const begun = statement(db, "insert_source").run({
    ...source,
    run_id: runId,
    mtime_us: source.mtime_us ?? null,
    ingested_us: source.ingested_us ?? nowUs,
  });
  const source_id = Number(begun.lastInsertRowid);
  const streams: number[] = [];
  const ranges = { anchor: noIds(), observation: noIds() };
  const events = createEventRows(db);
  return {
    take(row) {
      if (row.record === "stream") {
        streams.push(takeStream(db, source_id, row));
        return;
      }
      const write = WRITES.get(row.record);
      if (write === undefined) throw new Error(`no record ${row.record}`);
      // What dating finds is found anew.
      if (write === null || row.stage === "date") return;
      const stream_id = typeof row.stream === "number" ? streams[row.stream] : null;
      if (stream_id === undefined) throw new Error("a record of a stream that was not told");
      if (row.record === "events") return events.add(eventRow(row, stream_id));
      const added = statement(db, write).run({ path: null, ...row, run_id: runId, source_id, stream_id });
      const table = RANGED[row.record as keyof typeof RANGED];
      if (table !== undefined) widen(ranges[table], added.lastInsertRowid);
    },
    finish() {
      if (twin !== null) {
        statement(db, "merge_adopt_lines").run({ of: twin, source_id });
        replace(db, twin, source_id);
      }
      savePart(db, source_id, { event: events.end(), ...ranges });
      finishSource(db, source_id, source);
      return source_id;
    },
  };
}

/** Reading cannot go on in it here: where it could, its streams had other ids. */
function finishSource(db: Db, source_id: number, source: EvidenceRecord): void {
  const apart = { resume: null, events_dated: null, kept_events: 0 };
  statement(db, "finish_source").run({
    line_years: null,
    ...source,
    ...apart,
    identity: source.source_id,
    source_id,
  });
  statement(db, "set_sha256").run({ source_id, sha256: source.sha256 });
}

type ToldEvent = Omit<EventRow, "form"> & Omit<EventForm, "tail">;

/** What is not told (an older `parse` has no stretches of equal lines) is as for a line by itself. */
function eventRow(record: EvidenceRecord, stream_id: number | null): EventRow {
  if (stream_id === null) throw new Error("an event of no stream");
  const row = { span_us: 0, uptimes: null, ...record } as unknown as ToldEvent;
  const { kind, message, netns, stamp_kind, resolution_us, zone_name } = row;
  const form = { stream_id, kind, message, netns, stamp_kind, resolution_us, zone_name, tail: "" };
  return { ...row, form, at_us: null };
}

function takeStream(db: Db, source_id: number, row: EvidenceRecord): number {
  const name_id = typeof row.name === "string" ? nameId(db, row.name) : null;
  const { ordinal, first_line: line } = row;
  const made = statement(db, "insert_stream").run({ source_id, name_id, ordinal, line });
  const stream_id = Number(made.lastInsertRowid);
  statement(db, "finish_stream").run({ bare_line: null, last_uptime_line: null, ...row, stream_id });
  return stream_id;
}

/** A source takes another's place, and its streams the machines of that one's. */
export function replace(db: Db, oldId: number, sourceId: number): void {
  statement(db, "merge_adopt_places").run({ of: oldId, source_id: sourceId });
  statement(db, "delete_source").run({ source_id: oldId });
}
