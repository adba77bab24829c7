// Minutes of a host: lines when they were printed, suppressions when the window they were counted in began.

import { inForce, type Reading } from "../analysis/limits.ts";
import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";
import type { FoundBurst } from "./analyse-bursts.ts";

const MINUTE_US = 60_000_000;

type Readings = ReadonlyMap<string, readonly Reading[]>;

interface Minute {
  dropLines: number;
  suppressed: number;
  entriesMin: number | null;
  entriesMax: number | null;
}

interface Counted {
  readonly minute: number;
  readonly entries_min: number;
  readonly entries_max: number;
}

/** Minutes of a host: lines when they were printed, suppressions when their window began. */
export function keepMinutes(db: Db, hostId: number, bursts: readonly FoundBurst[], readings: Readings): void {
  statement(db, "delete_minutes").run({ host_id: hostId });
  const rows = new Map<string | null, Map<number, Minute>>();
  const at = (netns: string | null, minute: number): Minute => {
    const byMinute = rows.get(netns) ?? new Map<number, Minute>();
    rows.set(netns, byMinute);
    const known = byMinute.get(minute) ?? { dropLines: 0, suppressed: 0, entriesMin: null, entriesMax: null };
    byMinute.set(minute, known);
    return known;
  };
  // A window in which several namespaces dropped is part of several bursts, but its N stands once.
  const shared = new Set<number>();
  for (const burst of bursts) {
    if (burst.startUs === null) continue;
    for (const part of burst.parts) {
      for (const [minute, lines] of part.minutes) at(burst.netns, minute).dropLines += lines;
      for (const window of part.windows) {
        const minute = Math.floor(window.beginUs / MINUTE_US);
        if (window.suppressed > 0) at(burst.netns, minute).suppressed += window.suppressed;
        if (window.shared === 0 || window.noticeRef === null || shared.has(window.noticeRef)) continue;
        shared.add(window.noticeRef);
        at(null, minute).suppressed += window.shared;
      }
    }
  }
  for (const netns of new Set([null, ...rows.keys()])) {
    const counts = statement(db, "minute_counts").all({ host_id: hostId, netns }) as Counted[];
    for (const { minute, entries_min, entries_max } of counts) {
      Object.assign(at(netns, minute), { entriesMin: entries_min, entriesMax: entries_max });
    }
  }
  const limits = readings.get("nf_conntrack_max") ?? [];
  for (const [netns, byMinute] of rows) {
    for (const [minute, row] of [...byMinute].sort((a, b) => a[0] - b[0])) {
      statement(db, "insert_minute").run({
        host_id: hostId,
        netns,
        minute_us: minute * MINUTE_US,
        drop_lines: row.dropLines,
        suppressed: row.suppressed,
        entries_min: row.entriesMin,
        entries_max: row.entriesMax,
        limit_value: inForce(limits, minute * MINUTE_US, null)?.reading.value ?? null,
      });
    }
  }
  statement(db, "keep_pressure").run({ host_id: hostId });
}
