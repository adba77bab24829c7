// New Years counted as in years.ts, and what lines with full dates say of the years on the way: the header of a
// journal's lines tells from when to when they go.

import type { LineYears } from "../model/line-years.ts";
import { DAY_US, yearOf } from "./calendar.ts";
import { followYear, YEARS_START, type YearCounterState, yearlessToLocalUs } from "./years.ts";

/** From when to when lines go, in local time; `toUs` is null where that is not told. */
export interface LineSpan {
  readonly fromUs: number;
  readonly toUs: number | null;
}

export interface LineYearsState extends LineYears {
  readonly years: YearCounterState;
  /** The last that was told. */
  readonly span: LineSpan | null;
}

const START: LineYearsState = { years: YEARS_START, told: null, least: null, most: null, span: null };
/** No kernel tracks connections before Linux 2.4: an older date is of a clock that was not set. */
const FIRST_YEAR = 1998;
/** A later one is a slip, and relative years have to stay small. */
const LAST_YEAR = 2100;
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

  constructor({ years, told, least, most, span }: LineYearsState) {
    this.#years = years;
    this.#told = told;
    this.#least = least;
    this.#most = most;
    this.#span = span;
  }

  /** Relative year of the next stamp without one, in file order: as a YearCounter's, or as full dates tell it. */
  push(ofYearUs: number): number {
    this.#years = followYear(this.#years, ofYearUs);
    if (this.#span !== null) this.#within(this.#span, ofYearUs);
    return this.#years.year;
  }

  /** The lines that follow are of this time. */
  seeSpan(span: LineSpan): void {
    if (isPossible(span.fromUs) && isPossible(span.toUs ?? span.fromUs)) this.#span = span;
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
    return { years: this.#years, told: this.#told, least: this.#least, most: this.#most, span: this.#span };
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
  const year = yearOf(localUs);
  return year >= FIRST_YEAR && year <= LAST_YEAR;
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
