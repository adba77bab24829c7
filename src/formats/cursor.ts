// Reading numbers and clock times out of a text, left to right. One place for what every stamp form shares.

import { MINUTE_US, SECOND_US } from "../model/units.ts";

/** A clock time and how finely it was written. */
export interface ClockTime {
  /** Microseconds since midnight; null for an impossible time (25:61). */
  readonly us: number | null;
  readonly resolutionUs: number;
}

const ZERO = 48;
const COLON = 58;
const DOT = 46;
const COMMA = 44;
/** Microseconds of one in the n-th digit behind the dot, n from 0: what n digits resolve. */
const DIGIT_US = [1_000_000, 100_000, 10_000, 1000, 100, 10, 1];

/** A place in a text. `take...` reads there and moves on; what is not there is null. */
export class Cursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  /** Moves past one character, if it is there. */
  skip(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at += 1;
    return true;
  }

  skipBlanks(): void {
    while (this.text.charCodeAt(this.at) === 32) this.at += 1;
  }

  /** Digits, at most `most` of them. */
  takeNumber(most: number): number | null {
    const from = this.at;
    let value = 0;
    while (this.at - from < most) {
      const code = this.text.charCodeAt(this.at);
      if (!isDigit(code)) break;
      value = value * 10 + code - ZERO;
      this.at += 1;
    }
    return this.at === from ? null : value;
  }

  /** Everything up to the next blank or the end. */
  takeWord(): string {
    const blank = this.text.indexOf(" ", this.at);
    const word = this.text.slice(this.at, blank < 0 ? undefined : blank);
    this.at += word.length;
    return word;
  }

  /** `HH:MM:SS` with an optional fraction behind a dot or a comma; digits beyond the sixth are cut off. */
  takeClock(): ClockTime | null {
    const { text, at } = this;
    const hour = twoDigits(text, at);
    const minute = twoDigits(text, at + 3);
    const second = twoDigits(text, at + 6);
    const colons = text.charCodeAt(at + 2) === COLON && text.charCodeAt(at + 5) === COLON;
    if (hour < 0 || minute < 0 || second < 0 || !colons) return null;
    this.at = at + 8;
    const mark = text.charCodeAt(this.at);
    const fraction = mark === DOT || mark === COMMA ? this.#takeFraction() : WHOLE_SECOND;
    // 60 is a leap second: the same instant as the next second's start.
    const possible = hour < 24 && minute < 60 && second < 61;
    const us = possible ? (hour * 60 + minute) * MINUTE_US + second * SECOND_US + (fraction.us ?? 0) : null;
    return { us, resolutionUs: fraction.resolutionUs };
  }

  #takeFraction(): ClockTime {
    const { text } = this;
    const from = this.at + 1;
    let at = from;
    let value = 0;
    let code = text.charCodeAt(at);
    while (isDigit(code)) {
      if (at - from < 6) value = value * 10 + code - ZERO;
      at += 1;
      code = text.charCodeAt(at);
    }
    this.at = at;
    const resolutionUs = DIGIT_US[Math.min(at - from, 6)] ?? 1;
    return { us: value * resolutionUs, resolutionUs };
  }
}

const WHOLE_SECOND: ClockTime = { us: 0, resolutionUs: SECOND_US };

/** The number two digits make; -1 where there are not two. */
export function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - ZERO) * 10 + ones - ZERO : -1;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
