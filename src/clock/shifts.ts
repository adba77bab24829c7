// Stretches of stamps that a zone moves by one constant: most logs are dated by a subtraction, and only what lies
// near a change of the clocks needs to be looked at line by line.

import { LEAP_YEAR_US } from "../model/stamp.ts";
import { DAY_US, HOUR_US } from "../model/units.ts";
import { isLeap, yearStartUs } from "./calendar.ts";
import type { Zone } from "./zones.ts";

/** Stamps in [fromUs, toUs] are instants after `shiftUs` was added. */
export interface Shift {
  readonly fromUs: number;
  readonly toUs: number;
  readonly shiftUs: number;
}

export interface Shifts {
  readonly plain: readonly Shift[];
  /** Stamps that may be of an hour that passes twice or never, or of a day that is none, and those near them. */
  readonly doubtful: readonly { readonly fromUs: number; readonly toUs: number }[];
}

/** Longer logs are rare, and asking a zone for each of their days is not free. */
const MOST_DAYS = 4000;
/** Lines late or early by less than this may take part in deciding a doubtful hour. */
const MARGIN_US = HOUR_US;
const LEAP_DAY_US = 59 * DAY_US;

/** Shifts for local times in [firstUs, lastUs]; null where that is too long a time. */
export function wallShifts(zone: Zone, firstUs: number, lastUs: number): Shifts | null {
  if (lastUs - firstUs > MOST_DAYS * DAY_US) return null;
  const plain: Shift[] = [];
  const doubtful: { fromUs: number; toUs: number }[] = [];
  let fromUs = firstUs;
  let offsetUs = zone.offsetUs(firstUs - 2 * DAY_US);
  for (let atUs = firstUs - 2 * DAY_US; atUs <= lastUs + 2 * DAY_US; atUs += DAY_US) {
    const nextUs = zone.offsetUs(atUs + DAY_US);
    if (nextUs === offsetUs) continue;
    const changeUs = findChange(zone, atUs, atUs + DAY_US);
    const doubt = {
      fromUs: changeUs + Math.min(offsetUs, nextUs) - MARGIN_US,
      toUs: changeUs + Math.max(offsetUs, nextUs) + MARGIN_US,
    };
    addShift(plain, fromUs, Math.min(doubt.fromUs - 1, lastUs), -offsetUs);
    if (doubt.toUs >= firstUs && doubt.fromUs <= lastUs) doubtful.push(doubt);
    fromUs = Math.max(doubt.toUs + 1, firstUs);
    offsetUs = nextUs;
  }
  addShift(plain, fromUs, lastUs, -offsetUs);
  return { plain, doubtful };
}

/** The same for packed yearless stamps (model/stored) whose relative year 0 is `firstYear`. */
export function yearlessShifts(
  zone: Zone,
  firstYear: number,
  firstUs: number,
  lastUs: number,
): Shifts | null {
  const plain: Shift[] = [];
  const doubtful: { fromUs: number; toUs: number }[] = [];
  for (const piece of yearPieces(firstYear, firstUs, lastUs)) {
    if (piece.localUs === null) {
      doubtful.push(piece);
      continue;
    }
    const { localUs } = piece;
    const shifts = wallShifts(zone, piece.fromUs + localUs, piece.toUs + localUs);
    if (shifts === null) return null;
    for (const { fromUs, toUs, shiftUs } of shifts.plain) {
      plain.push({ fromUs: fromUs - localUs, toUs: toUs - localUs, shiftUs: shiftUs + localUs });
    }
    for (const { fromUs, toUs } of shifts.doubtful)
      doubtful.push({ fromUs: fromUs - localUs, toUs: toUs - localUs });
  }
  return { plain, doubtful };
}

interface Piece {
  readonly fromUs: number;
  readonly toUs: number;
  /** What makes a packed stamp a local time; null: 29 February of a year that has none. */
  readonly localUs: number | null;
}

/** Packed stamps count in leap years: other years leave out a day. */
function yearPieces(firstYear: number, firstUs: number, lastUs: number): Piece[] {
  const pieces: Piece[] = [];
  const add = (fromUs: number, toUs: number, localUs: number | null) => {
    const [from, to] = [Math.max(fromUs, firstUs), Math.min(toUs, lastUs)];
    if (from <= to) pieces.push({ fromUs: from, toUs: to, localUs });
  };
  const last = Math.floor(lastUs / LEAP_YEAR_US);
  for (let relative = Math.floor(firstUs / LEAP_YEAR_US); relative <= last; relative++) {
    const base = relative * LEAP_YEAR_US;
    const year = firstYear + relative;
    const localUs = yearStartUs(year) - base;
    if (isLeap(year)) add(base, base + LEAP_YEAR_US - 1, localUs);
    else {
      add(base, base + LEAP_DAY_US - 1, localUs);
      add(base + LEAP_DAY_US, base + LEAP_DAY_US + DAY_US - 1, null);
      add(base + LEAP_DAY_US + DAY_US, base + LEAP_YEAR_US - 1, localUs - DAY_US);
    }
  }
  return pieces;
}

function addShift(plain: Shift[], fromUs: number, toUs: number, shiftUs: number): void {
  if (fromUs <= toUs) plain.push({ fromUs, toUs, shiftUs });
}

/** The instant within (fromUs, toUs] at which the offset is another than at `fromUs`. */
function findChange(zone: Zone, fromUs: number, toUs: number): number {
  const before = zone.offsetUs(fromUs);
  let low = fromUs;
  let high = toUs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offsetUs(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
