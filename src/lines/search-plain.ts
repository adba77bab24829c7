// The search where SIMD is missing or a needle is too short for it: one regular expression over latin1 text.

import { FOUND_LINES, type Run, type Search } from "./search.ts";

const NEWLINE = 10;

export function plainSearch(
  needles: readonly string[],
  clockNeedles: readonly string[],
  windowBytes: number,
): Search {
  const window = Buffer.allocUnsafeSlow(windowBytes);
  const lines = new Int32Array(FOUND_LINES * 3);
  const patterns = {
    needle: anyOf(needles),
    clock: anyOf(clockNeedles),
    both: anyOf([...needles, ...clockNeedles]),
  };
  const told: Run = { stopped: 0, found: 0, newlines: 0, atClock: false, sawNul: false };
  let pieces = "";

  function run(from: number, to: number, clocks: boolean): Run {
    const text = window.toString("latin1", from, to);
    const pattern = clocks ? patterns.both : patterns.needle;
    let at = 0;
    let newlines = 0;
    Object.assign(told, { found: 0, atClock: false, sawNul: text.includes("\0") });
    while (!told.atClock && told.found < FOUND_LINES) {
      pattern.lastIndex = at;
      const hit = pattern.exec(text);
      if (hit === null) break;
      const begin = text.lastIndexOf("\n", hit.index) + 1;
      const end = text.indexOf("\n", hit.index);
      newlines += newlinesIn(text, at, begin);
      lines.set([from + begin, from + end, newlines], told.found * 3);
      told.found += 1;
      newlines += 1;
      at = end + 1;
      patterns.clock.lastIndex = 0;
      told.atClock = clocks && patterns.clock.test(text.slice(begin, end));
    }
    if (!told.atClock && told.found < FOUND_LINES) {
      newlines += newlinesIn(text, at, text.length);
      at = text.length;
    }
    told.stopped = from + at;
    told.newlines = newlines;
    return told;
  }

  return {
    window,
    lines,
    run,
    lineBefore: (begin, low) =>
      begin - 2 < low ? low : Math.max(low, window.lastIndexOf(NEWLINE, begin - 2) + 1),
    newlineFrom: (at) => window.indexOf(NEWLINE, at),
    join(from, to) {
      pieces += window.toString("latin1", from, to);
    },
    joined() {
      const text = pieces;
      pieces = "";
      return text;
    },
  };
}

function anyOf(needles: readonly string[]): RegExp {
  const literals = needles.map((needle) => needle.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(literals.length === 0 ? "(?!)" : literals.join("|"), "g");
}

function newlinesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
