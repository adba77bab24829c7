// Dates in numbers alone, as spreadsheets and Windows programs write them: `4/27/2026 7:50:11 PM`, `27.04.2026
// 19:50:11`. Which number is the month depends on the country; where nothing says so, the date is not read.

import { dateUs } from "./calendar.ts";
import { type ClockTime, Cursor } from "./cursor.ts";

export interface DateNumbers {
  /** Null: there is no such date. */
  readonly dateUs: number | null;
  readonly clock: ClockTime;
}

const NUMBERS =
  /^(?:(\d{4})[-/](\d\d)[-/](\d\d)|(\d{1,2})([/.-])(\d{1,2})\5(\d{4})),?[ \t](\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)$/;

/** Date and time of day; null where day and month cannot be told apart. */
export function readDateNumbers(text: string): DateNumbers | null {
  const match = NUMBERS.exec(in24Hours(text));
  if (match === null) return null;
  const [, year, month, day, first = "", mark = "", second = "", lastYear, time = ""] = match;
  const clock = new Cursor(time).takeClock();
  if (clock === null) return null;
  if (year !== undefined) return { dateUs: dateUs(Number(year), Number(month), Number(day)), clock };
  const order = orderOf(Number(first), Number(second), mark, text);
  if (order === null) return null;
  const [m, d] = order === "month-day" ? [first, second] : [second, first];
  return { dateUs: dateUs(Number(lastYear), Number(m), Number(d)), clock };
}

/** Dots stand behind a day. Halves of a day in capitals behind slashes are how the United States write. */
function orderOf(
  first: number,
  second: number,
  mark: string,
  text: string,
): "day-month" | "month-day" | null {
  if (mark === "." || first > 12) return "day-month";
  if (second > 12 || first === second) return "month-day";
  return mark === "/" && / [AP]M$/.test(text) ? "month-day" : null;
}

const HALVES = /(?<![\d:])(\d{1,2})(:\d\d:\d\d(?:[.,]\d{1,9})?)(?: ?([AaPp])\.? ?[Mm]\.?)?$/;

/** The text with the time of day at its end as clocks of 24 hours have it, in two digits. */
export function in24Hours(text: string): string {
  return text.replace(HALVES, (_, hour: string, rest: string, half: string | undefined) => {
    if (half === undefined) return `${hour.padStart(2, "0")}${rest}`;
    const of12 = Number(hour);
    // One that no clock of twelve hours has is left to be told as impossible.
    if (of12 < 1 || of12 > 12) return `99${rest}`;
    return `${String((of12 % 12) + (half.toLowerCase() === "p" ? 12 : 0)).padStart(2, "0")}${rest}`;
  });
}
