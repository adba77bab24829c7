// Rows of the dating stage as the database gives them, read a few thousand at a time.

import type { Db } from "../../store/open.ts";
import type { AnchorRow as WrittenAnchor } from "../../store/sink.ts";
import { type PartRow, sourceParts } from "../../store/source-parts.ts";
import { statement } from "../../store/statements.ts";

export interface SourceRow {
  readonly source_id: number;
  readonly path: string;
  readonly member: string | null;
  readonly bundle: string | null;
  readonly family: string;
  readonly channel: string;
  readonly name_date: string | null;
  readonly mtime_us: number | null;
  readonly gzip_time_us: number | null;
  readonly option_host: string | null;
  readonly option_tz: string | null;
  readonly option_year: number | null;
  readonly reference_us: number | null;
  readonly process_tz: string;
  /** LineYears as JSON; null: its lines say nothing of its years. */
  readonly line_years: string | null;
  /** What its rows were dated by the last time; empty: by more than can be told, null: not dated yet. */
  readonly dated_by: string | null;
  /** What the instants of all its events follow; null: they do not, or not of zone and year alone. */
  readonly events_dated: string | null;
  /** 1 where any of its lines carries the kernel's own stamp. */
  readonly has_uptime: number;
  /** Name of the zone that it tells by what it is: a bundle's own file; else null. */
  readonly zone: string | null;
  /** Its readings in order. */
  readonly parts: readonly PartRow[];
}

export function datingSource(db: Db, source_id: number): SourceRow {
  const row = statement(db, "dating_source").get({ source_id }) as Omit<SourceRow, "parts">;
  return { ...row, parts: sourceParts(db, source_id) };
}

export interface StreamRow {
  readonly stream_id: number;
  readonly first_uptime_us: number | null;
  readonly last_uptime_us: number | null;
  readonly uptime_base_us: number;
  readonly first_us: number | null;
  readonly last_us: number | null;
  readonly boot_us: number | null;
  readonly is_sample: number;
}

export function streamsOf(db: Db, { source_id }: SourceRow): StreamRow[] {
  return statement(db, "dating_streams_of_source").all({ source_id }) as StreamRow[];
}

/** What dating needs of an event or an observation. */
export interface StampedRow {
  readonly id: number;
  readonly stream_id: number;
  readonly byte_offset: number;
  readonly kind: string;
  readonly stamp_kind: number;
  readonly stamp_us: number | null;
  readonly resolution_us: number | null;
  readonly zone_name: string | null;
  readonly uptime_us: number | null;
  readonly at_us: number | null;
  readonly basis: string;
}

export interface AnchorRow {
  readonly id: number;
  readonly stream_id: number;
  readonly byte_offset: number;
  readonly kind: WrittenAnchor["kind"];
  readonly stamp_kind: number;
  readonly stamp_us: number | null;
  readonly resolution_us: number | null;
  readonly zone_name: string | null;
  readonly uptime_us: number | null;
  readonly told_us: number | null;
  readonly at_us: number | null;
}

/** Rows with ids in a range, in order, in batches: no statement is open between two of them. */
function* ranged<Row extends { readonly id: number }>(
  db: Db,
  name: string,
  from: number | null,
  to: number | null,
): Generator<Row> {
  if (from === null || to === null) return;
  let after = from - 1;
  for (;;) {
    const rows = statement(db, name).all({ after, to }) as Row[];
    yield* rows;
    const last = rows[rows.length - 1];
    if (last === undefined) return;
    after = last.id;
  }
}

/** Events of a source with an uptime, about so many at most: one in so many, by id. */
export function anchoringEvents(db: Db, source: SourceRow, most: number): StampedRow[] {
  if (source.has_uptime === 0) return [];
  const spans = source.parts.flatMap(({ event_from: from, event_to: to }) =>
    from === null || to === null ? [] : [{ from, to }],
  );
  const rows = spans.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const stride = Math.max(1, Math.ceil(rows / most));
  return spans.flatMap((span) => statement(db, "anchoring_events").all({ ...span, stride }) as StampedRow[]);
}

export function* eventsOf(db: Db, { parts }: SourceRow): Generator<StampedRow> {
  for (const part of parts) yield* ranged<StampedRow>(db, "events_of_source", part.event_from, part.event_to);
}

export function* observationsOf(db: Db, { parts }: SourceRow): Generator<StampedRow> {
  for (const { observation_from, observation_to } of parts) {
    yield* ranged<StampedRow>(db, "observations_of_source", observation_from, observation_to);
  }
}

export function* anchorsOf(db: Db, { parts }: SourceRow): Generator<AnchorRow> {
  for (const part of parts)
    yield* ranged<AnchorRow>(db, "anchors_of_source", part.anchor_from, part.anchor_to);
}

/** Anchors that say something of another clock than the one they are stamped by. */
export function* tellingAnchorsOf(db: Db, { parts }: SourceRow): Generator<AnchorRow> {
  for (const part of parts)
    yield* ranged<AnchorRow>(db, "telling_anchors_of_source", part.anchor_from, part.anchor_to);
}
