// Bursts and minutes that outlived their events go with their host: nothing can make them anew. Of two that tell the
// same stretch the fuller one stays.

import { type Db, openForReading } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";

type Row = Record<string, unknown>;

/** Hosts of an input that have any, as rows that name a stream of each. Few databases were ever pruned. */
export function hasPruned(path: string): boolean {
  const input = openForReading(path);
  try {
    return (statement(input, "any_pruned").get() as { any_pruned: number }).any_pruned === 1;
  } finally {
    input.close();
  }
}

/**
 * Takes over what was pruned in the database at `path`. The target's streams must have their hosts. Returns ids of
 * the hosts that have any of it.
 */
export function mergePruned(db: Db, path: string): number[] {
  const input = openForReading(path);
  const hostIds: number[] = [];
  try {
    for (const host of statement(input, "exchange_pruned_hosts").all() as Row[]) {
      const found = statement(db, "merge_stream_host").get(host) as { host_id: number | null } | undefined;
      const hostId = found?.host_id ?? null;
      if (hostId === null) continue;
      hostIds.push(hostId);
      for (const burst of statement(input, "exchange_pruned_bursts").all(host) as Row[]) {
        mergeBurst(db, input, hostId, burst);
      }
      for (const minute of statement(input, "exchange_pruned_minutes").all(host) as Row[]) {
        const row = { ...minute, host_id: hostId };
        if ((statement(db, "merge_fuller_minute").get(row) as { known: number }).known === 1) continue;
        statement(db, "merge_forget_lesser_minutes").run(row);
        statement(db, "merge_insert_minute").run(row);
      }
    }
  } finally {
    input.close();
  }
  return hostIds;
}

function mergeBurst(db: Db, input: Db, hostId: number, burst: Row): void {
  const burst_id = (statement(db, "largest_burst_id").get() as { id: number }).id + 1;
  const row = { ...burst, host_id: hostId, burst_id };
  if ((statement(db, "merge_fuller_burst").get(row) as { known: number }).known === 1) return;
  statement(db, "merge_forget_lesser_bursts").run(row);
  statement(db, "insert_burst").run({ ...row, ...keepCited(db, input, burst) });
  statement(db, "merge_mark_pruned").run({ burst_id });
  const of = { burst_id: burst.burst_id };
  for (const witness of statement(input, "exchange_witnesses").all(of) as Row[]) {
    statement(db, "insert_witness").run({ ...witness, burst_id });
  }
  for (const block of statement(input, "exchange_window_blocks").all(of) as Row[]) {
    statement(db, "insert_window_block").run({ ...block, burst_id });
  }
}

/** Lines that a burst cites are kept with it. Gives the columns that cite them by their ids here. */
function keepCited(db: Db, input: Db, burst: Row): Row {
  const ids = new Map<string, unknown>();
  const columns = Object.entries(burst).flatMap(([name, id]) => {
    const kind = /_(event|observation)_id$/.exec(name)?.[1];
    if (kind === undefined) return [];
    const key = `${kind} ${id}`;
    if (id !== null && !ids.has(key)) ids.set(key, keepLine(db, input, kind, id));
    return [[name, ids.get(key) ?? null]];
  });
  return Object.fromEntries(columns) as Row;
}

function keepLine(db: Db, input: Db, kind: string, id: unknown): unknown {
  const line = statement(input, "exchange_kept_line").get({ kind, id }) as Row | undefined;
  return line === undefined ? null : (statement(db, "merge_keep_line").get(line) as Row).id;
}
