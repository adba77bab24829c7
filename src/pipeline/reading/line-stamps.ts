// Stamps of one source's lines as rows keep them, in file order: New Years are counted on the way.

import { createYearCounter, type YearCounterState } from "../../clock/years.ts";
import type { Stamp } from "../../model/stamp.ts";
import { NO_STAMP, STAMP, type StoredStamp, storeStamp } from "../../model/stored.ts";

export interface LineStamps {
  /** The stamp of the next line. One object for all lines of a second: who gathers them sees at once that they are of one. */
  keep(stamp: Stamp | null): StoredStamp;
  state(): YearCounterState;
}

export function createLineStamps(from: YearCounterState | undefined): LineStamps {
  const years = createYearCounter(from);
  let last = NO_STAMP;
  return {
    keep(stamp) {
      if (stamp === null) return NO_STAMP;
      const stored = storeStamp(stamp, stamp.kind === "yearless" ? years.push(stamp.ofYearUs) : 0);
      if (!isSame(stored, last)) last = stored;
      return last;
    },
    state: () => years.state(),
  };
}

function isSame(a: StoredStamp, b: StoredStamp): boolean {
  if (a.stamp_us !== b.stamp_us || a.stamp_kind !== b.stamp_kind) return false;
  return a.resolution_us === b.resolution_us && a.zone_name === b.zone_name;
}

/** The kernel's buffer has uptimes only: an instant beside its lines was computed by dmesg, afterwards. */
export function computedBy(format: string, stamp: StoredStamp): StoredStamp {
  const byDmesg = stamp.stamp_kind === STAMP.instant && format.startsWith("dmesg");
  return byDmesg ? { ...stamp, stamp_kind: STAMP.derivedInstant } : stamp;
}
