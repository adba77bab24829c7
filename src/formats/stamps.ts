// Stamps as logs write them, read by hand: millions of lines ask, and no library keeps apart what was written (no
// year, no zone, how many digits) from what it would guess.

import { LEAP_YEAR_US, type Stamp } from "../model/stamp.ts";
import { MINUTE_US, SECOND_US } from "../model/units.ts";
import { dateUs, leapYearUs } from "./calendar.ts";
import { type ClockTime, Cursor, twoDigits } from "./cursor.ts";
import { in24Hours, readDateNumbers } from "./date-numbers.ts";
import { monthOf } from "./months.ts";
import { readZone, type Zone } from "./zone-text.ts";

/** How a stamp is written. */
export type StampForm =
  | "month-day" // Mar 10 20:19:39, Wed Mar 10 20:19:39
  | "month-day-year" // Mar 10 2021 20:19:39, Mar 10, 2021 @ 20:19:39, Mar 10, 2021 8:19:39 PM
  | "day-month-year" // 10 Mar 2021 20:19:39, 10-Mar-2021 20:19:39, 10/Mar/2021:20:19:39 +0100
  | "year-month-day" // 2021 Mar 10 20:19:39
  | "time-year" // [Wed ]Mar 10 20:19:39 [CET ]2021
  | "derived" // as time-year, computed by dmesg -T from an uptime; weekday and month in any language
  | "iso" // [Wed ]2021-03-10T20:19:39+01:00, also with slashes or colons, a blank or a hyphen for the T, a zone name, or no zone
  | "epoch" // 1615403979.123456, also milliseconds, microseconds or nanoseconds without a dot
  | "numbers" // 3/10/2021 8:19:39 PM, 10.03.2021 20:19:39; where day and month cannot be told apart, none
  | "minute" // Mar10 20:19
  | "klog"; // 0310 20:19:39.123456, 03-10 20:19:39.123

const READERS: Readonly<Record<StampForm, (text: string) => Stamp | null>> = {
  "month-day": readMonthDay,
  "month-day-year": (text) => readDated(text, "month-day-year"),
  "day-month-year": readDayFirst,
  "year-month-day": (text) => readDated(text, "year-month-day"),
  "time-year": (text) => readTimeYear(text, false),
  derived: (text) => readTimeYear(text, true),
  iso: readIso,
  epoch: readEpoch,
  numbers: readNumbers,
  minute: readMinute,
  klog: readKlog,
};

/** The stamp a text is; `bad` for an impossible time; null where the text is not of this form (or names no known month). */
export function readStamp(form: StampForm, text: string): Stamp | null {
  return READERS[form](text);
}

/** As `readStamp`, remembering the last answer: bursts of lines share their second. */
export function createStampReader(): (form: StampForm, text: string) => Stamp | null {
  let lastForm: StampForm | null = null;
  let lastText = "";
  let last: Stamp | null = null;
  return (form, text) => {
    if (form === lastForm && text === lastText) return last;
    last = READERS[form](text);
    lastForm = form;
    lastText = text;
    return last;
  };
}

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

function readMonthDay(text: string): Stamp | null {
  const cursor = new Cursor(text);
  const weekday = text.charCodeAt(3) === 32 ? WEEKDAYS.indexOf(text.slice(0, 3)) : -1;
  if (weekday >= 0) cursor.at = 4;
  const month = monthOf(cursor.takeWord());
  cursor.skipBlanks();
  const day = cursor.takeNumber(2);
  cursor.skipBlanks();
  const clock = cursor.takeClock();
  if (month === null || day === null || clock === null || !cursor.ended) return null;
  return yearless(text, month, day, clock, weekday < 0 ? null : weekday);
}

function readDated(text: string, order: "month-day-year" | "year-month-day"): Stamp | null {
  const plain = text.endsWith("M") || text.endsWith("m") ? in24Hours(text) : text;
  const cursor = new Cursor(plain.replace(/,? (?:@ )?/g, " "));
  let year = order === "year-month-day" ? cursor.takeNumber(4) : null;
  cursor.skipBlanks();
  const month = monthOf(cursor.takeWord());
  cursor.skipBlanks();
  const day = cursor.takeNumber(2);
  cursor.skipBlanks();
  if (order === "month-day-year") year = cursor.takeNumber(4);
  cursor.skipBlanks();
  const clock = cursor.takeClock();
  if (year === null || month === null || day === null || clock === null || !cursor.ended) return null;
  return full(text, dateUs(year, month, day), clock, null, false);
}

const DAY_FIRST = /^(\d{1,2})([ /-])(\S{3,9}?)\2(\d{4})[ :](\S+)(?: ([+-]\d\d:?\d\d))?$/;

function readDayFirst(text: string): Stamp | null {
  const [, day, , name = "", year, time = "", zone] = DAY_FIRST.exec(text) ?? [];
  const month = monthOf(name);
  const clock = new Cursor(time).takeClock();
  if (month === null || clock === null) return null;
  const date = dateUs(Number(year), month, Number(day));
  return full(text, date, clock, zone === undefined ? null : readZone(zone), false);
}

// The weekday is not looked at: the date says more, and its language is anybody's guess.
const TIME_YEAR =
  /^(?:\S+ +)?(\S.*?) {1,9}(\d{1,2}) (\d\d:\d\d:\d\d(?:[.,]\d{1,9})?) (?:([A-Z]{2,5}|[+-]\d{2,4}) )?(\d{4})$/u;

function readTimeYear(text: string, derived: boolean): Stamp | null {
  const match = TIME_YEAR.exec(text);
  if (match === null) return null;
  const [, name = "", day, time = "", zone, year] = match;
  const month = monthOf(name);
  const clock = new Cursor(time).takeClock();
  if (month === null || clock === null) return null;
  const date = dateUs(Number(year), month, Number(day));
  return full(text, date, clock, zone === undefined ? null : readZone(zone), derived);
}

const HYPHEN = 45;
const SLASH = 47;
const COLON = 58;

function readIso(text: string): Stamp | null {
  const first = text.charCodeAt(0);
  const at = first >= 48 && first <= 57 ? 0 : text.indexOf(" ") + 1;
  const century = twoDigits(text, at);
  const ofCentury = twoDigits(text, at + 2);
  const month = twoDigits(text, at + 5);
  const day = twoDigits(text, at + 8);
  const mark = text.charCodeAt(at + 4);
  const marked = (mark === HYPHEN || mark === SLASH || mark === COLON) && text.charCodeAt(at + 7) === mark;
  if (century < 0 || ofCentury < 0 || month < 0 || day < 0 || !marked) return null;
  const cursor = new Cursor(text);
  cursor.at = at + 11;
  const clock = cursor.takeClock();
  if (clock === null) return null;
  cursor.skipBlanks();
  const zone = cursor.ended ? null : readZone(text.slice(cursor.at));
  return full(text, dateUs(century * 100 + ofCentury, month, day), clock, zone, false);
}

/** Digits of a number without a dot: seconds have at most ten of them. */
const FINER_EPOCH = /^(\d{10})(\d{3}|\d{6}|\d{9})$/;

function readEpoch(written: string): Stamp | null {
  const text = written.replace(FINER_EPOCH, "$1.$2");
  const dot = text.indexOf(".");
  const fraction = dot < 0 ? "" : text.slice(dot + 1, dot + 7);
  const seconds = Number(dot < 0 ? text : text.slice(0, dot));
  const atUs = seconds * SECOND_US + Number(fraction.padEnd(6, "0"));
  if (!Number.isSafeInteger(atUs)) return { kind: "bad", text };
  return { kind: "instant", atUs, resolutionUs: 10 ** (6 - fraction.length) };
}

function readNumbers(text: string): Stamp | null {
  const read = readDateNumbers(text);
  return read === null ? null : full(text, read.dateUs, read.clock, null, false);
}

const MINUTE = /^(.+?)\.? *(\d{1,2}) (\d\d):(\d\d)$/u;

function readMinute(text: string): Stamp | null {
  const match = MINUTE.exec(text.trim());
  if (match === null) return null;
  const [, name = "", day, hour, minute] = match;
  const month = monthOf(name);
  if (month === null) return null;
  const possible = Number(hour) < 24 && Number(minute) < 60;
  const us = possible ? (Number(hour) * 60 + Number(minute)) * MINUTE_US : null;
  return yearless(text, month, Number(day), { us, resolutionUs: MINUTE_US }, null);
}

function readKlog(text: string): Stamp | null {
  const cursor = new Cursor(text);
  const month = cursor.takeNumber(2);
  if (text.charCodeAt(cursor.at) === HYPHEN) cursor.at += 1;
  const day = cursor.takeNumber(2);
  cursor.skipBlanks();
  const clock = cursor.takeClock();
  if (month === null || day === null || clock === null) return null;
  return yearless(text, month, day, clock, null);
}

function yearless(text: string, month: number, day: number, clock: ClockTime, weekday: number | null): Stamp {
  const date = leapYearUs(month, day);
  if (date === null || clock.us === null) return { kind: "bad", text };
  // A leap second at the end of the year stays in its year.
  const ofYearUs = Math.min(date + clock.us, LEAP_YEAR_US - 1);
  return { kind: "yearless", ofYearUs, resolutionUs: clock.resolutionUs, weekday };
}

function full(
  text: string,
  date: number | null,
  clock: ClockTime,
  zone: Zone | null,
  derived: boolean,
): Stamp {
  if (date === null || clock.us === null || zone?.kind === "bad") return { kind: "bad", text };
  const localUs = date + clock.us;
  const { resolutionUs } = clock;
  if (zone?.kind === "offset") return { kind: "instant", atUs: localUs - zone.offsetUs, resolutionUs };
  return { kind: "wall", localUs, resolutionUs, zoneName: zone?.name ?? null, derived };
}
