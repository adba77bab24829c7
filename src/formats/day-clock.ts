// Stamps that differ in their time of day alone: the second follows from the first, and need not be read again.

import type { Stamp } from "../model/stamp.ts";
import { SECOND_US } from "../model/units.ts";

/** Where the time of day stands in a stamp's text. */
export interface DayClock {
  readonly at: number;
  /** Digits of the fraction. */
  readonly digits: number;
  /** Where it ends. */
  readonly end: number;
}

// Finer fractions than microseconds are rounded, by whoever reads the whole; of twelve hours, noon is the last.
const CLOCK = /(?<!\d)\d\d:\d\d:\d\d(?:[.,](\d{1,6})(?!\d))?(?![.,]\d| ?[AaPp]\.? ?[Mm])/;

/** Null where the text has no time of day down to the second. */
export function findDayClock(text: string): DayClock | null {
  const match = CLOCK.exec(text);
  return match && { at: match.index, digits: match[1]?.length ?? 0, end: match.index + match[0].length };
}

/** Microseconds since midnight at the clock's place in a line; null where what stands there is none, or no plain one. */
export function readDayClock(line: string, { at, digits }: DayClock): number | null {
  const hour = twoDigits(line, at);
  const minute = twoDigits(line, at + 3);
  const second = twoDigits(line, at + 6);
  if (!(hour < 24 && minute < 60 && second < 60)) return null;
  if (line.charCodeAt(at + 2) !== COLON || line.charCodeAt(at + 5) !== COLON) return null;
  const fraction = digits === 0 ? 0 : readFraction(line, at + 9, digits);
  return ((hour * 60 + minute) * 60 + second) * SECOND_US + fraction;
}

/** A stamp so many microseconds after this one, or before it. */
export function shiftStamp(stamp: Exclude<Stamp, { kind: "bad" }>, byUs: number): Stamp {
  if (stamp.kind === "yearless") {
    const { ofYearUs, resolutionUs, weekday } = stamp;
    return { kind: "yearless", ofYearUs: ofYearUs + byUs, resolutionUs, weekday };
  }
  if (stamp.kind === "instant") return { ...stamp, atUs: stamp.atUs + byUs };
  return { ...stamp, localUs: stamp.localUs + byUs };
}

const COLON = 58;
const ZERO = 48;

/** NaN where they are no digits. */
function twoDigits(line: string, at: number): number {
  return 10 * digit(line, at) + digit(line, at + 1);
}

function readFraction(line: string, at: number, digits: number): number {
  let number = 0;
  for (let i = 0; i < digits; i++) number = 10 * number + digit(line, at + i);
  return number * 10 ** (6 - digits);
}

function digit(line: string, at: number): number {
  const value = line.charCodeAt(at) - ZERO;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}
