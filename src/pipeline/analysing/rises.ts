// What the drop counter of a host gained while no burst was near, kept as rows: a report must not read every sample.

import type { Interval } from "../../analysis/intervals.ts";
import { joined, type Near, nearAny, type Step } from "../../analysis/rises.ts";
import { bulkRows } from "../../store/bulk-rows.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";

/** Remakes the rises of a host, whose bursts have been made. */
export function keepRises(db: Db, hostId: number): void {
  statement(db, "delete_rises").run({ host_id: hostId });
  const series = statement(db, "host_counter_series").pluck().all({ host_id: hostId }) as number[];
  if (series.length === 0) return;
  const isNear = nearBursts(db, hostId);
  for (const stream_id of series) {
    const rises = seriesRises(db, stream_id, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, isNear);
    // Nothing is written while rows are still read.
    const rows = [...joined(rises)];
    const kept = bulkRows(db, "insert_rise");
    for (const { fromUs: from_us, toUs: to_us, by: gained } of rows)
      kept.add({ host_id: hostId, stream_id, from_us, to_us, gained });
    kept.flush();
  }
}

/** Tells whether a kept burst of the host is near. */
export function nearBursts(db: Db, hostId: number): Near {
  return nearAny(statement(db, "burst_times").all({ host_id: hostId }) as Interval[]);
}

/** Rises of one series between samples of the range, both ends included, that no burst is near; in order of time. */
export function* seriesRises(
  db: Db,
  stream_id: number,
  from_us: number,
  to_us: number,
  isNear: Near,
): Generator<Step> {
  const rows = statement(db, "series_rises").iterate({ stream_id, from_us, to_us });
  for (const rise of rows as Iterable<Step>) if (!isNear(rise.fromUs, rise.toUs)) yield rise;
}
