// Stamps of one source's lines as rows keep them, in file order: New Years are counted on the way.

import { createLineYears, type LineYearsState } from "../../clock/line-years.ts";
import { BARE } from "../../formats/catalogue.ts";
import type { Entry } from "../../model/line.ts";
import type { LineYears } from "../../model/line-years.ts";
import type { Stamp } from "../../model/stamp.ts";
import { NO_STAMP, STAMP, type StoredStamp, storeStamp } from "../../model/stored.ts";
import { readDateLine } from "../../observations/dates.ts";
import { journalSpan } from "./marks.ts";

export interface LineStamps {
  /** The stamp of the next line. One object for all lines of a second: who gathers them sees at once that they are of one. */
  keep(stamp: Stamp | null): StoredStamp;
  /** Takes a line without a stamp: its text may tell of what time those beside it are. */
  seeText(entry: Entry): void;
  /** What lines so far say of the first year; null: nothing. */
  years(): LineYears | null;
  state(): LineYearsState;
}

export function createLineStamps(from: LineYearsState | undefined): LineStamps {
  const years = createLineYears(from);
  let last = NO_STAMP;
  const seeDate = (stamp: Stamp) => {
    if (stamp.kind === "wall") years.seeDate(stamp.localUs);
    else if (stamp.kind === "instant") years.seeDate(stamp.atUs);
  };
  return {
    keep(stamp) {
      if (stamp === null) return NO_STAMP;
      seeDate(stamp);
      const stored = storeStamp(stamp, stamp.kind === "yearless" ? years.push(stamp.ofYearUs) : 0);
      if (!isSame(stored, last)) last = stored;
      return last;
    },
    seeText(entry) {
      const span = journalSpan(entry.text);
      if (span !== null) years.seeSpan(span);
      const date = entry.format === BARE.id ? readDateLine(entry.text) : null;
      if (date !== null) seeDate(date);
    },
    years: () => years.found(),
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
