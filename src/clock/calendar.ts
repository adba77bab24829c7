// Calendar arithmetic by hand: it runs once a line, where Date objects are too slow and know a process zone.
// "Local" microseconds count as if the wall clock were UTC.

import { DAY_US } from "../model/units.ts";

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Local microseconds of 1 January, 00:00. */
export function yearStartUs(year: number): number {
  const before = year - 1;
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  // 719162 days lie between 1 January of year 1 and 1 January 1970.
  return (before * 365 + leaps - 719_162) * DAY_US;
}

export function yearOf(localUs: number): number {
  const guess = 1970 + Math.floor(localUs / DAY_US / 365.2425);
  if (localUs < yearStartUs(guess)) return guess - 1;
  return localUs >= yearStartUs(guess + 1) ? guess + 1 : guess;
}

/** 0 Sunday to 6 Saturday; 1 January 1970 was a Thursday. */
export function weekdayOf(localUs: number): number {
  return (((Math.floor(localUs / DAY_US) + 4) % 7) + 7) % 7;
}

/** Local microseconds of the day that `YYYYMMDD` names, at 00:00; null where it names none. */
export function readDay(text: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)$/.exec(text);
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() * 1000 : null;
}
