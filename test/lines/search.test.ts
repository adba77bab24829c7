// The searches tell the same, wherever in a vector of 16 bytes a needle stands and however many needles there are.

import fc from "fast-check";
import { expect, test } from "vitest";
import { FOUND_NUMBERS, type Search } from "../../src/lines/search.ts";
import { plainSearch } from "../../src/lines/search-plain.ts";
import { simdSearch } from "../../src/lines/search-simd.ts";
import { PROGRAMS } from "../../src/lines/wasm/program.ts";
import { withSimd } from "./ways.ts";

const BYTES = 4096;

function tell(search: Search, text: string, from: number, clocks: boolean) {
  search.window.fill(0x74);
  search.window.write(text, from, "latin1");
  const to = from + text.length;
  const seen = [];
  for (let at = from; at < to; ) {
    const run = search.run(at, to, clocks);
    seen.push(run.stopped - from, run.newlines, run.atClock, [
      ...search.lines.subarray(0, run.found * FOUND_NUMBERS),
    ]);
    at = run.stopped;
  }
  return seen;
}

const FORMS = ["relaxed", "strict"] as const;
type Form = (typeof FORMS)[number];

function both(form: Form, needles: readonly string[], clocks: readonly string[]): [Search, Search] {
  return [withSimd(form)(needles, clocks, BYTES), plainSearch(needles, clocks, BYTES)];
}

test.each(FORMS)("a needle is found at every place: %s", (form) => {
  const [simd, plain] = both(form, ["needle", "eye", "x"], ["clock"]);
  for (const needle of ["needle", "eye", "x", "clock", "nneedle", "needl", "loc"]) {
    for (let before = 0; before < 40; before++) {
      for (let after = 0; after < 18; after++) {
        const text = `${"a".repeat(before)}${needle}${"b".repeat(after)}\nb\n`;
        const told = tell(simd, text, before % 19, true);
        expect(told).toEqual(tell(plain, text, before % 19, true));
      }
    }
  }
});

test.each(FORMS)("any needles in any lines: %s", (form) => {
  const chars = fc.constantFrom("a", "b", "q", "A", "Q", "1", " ", "\xe1");
  const word = fc.string({
    unit: fc.constantFrom("a", "b", "q", "A", "Q", "1", " "),
    minLength: 1,
    maxLength: 12,
  });
  const line = fc.string({ unit: chars, maxLength: 60 });
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { minLength: 1, maxLength: 60 }),
      fc.uniqueArray(word, { maxLength: 5 }),
      fc.array(line, { maxLength: 20 }),
      fc.nat(33),
      fc.boolean(),
      (needles, clocks, lines, from, useClocks) => {
        const text = lines.map((one) => `${one}\n`).join("");
        const [simd, plain] = both(form, needles, clocks);
        const told = tell(simd, text, from, useClocks);
        // Which of two needles of a line comes first may differ, and with it whether a clock ends the run.
        if (!useClocks) expect(told).toEqual(tell(plain, text, from, false));
        const count = text.split("\n").length - 1;
        expect(
          told.filter((_, index) => index % 4 === 1).reduce<number>((sum, n) => sum + Number(n), 0),
        ).toBe(count);
      },
    ),
    { numRuns: 400, verbose: fc.VerbosityLevel.Verbose },
  );
});

test("more lines than one run can note are told by more runs", () => {
  const needles = ["needle"];
  const text = "needle\n".repeat(5000);
  for (const make of [withSimd("relaxed"), withSimd("strict"), plainSearch]) {
    const search = make(needles, [], text.length);
    search.window.write(text, "latin1");
    let found = 0;
    let newlines = 0;
    for (let at = 0; at < text.length; ) {
      const run = search.run(at, text.length, false);
      for (let line = 0; line < run.found; line++) found += search.lines[line * FOUND_NUMBERS + 3] ?? 0;
      newlines += run.newlines;
      at = run.stopped;
    }
    expect([found, newlines]).toEqual([5000, 5000]);
  }
});

test("lines are found from within, and texts joined", () => {
  for (const search of FORMS.flatMap((form) => both(form, ["needle"], []))) {
    search.window.write("ab\n\ncdefghijklmnopqrstuvwxyz\nz\n", "latin1");
    expect([0, 2, 3, 4, 20].map((at) => search.newlineFrom(at))).toEqual([2, 2, 3, 28, 28]);
    expect([3, 4, 29].map((begin) => search.lineBefore(begin, 0))).toEqual([0, 3, 4]);
    expect(search.lineBefore(29, 20)).toBe(20);
    search.join(0, 3);
    search.join(29, 31);
    expect(search.joined()).toBe("ab\nz\n");
    expect(search.joined()).toBe("");
  }
});

test("too many needles for the memory in front of the window are left to the plain search", () => {
  const needles = Array.from({ length: 3000 }, (_, index) => `needle ${index}`);
  expect(simdSearch(needles, [], BYTES)).toBeNull();
});

test("the module is small: the vectors of a stride are written out", () => {
  for (const form of FORMS) expect(PROGRAMS[form]().length).toBeLessThan(2560);
});
