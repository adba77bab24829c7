// What a first look at the rows of a boot and witness gives: when there were drops, and how the limiter went about it.

import { createRuns, type Interval, type Runs, type Stint } from "../../analysis/intervals.ts";
import { WindowTally } from "../../analysis/limiter-infer.ts";
import { eachRecord } from "./limiter-records.ts";
import { isRepeat, type LimiterRow, ROW, timeOf } from "./limiter-row.ts";
import type { LimiterRows } from "./limiter-rows.ts";

/** What a first look at a segment's rows gives. */
export interface Survey {
  /** Runs of drop lines by namespace. */
  readonly runs: Map<string | null, Interval[]>;
  /** What of them has uptimes, beside instants. */
  readonly stints: Map<string | null, Stint[]>;
  readonly windows: WindowTally;
  readonly hasNotices: boolean;
  /** No row's time is before that of the row ahead of it, by either clock. */
  readonly inOrder: boolean;
}

export function survey(rows: LimiterRows, gapUs: number): Survey {
  const runs = new Map<string | null, Runs>();
  const windows = new WindowTally();
  let hasNotices = false;
  let inOrder = true;
  let last = { us: Number.NEGATIVE_INFINITY, uptimeUs: Number.NEGATIVE_INFINITY };
  const seen = (row: LimiterRow) => {
    const us = timeOf(row);
    const uptimeUs = row.uptime_us ?? last.uptimeUs;
    inOrder &&= us >= last.us && uptimeUs >= last.uptimeUs;
    last = { us: us + row.span_us, uptimeUs };
    hasNotices ||= row.form.kind === ROW.notice;
    if (row.form.kind !== ROW.drop) return;
    let one = runs.get(row.form.netns);
    if (one === undefined) {
      one = createRuns(gapUs);
      runs.set(row.form.netns, one);
    }
    // A repeat is written when another message comes, hours later if need be, and tells no times.
    if (isRepeat(row)) one.reach(timeOf(row));
    else one.add(timeOf(row), row.uptime_us);
    if (row.span_us > 0) one.add(timeOf(row) + row.span_us, lastUptimeUs(row));
  };
  eachRecord(rows, seen, (record) => windows.add(record));
  const each = <T>(tell: (one: Runs) => T) => new Map([...runs].map(([netns, one]) => [netns, tell(one)]));
  const stints = rows.dated ? each((one) => one.stints()) : NO_STINTS;
  return { runs: each((one) => one.runs()), stints, windows, hasNotices, inOrder };
}

const NO_STINTS: Survey["stints"] = new Map();

function lastUptimeUs({ uptime_us, uptimes }: LimiterRow): number | null {
  return uptime_us === null ? null : uptime_us + (uptimes.at(-1) ?? 0);
}
