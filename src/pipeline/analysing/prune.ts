// What is older than is kept goes: events and observations. What was found out of them stays: bursts and minutes,
// marked, so that analysis leaves them as they are, and with the lines that bursts cite. Sources stay known, so that
// they are not read for new ones.

import { MINUTE_US } from "../../model/units.ts";
import type { Db } from "../../store/open.ts";
import { makeTemporary, statement } from "../../store/statements.ts";

export interface Pruned {
  readonly events: number;
  readonly observations: number;
  readonly bursts: number;
}

/** Deletes what is older than `cutUs` in one transaction. No burst is cut in two. */
export function prune(db: Db, cutUs: number): Pruned {
  makeTemporary(db);
  return db
    .transaction(() => {
      const sum = { events: 0, observations: 0, bursts: 0 };
      const hosts = statement(db, "prunable_hosts").all() as { host_id: number }[];
      for (const { host_id } of hosts) {
        const at = { host_id, cut_us: wholeBursts(db, host_id, cutUs) };
        sum.bursts += statement(db, "prune_bursts").run(at).changes;
        statement(db, "prune_minutes").run(at);
        statement(db, "keep_cited_events").run({ host_id });
        statement(db, "keep_cited_observations").run({ host_id });
        const events = statement(db, "prune_events").run(at).changes;
        const observations = statement(db, "prune_observations").run(at).changes;
        if (events + observations > 0) statement(db, "count_rows_left").run({ host_id });
        sum.events += events;
        sum.observations += observations;
      }
      statement(db, "forget_uncited_lines").run();
      return sum;
    })
    .immediate();
}

/** The last whole minute up to `cutUs` that lies in no burst of the host. */
function wholeBursts(db: Db, hostId: number, cutUs: number): number {
  let cut = wholeMinute(cutUs);
  for (;;) {
    const across = statement(db, "burst_across").get({ host_id: hostId, cut_us: cut }) as {
      start_us: number | null;
    };
    if (across.start_us === null) return cut;
    cut = wholeMinute(across.start_us - MINUTE_US);
  }
}

function wholeMinute(us: number): number {
  return Math.floor(us / MINUTE_US) * MINUTE_US;
}

/**
 * After an analysis: a log that grew is read from its start, and with it lines whose bursts and minutes are kept
 * from before they were pruned. Of two that tell the same the fuller one stays.
 */
export function settlePruned(db: Db): void {
  const { any_pruned } = statement(db, "any_pruned").get() as { any_pruned: number };
  if (any_pruned === 0) return;
  for (const what of ["bursts", "minutes"]) {
    statement(db, `outgrown_${what}`).run();
    statement(db, `found_again_${what}`).run();
  }
}
