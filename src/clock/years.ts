// Stamps without a year, put in order: how many New Years lie between a file's first line and each other.
// The relative year is stored beside the stamp, so that a better anchor, found later, moves the whole file.

import { LEAP_YEAR_US } from "../model/stamp.ts";
import { DAY_US } from "../model/units.ts";
import { isLeap, yearOf, yearStartUs } from "./calendar.ts";

/** A calendar that falls back further than this has passed a New Year; less is reordering or a clock step. */
const STEP_BACK_US = 7 * DAY_US;
/** How late a December line may come after a January line, where the file itself showed the New Year. */
const LATE_US = 3 * DAY_US;
/** The same where no New Year was seen yet: the file began with the January line. */
const LATE_AT_START_US = DAY_US;
const LEAP_DAY = 59;

export interface YearCounterState {
  /** Relative year of the last line: 0 is the first line's, and -1 that of a line late from the year before. */
  readonly year: number;
  /** Stamp of the last line; null before the first. */
  readonly ofYearUs: number | null;
  /** Stamp of the line before the last New Year, while it can still be returned to; else null. */
  readonly leftUs: number | null;
}

export const YEARS_START: YearCounterState = { year: 0, ofYearUs: null, leftUs: null };

/** Null for 29 February of a year that has none. */
export function yearlessToLocalUs(year: number, ofYearUs: number): number | null {
  const start = yearStartUs(year);
  if (isLeap(year)) return start + ofYearUs;
  const day = Math.floor(ofYearUs / DAY_US);
  if (day === LEAP_DAY) return null;
  return start + ofYearUs - (day > LEAP_DAY ? DAY_US : 0);
}

/** The year that puts a stamp nearest to a local time, where that is no further off than `reachUs`; else null. */
export function yearNear(ofYearUs: number, localUs: number, reachUs: number): number | null {
  const middle = yearOf(localUs);
  for (const year of [middle, middle - 1, middle + 1]) {
    const stampUs = yearlessToLocalUs(year, ofYearUs);
    if (stampUs !== null && Math.abs(stampUs - localUs) <= reachUs) return year;
  }
  return null;
}

/** The state after one more line. */
export function followYear(last: YearCounterState, ofYearUs: number): YearCounterState {
  if (last.ofYearUs === null) return { ...last, ofYearUs };
  const moved = ofYearUs - last.ofYearUs;
  if (moved < -STEP_BACK_US) return { year: last.year + 1, ofYearUs, leftUs: last.ofYearUs };
  if (moved > 0 && isReturn(last, last.ofYearUs, ofYearUs))
    return { year: last.year - 1, ofYearUs, leftUs: null };
  return { year: last.year, ofYearUs, leftUs: last.leftUs };
}

/** True where the line belongs before the New Year that the file has just passed. */
function isReturn(last: YearCounterState, lastUs: number, ofYearUs: number): boolean {
  const back = lastUs + LEAP_YEAR_US - ofYearUs;
  if (back <= (last.leftUs === null ? LATE_AT_START_US : LATE_US)) return true;
  // A clock that starts at 1 January (no battery, not set yet) and then jumps back to where the log was.
  return last.leftUs !== null && lastUs < LATE_US && Math.abs(ofYearUs - last.leftUs) <= LATE_US;
}
