// Days and months as integers. Date objects are not used: they know the process zone and roll Feb 31 over to March.

import { DAY_US } from "../model/units.ts";

/** Days before each month of a leap year. */
const DAYS_BEFORE = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335];
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Microseconds after it no longer fit a safe integer, and no log is older than Unix. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2254;

/** Microseconds of 00:00 of a date, counted from the Unix epoch as if in UTC; null where there is no such date. */
export function dateUs(year: number, month: number, day: number): number | null {
  if (year < FIRST_YEAR || year > LAST_YEAR || !isDay(month, day)) return null;
  if (month === 2 && day === 29 && !isLeap(year)) return null;
  // Howard Hinnant, days_from_civil: years are counted from March, so the leap day comes last.
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * 146_097 + dayOfEra - 719_468) * DAY_US;
}

/** Microseconds of 00:00 of a day in a leap year, counted from its 1 January; null where no year has it. */
export function leapYearUs(month: number, day: number): number | null {
  if (!isDay(month, day)) return null;
  return ((DAYS_BEFORE[month - 1] ?? 0) + day - 1) * DAY_US;
}

function isDay(month: number, day: number): boolean {
  return day >= 1 && day <= (MONTH_DAYS[month - 1] ?? 0);
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
