// Sources that were read before their log had grown: the longer one takes their place, without what was pruned of them.

import type { Db } from "./open.ts";
import type { IdRange } from "./source-parts.ts";
import { statement } from "./statements.ts";

/** Rows that a source has. */
export interface Rows {
  readonly events: number;
  readonly observations: number;
}

export function rowsOf(db: Db, source_id: number): Rows {
  return statement(db, "rows_kept").get({ source_id }) as Rows;
}

/** What one reading wrote, and what the source has with it. */
export interface Written {
  readonly rows: Rows;
  readonly event: Readonly<IdRange>;
  readonly observation: Readonly<IdRange>;
}

/**
 * Removes the beginnings of a source whose rows are all written. Returns how many events they had, and what is left of
 * what was written.
 */
export function takePlace(
  db: Db,
  sourceId: number,
  beginnings: readonly number[],
  written: Written,
): { readonly had: number; readonly left: Written } {
  let had = 0;
  let gone = 0;
  for (const beginning of beginnings) {
    if (beginning === sourceId) continue;
    had += rowsOf(db, beginning).events;
    gone += pruneAgain(db, sourceId, beginning);
    statement(db, "delete_source").run({ source_id: beginning });
  }
  return { had, left: gone === 0 ? written : without(db, sourceId, written) };
}

/** Takes back what the beginning told and has no more. */
function pruneAgain(db: Db, source_id: number, beginning: number): number {
  const { was_pruned } = statement(db, "was_pruned").get({ source_id: beginning }) as { was_pruned: number };
  if (was_pruned === 0) return 0;
  const of = { source_id, beginning };
  const events = statement(db, "prune_events_again").run(of).changes;
  return events + statement(db, "prune_observations_again").run(of).changes;
}

function without(db: Db, source_id: number, { event, observation }: Written): Written {
  const last = statement(db, "last_rows").get({ source_id }) as {
    event_id: number | null;
    observation_id: number | null;
  };
  return {
    rows: rowsOf(db, source_id),
    event: trimmed(event, last.event_id),
    observation: trimmed(observation, last.observation_id),
  };
}

/** Without ids at the end that were given and taken back: another source gets them. */
function trimmed({ from, to }: Readonly<IdRange>, last: number | null): IdRange {
  if (from === null || to === null || last === null || last < from) return { from: null, to: null };
  return { from, to: Math.min(to, last) };
}
