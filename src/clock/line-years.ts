// New Years counted as in years.ts, and what lines with full dates say of the years on the way: a line beside them that
// has one, and the header of a journal's lines, which tells from when to when they go.

import type { LineYears } from "../model/line-years.ts";
import { DAY_US } from "../model/units.ts";
import { yearOf, yearStartUs } from "./calendar.ts";
import { followYear, YEARS_START, type YearCounterState, yearlessToLocalUs, yearNear } from "./years.ts";

/** From when to when lines go, in local time; `toUs` is null where that is not told. */
export interface LineSpan {
  readonly fromUs: number;
  readonly toUs: number | null;
}

export interface LineYearsState extends LineYears {
  readonly years: YearCounterState;
  /** The last that was told. */
  readonly span: LineSpan | null;
  /** The last full date of a line, in local time, give or take a zone; null: none. */
  readonly dateUs: number | null;
  /** No stamp without a year stands behind that line. */
  readonly isLast: boolean;
}

const START: LineYearsState = {
  years: YEARS_START,
  told: null,
  least: null,
  most: null,
  span: null,
  dateUs: null,
  isLast: false,
};
/** How far from its neighbour's full date a line may be: further off, they may be of different times. */
const REACH_US = 31 * DAY_US;
/** No kernel tracks connections before Linux 2.4: an older date is of a clock that was not set. */
const FIRST_US = yearStartUs(1998);
/** A later one is a slip, and relative years have to stay small. */
const LAST_US = yearStartUs(2100);
/** 29 February may be eight years away (1896 to 1904). */
const LEAP_YEARS_APART = 8;

/** Makes the counter of one source, or goes on with one. */
export function createLineYears(from: LineYearsState = START): LineYearCounter {
  return new LineYearCounter(from);
}

export class LineYearCounter {
  #years: YearCounterState;
  #told: number | null;
  #least: number | null;
  #most: number | null;
  #span: LineSpan | null;
  #dateUs: number | null;
  #isLast: boolean;

  constructor({ years, told, least, most, span, dateUs, isLast }: LineYearsState) {
    this.#years = years;
    this.#told = told;
    this.#least = least;
    this.#most = most;
    this.#span = span;
    this.#dateUs = dateUs;
    this.#isLast = isLast;
  }

  /** Relative year of the next stamp without one, in file order: by the New Years passed, or as full dates tell it. */
  push(ofYearUs: number): number {
    this.#years = followYear(this.#years, ofYearUs);
    if (this.#span !== null) this.#within(this.#span, ofYearUs);
    if (this.#isLast) this.#beside(ofYearUs);
    return this.#years.year;
  }

  /** The lines that follow are of this time. */
  seeSpan(span: LineSpan): void {
    if (isPossible(span.fromUs) && isPossible(span.toUs ?? span.fromUs)) this.#span = span;
  }

  /** A line with a full date; one in UTC will do. */
  seeDate(localUs: number): void {
    if (!isPossible(localUs)) return;
    const { ofYearUs, year } = this.#years;
    if (this.#told === null && ofYearUs !== null && !this.#isLast) {
      const told = yearNear(ofYearUs, localUs, REACH_US) ?? yearBetween(ofYearUs, this.#dateUs, localUs);
      if (told !== null) this.#told = told - year;
    }
    this.#dateUs = localUs;
    this.#isLast = true;
  }

  /** Null where no line says anything. */
  found(): LineYears | null {
    const [told, least, most] = [this.#told, this.#least, this.#most];
    if (told === null && least === null && most === null) return null;
    // Headers of several journals: each speaks of its own lines.
    if (least !== null && most !== null && least > most) return { told, least: null, most: null };
    return { told, least, most };
  }

  state(): LineYearsState {
    return {
      years: this.#years,
      told: this.#told,
      least: this.#least,
      most: this.#most,
      span: this.#span,
      dateUs: this.#dateUs,
      isLast: this.#isLast,
    };
  }

  /** The first line behind one with a full date. */
  #beside(ofYearUs: number): void {
    this.#isLast = false;
    const year = this.#dateUs === null ? null : yearNear(ofYearUs, this.#dateUs, REACH_US);
    if (year !== null) this.#tell(year, ofYearUs);
  }

  #within({ fromUs, toUs }: LineSpan, ofYearUs: number): void {
    const first = yearFrom(ofYearUs, fromUs - DAY_US);
    const last = toUs === null ? null : yearUntil(ofYearUs, toUs + DAY_US);
    if (first === null || (last !== null && last < first)) return;
    if (first === last) {
      this.#tell(first, ofYearUs);
      return;
    }
    const { year } = this.#years;
    this.#least = Math.max(this.#least ?? first - year, first - year);
    if (last !== null) this.#most = Math.min(this.#most ?? last - year, last - year);
  }

  /** The line pushed last is of this year: where it does not follow from the lines before, it begins anew. */
  #tell(year: number, ofYearUs: number): void {
    this.#told ??= year - this.#years.year;
    const relative = year - this.#told;
    if (relative !== this.#years.year) this.#years = { year: relative, ofYearUs, leftUs: null };
  }
}

function isPossible(localUs: number): boolean {
  return localUs >= FIRST_US && localUs < LAST_US;
}

/** The only year that puts a stamp between two full dates, in file order; null where there is none. */
function yearBetween(ofYearUs: number, fromUs: number | null, toUs: number): number | null {
  const first = fromUs === null ? null : yearFrom(ofYearUs, fromUs - DAY_US);
  return first === yearUntil(ofYearUs, toUs + DAY_US) ? first : null;
}

/** The first year that puts a stamp at or behind an instant. */
function yearFrom(ofYearUs: number, localUs: number): number | null {
  const from = yearOf(localUs);
  for (let year = from; year <= from + LEAP_YEARS_APART; year++) {
    const us = yearlessToLocalUs(year, ofYearUs);
    if (us !== null && us >= localUs) return year;
  }
  return null;
}

/** The last year that puts a stamp at or before an instant. */
function yearUntil(ofYearUs: number, localUs: number): number | null {
  const until = yearOf(localUs);
  for (let year = until; year >= until - LEAP_YEARS_APART; year--) {
    const us = yearlessToLocalUs(year, ofYearUs);
    if (us !== null && us <= localUs) return year;
  }
  return null;
}
