// The search where SIMD is missing or a needle is too short for it: one regular expression over latin1 text.

import { FOUND_LINES, FOUND_NUMBERS, type Run, type Search } from "./search.ts";
import { MOST_TIMES } from "./wasm/layout.ts";

const NEWLINE = 10;

export function plainSearch(
  needles: readonly string[],
  clockNeedles: readonly string[],
  windowBytes: number,
): Search {
  return new PlainSearch(needles, clockNeedles, windowBytes);
}

class PlainSearch implements Search {
  readonly window: Buffer;
  readonly lines = new Int32Array(FOUND_LINES * FOUND_NUMBERS);
  readonly #needle: RegExp;
  readonly #clock: RegExp;
  readonly #both: RegExp;
  readonly #told: Run = { stopped: 0, found: 0, newlines: 0, atClock: false, sawNul: false };
  #pieces = "";

  constructor(needles: readonly string[], clockNeedles: readonly string[], windowBytes: number) {
    this.window = Buffer.allocUnsafeSlow(windowBytes);
    this.#needle = anyOf(needles);
    this.#clock = anyOf(clockNeedles);
    this.#both = anyOf([...needles, ...clockNeedles]);
  }

  run(from: number, to: number, clocks: boolean): Run {
    const text = this.window.toString("latin1", from, to);
    const pattern = clocks ? this.#both : this.#needle;
    const told = this.#told;
    let at = 0;
    let newlines = 0;
    Object.assign(told, { found: 0, atClock: false, sawNul: text.includes("\0") });
    while (!told.atClock && told.found < FOUND_LINES) {
      pattern.lastIndex = at;
      const hit = pattern.exec(text);
      if (hit === null) break;
      const begin = text.lastIndexOf("\n", hit.index) + 1;
      const line = text.slice(begin, text.indexOf("\n", hit.index) + 1);
      this.#clock.lastIndex = 0;
      told.atClock = clocks && this.#clock.test(line);
      newlines += newlinesIn(text, at, begin);
      // A clock needle ends the run behind its own line.
      const times = told.atClock ? 1 : timesOf(line, text, begin);
      const end = begin + line.length - 1;
      this.lines.set([from + begin, from + end, newlines, times], told.found * FOUND_NUMBERS);
      told.found += 1;
      newlines += times;
      at = begin + times * line.length;
    }
    if (!told.atClock && told.found < FOUND_LINES) {
      newlines += newlinesIn(text, at, text.length);
      at = text.length;
    }
    told.stopped = from + at;
    told.newlines = newlines;
    return told;
  }

  lineBefore(begin: number, low: number): number {
    return begin - 2 < low ? low : Math.max(low, this.window.lastIndexOf(NEWLINE, begin - 2) + 1);
  }

  newlineFrom(at: number): number {
    return this.window.indexOf(NEWLINE, at);
  }

  join(from: number, to: number): void {
    this.#pieces += this.window.toString("latin1", from, to);
  }

  joined(): string {
    const text = this.#pieces;
    this.#pieces = "";
    return text;
  }
}

function anyOf(needles: readonly string[]): RegExp {
  const literals = needles.map((needle) => needle.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(literals.length === 0 ? "(?!)" : literals.join("|"), "g");
}

/** How many times a line stands at `begin`, one right behind the other. */
function timesOf(line: string, text: string, begin: number): number {
  let times = 1;
  while (times < MOST_TIMES && text.startsWith(line, begin + times * line.length)) times += 1;
  return times;
}

function newlinesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
