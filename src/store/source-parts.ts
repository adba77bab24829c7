// The parts of a source, one a reading: which ids the rows that it wrote were given.

import type { Db } from "./open.ts";
import { statement } from "./statements.ts";

/** First and last id of rows; null where there is none. */
export interface IdRange {
  from: number | null;
  to: number | null;
}

/** A range to be widened. */
export function noIds(): IdRange {
  return { from: null, to: null };
}

/** Takes an id in; ids ascend. */
export function widen(range: IdRange, id: number | bigint): void {
  range.from ??= Number(id);
  range.to = Number(id);
}

/** Tables whose rows a part tells of. */
export type Ranged = "event" | "anchor" | "observation";

/** A part as its row has it; null where it has no rows of the table. */
export type PartRow = Readonly<Record<`${Ranged}_${"from" | "to"}`, number | null>>;

/** Parts of a source in the order of their readings. */
export function sourceParts(db: Db, source_id: number): PartRow[] {
  return statement(db, "source_parts").all({ source_id }) as PartRow[];
}

/** Keeps what one more reading wrote. */
export function savePart(
  db: Db,
  source_id: number,
  { event, anchor, observation }: Readonly<Record<Ranged, Readonly<IdRange>>>,
): void {
  statement(db, "insert_part").run({
    source_id,
    event_from: event.from,
    event_to: event.to,
    anchor_from: anchor.from,
    anchor_to: anchor.to,
    observation_from: observation.from,
    observation_to: observation.to,
  });
}
