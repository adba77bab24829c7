// A zone as a function from an instant to its offset. Intl is the only source of zone rules in Node and slow,
// so offsets are kept per UTC day, with the moment of the change on the few days that have one.

import { DAY_US, MINUTE_US, SECOND_US } from "../model/units.ts";

export interface Zone {
  readonly name: string;
  /** Local time minus UTC at an instant, microseconds. */
  offsetUs(atUs: number): number;
}

interface Day {
  readonly before: number;
  readonly changeUs: number;
  readonly after: number;
}

const KEPT_DAYS = 4096;
/** Intl and Date are asked only within these years; outside, the offset of the nearer end holds. */
const FIRST_S = Date.UTC(1902, 0) / 1000;
const LAST_S = Date.UTC(2200, 0) / 1000;

/** IANA name, `UTC`, or a fixed offset (`+02:00`, `-0330`, `+02`); null for anything else. */
export function createZone(name: string): Zone | null {
  if (/^(?:UTC|GMT|Z)$/i.test(name)) return { name: "UTC", offsetUs: () => 0 };
  const fixed = readOffset(name);
  if (fixed !== null) return { name: writeOffset(fixed), offsetUs: () => fixed };
  const read = createReader(name);
  return read === null ? null : { name, offsetUs: keepDays(read) };
}

export function writeOffset(offsetUs: number): string {
  const minutes = Math.abs(Math.round(offsetUs / MINUTE_US));
  const part = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${offsetUs < 0 ? "-" : "+"}${part(minutes / 60)}:${part(minutes % 60)}`;
}

function readOffset(text: string): number | null {
  const parts = /^([+-])(\d\d)(?::?([0-5]\d))?$/.exec(text);
  if (parts === null) return null;
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  if (minutes > 15 * 60) return null;
  return (parts[1] === "-" ? -minutes : minutes) * MINUTE_US + 0;
}

function createReader(name: string): ((atUs: number) => number) | null {
  // Other engines take offsets and odd spellings as names; a zone's name begins with a letter.
  if (!/^[A-Za-z][\w+/-]*$/.test(name)) return null;
  const format = tryFormat(name);
  if (format === null) return null;
  return (atUs) => {
    const asked = Math.floor(atUs / SECOND_US);
    const seconds = asked > FIRST_S ? Math.min(asked, LAST_S) : FIRST_S;
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
      format.format(seconds * 1000).match(/\d+/g) ?? []
    ).map(Number);
    return (Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - seconds) * SECOND_US;
  };
}

function tryFormat(timeZone: string): Intl.DateTimeFormat | null {
  const two = "2-digit" as const;
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: two,
      day: two,
      hour: two,
      minute: two,
      second: two,
    });
  } catch {
    return null;
  }
}

function keepDays(read: (atUs: number) => number): (atUs: number) => number {
  const days = new Map<number, Day>();
  return (atUs) => {
    const number = Math.floor(atUs / DAY_US);
    let day = days.get(number);
    if (day === undefined) {
      if (days.size >= KEPT_DAYS) days.clear();
      day = readDayOf(number * DAY_US, read);
      days.set(number, day);
    }
    return atUs < day.changeUs ? day.before : day.after;
  };
}

/** No zone has changed twice within a UTC day since 1970. */
function readDayOf(startUs: number, read: (atUs: number) => number): Day {
  const before = read(startUs);
  const after = read(startUs + DAY_US);
  if (before === after) return { before, changeUs: startUs, after };
  let low = startUs;
  let high = startUs + DAY_US;
  while (high - low > SECOND_US) {
    const middle = low + Math.floor((high - low) / 2 / SECOND_US) * SECOND_US;
    if (read(middle) === before) low = middle;
    else high = middle;
  }
  return { before, changeUs: high, after };
}
