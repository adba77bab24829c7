// Sources that lie no longer where they were found go by the name they have now, and take the place in their family
// that this name tells: a log is the same rows in however many steps it was read and rotated.

import { liesStill } from "../../sources/read.ts";
import { memberRotation } from "../../sources/rotation.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";

export interface Moves {
  readonly places: readonly PlaceRow[];
  /** Sources that stand otherwise among their rotated siblings than before: to be dated and analysed anew. */
  readonly changed: readonly number[];
}

interface PlaceRow {
  readonly source_id: number;
  readonly path: string;
  readonly member: string | null;
  readonly family: string;
  readonly rank: number | null;
  readonly name_date: string | null;
}

interface Elsewhere extends PlaceRow {
  readonly new_path: string;
  readonly new_member: string | null;
  /** How the file of the old name lay when the source was seen in it; null: another source is there now. */
  readonly dev: number | null;
  readonly ino: number | null;
  readonly size_bytes: number | null;
}

/** What this run, and those before it that did not come to it, met under another name. Writes nothing. */
export function findMoves(db: Db, runId: number): Moves {
  const rows = statement(db, "seen_elsewhere").all({ run_id: runId }) as Elsewhere[];
  const moved = new Map<number, PlaceRow>();
  for (const row of rows)
    if (!moved.has(row.source_id) && !isStill(row)) moved.set(row.source_id, newPlace(row));
  if (moved.size === 0) return { places: [], changed: [] };
  const families = [...rows, ...moved.values()].map(({ family }) => family);
  const of = { families: JSON.stringify([...new Set(families)]) };
  const before = statement(db, "source_places").all(of) as PlaceRow[];
  const was = arrangement(before);
  const is = arrangement(before.map((row) => moved.get(row.source_id) ?? row));
  const changed = [...is].filter(([id, place]) => was.get(id) !== place).map(([id]) => id);
  return { places: [...moved.values()], changed };
}

export function keepMoves(db: Db, { places, changed }: Moves): void {
  for (const place of places) statement(db, "move_source").run(place);
  for (const source_id of changed) statement(db, "undate_source").run({ source_id });
}

/** A copy beside the original moves nothing. */
function isStill({ path, dev, ino, size_bytes }: Elsewhere): boolean {
  if (dev === null || ino === null || size_bytes === null) return false;
  return liesStill(path, { dev, ino, sizeBytes: size_bytes });
}

function newPlace({ source_id, new_path, new_member, family, rank, name_date }: Elsewhere): PlaceRow {
  const named = memberRotation(new_path, new_member);
  const told = named === null ? { family, rank, name_date } : { ...named, name_date: named.nameDate };
  return {
    source_id,
    path: new_path,
    member: new_member,
    family: told.family,
    rank: told.rank,
    name_date: told.name_date,
  };
}

/** Ranks this close are next to each other: `.1` and the current file are two apart. */
const NEXT_WITHIN = 2;

/**
 * How each source stands: its family, its name's date, the sibling before it and how far that is. logrotate moves a
 * whole family by one, and nothing changes.
 */
function arrangement(rows: readonly PlaceRow[]): Map<number, string> {
  const sorted = [...rows].sort(
    (a, b) => compare(a.family, b.family) || (a.rank ?? -1) - (b.rank ?? -1) || a.source_id - b.source_id,
  );
  let before: PlaceRow | undefined;
  return new Map(
    sorted.map((row) => {
      const first = before === undefined || before.family !== row.family;
      const beside = first ? "first" : `${before?.source_id}:${step(before?.rank ?? null, row.rank)}`;
      before = row;
      return [row.source_id, JSON.stringify([row.family, row.name_date, beside])];
    }),
  );
}

function step(from: number | null, to: number | null): string {
  if (from === null || to === null) return from === to ? "none" : "named";
  if (from === to) return "same";
  return to - from <= NEXT_WITHIN ? "next" : "far";
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
