// Times that snapshots carry in their own lines: a `date` between two commands, the comment at the head of a
// dump, the klog header of a container's log, the epochs of metric systems.

import type { Stamp } from "../model/stamp.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const ZONE = "(?<zone>Z|[+-]\\d\\d:?\\d\\d|[A-Z]{1,5})";

/** Whole lines that are nothing but a date: comment and rule marks aside. */
const DATE_LINES: readonly RegExp[] = [
  // 2026-04-27 21:49:38 +0200
  new RegExp(
    `^[#=*-]*\\s*(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)[ T](?<time>\\d\\d:\\d\\d:\\d\\d)` +
      `(?:[.,](?<fraction>\\d{1,9}))?\\s*${ZONE}?\\s*[#=*-]*$`,
  ),
  // Wed Mar 11 08:15:15 UTC 2026, as date(1) in the C locale writes it
  new RegExp(
    `^[#=*-]*\\s*${WEEKDAY} (?<month>[A-Z][a-z]{2})\\s+(?<day>\\d{1,2}) (?<time>\\d\\d:\\d\\d:\\d\\d)` +
      `(?: (?<half>AM|PM))?(?: ${ZONE})? (?<year>\\d{4})\\s*[#=*-]*$`,
  ),
  // Wed 11 Mar 2026 08:15:15 AM UTC, or with a comma as RFC 5322 has it
  new RegExp(
    `^[#=*-]*\\s*${WEEKDAY},? (?<day>\\d{1,2}) (?<month>[A-Z][a-z]{2}) (?<year>\\d{4}) ` +
      `(?<time>\\d\\d:\\d\\d:\\d\\d)(?: (?<half>AM|PM))?(?: ${ZONE})?\\s*[#=*-]*$`,
  ),
];

/** An epoch as a number or in digits: seconds, milliseconds, microseconds or nanoseconds, told by its size. */
export function epochStamp(text: string): Stamp | null {
  const match = /^(\d{1,19})(?:\.(\d{1,9}))?$/.exec(text);
  if (match === null) return null;
  const [, whole = "", fraction = ""] = match;
  const digits = whole.length;
  if (digits <= 11) {
    const us = Number(whole) * 1e6 + Number(fraction.padEnd(6, "0").slice(0, 6));
    return instant(us, 10 ** Math.max(0, 6 - fraction.length));
  }
  if (digits <= 14) return instant(Number(whole) * 1000, 1000);
  if (digits <= 16) return instant(Number(whole), 1);
  return instant(Number(whole.slice(0, -3)), 1);
}

function instant(atUs: number, resolutionUs: number): Stamp {
  return { kind: "instant", atUs, resolutionUs };
}

/** The stamp of a line that holds a date and nothing else; null: some other line. */
export function readDateLine(text: string): Stamp | null {
  const comment = /^#\s*(\d{10}(?:\.\d{1,9})?)$/.exec(text);
  if (comment !== null) return epochStamp(comment[1] ?? "");
  if (text.length > 64 || !/\d\d:\d\d:\d\d/.test(text)) return null;
  for (const pattern of DATE_LINES) {
    const parts = pattern.exec(text)?.groups;
    if (parts !== undefined) return calendarStamp(parts);
  }
  return null;
}

function calendarStamp(parts: Readonly<Record<string, string | undefined>>): Stamp | null {
  const { year = "", month = "", day = "", time = "", half, fraction = "", zone } = parts;
  const [hour = 0, minute = 0, second = 0] = time.split(":").map(Number);
  const monthIndex = /\d/.test(month) ? Number(month) - 1 : MONTHS.indexOf(month);
  const clockHour = half === undefined ? hour : (hour % 12) + (half === "PM" ? 12 : 0);
  const ms = Date.UTC(Number(year), monthIndex, Number(day), clockHour, minute, second);
  const back = new Date(ms);
  if (back.getUTCMonth() !== monthIndex || back.getUTCDate() !== Number(day) || clockHour > 23 || minute > 59)
    return null;
  const localUs = ms * 1000 + Number(fraction.padEnd(6, "0").slice(0, 6));
  const resolutionUs = 10 ** Math.max(0, 6 - fraction.length);
  const offsetMinutes = zone === undefined ? null : zoneMinutes(zone);
  if (offsetMinutes !== null) return instant(localUs - offsetMinutes * 60e6, resolutionUs);
  return { kind: "wall", localUs, resolutionUs, zoneName: zone ?? null, derived: false };
}

/** Minutes east of Greenwich; null for an abbreviation, which is not unique. */
function zoneMinutes(zone: string): number | null {
  if (zone === "Z" || zone === "UTC" || zone === "GMT") return 0;
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === "-" ? -minutes : minutes;
}

/** klog (k8s.io/klog): `MMDD hh:mm:ss.uuuuuu`, without a year. */
export function klogStamp(monthDay: string, time: string, micros: string): Stamp | null {
  const [hour = 0, minute = 0, second = 0] = time.split(":").map(Number);
  const month = Number(monthDay.slice(0, 2)) - 1;
  const day = Number(monthDay.slice(2));
  // 2000 is a leap year, as the calendar of yearless stamps is.
  const ms = Date.UTC(2000, month, day, hour, minute, second);
  const back = new Date(ms);
  if (back.getUTCMonth() !== month || back.getUTCDate() !== day || hour > 23) return null;
  const ofYearUs = (ms - Date.UTC(2000, 0, 1)) * 1000 + Number(micros);
  return { kind: "yearless", ofYearUs, resolutionUs: 1, weekday: null };
}
