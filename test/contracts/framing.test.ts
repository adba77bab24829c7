// Every way to read lines gives what the model gives, for any bytes in any chunks.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LineOptions } from "../../src/lines/options.ts";
import { CASES } from "../lines/cases.ts";
import { model } from "../lines/model.ts";
import { WAYS } from "../lines/ways.ts";

const PLAIN: LineOptions = {
  needles: ["table full", "callbacks suppressed"],
  clockNeedles: ["rtc_cmos"],
  everyLine: false,
  waymarkBytes: 4096,
  maxLineBytes: 1024,
  startOffset: 0,
  startLine: 1,
};

/** Pieces that are apt to go wrong beside each other. */
const PIECE = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("\n", "\r\n", "\0", " ", "table full", "callbacks suppressed", "rtc_cmos"),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom("table ful", "callbacks", "rtc_", "tabletable full", "ttable full", "\n\n"),
  },
  {
    weight: 2,
    arbitrary: fc.string({ unit: fc.constantFrom("a", "t", "\xff", "\xc3", "\0", "\r"), maxLength: 40 }),
  },
  { weight: 1, arbitrary: fc.nat(90).map((length) => "\0".repeat(length)) },
  { weight: 1, arbitrary: fc.nat(120).map((length) => "x".repeat(length)) },
);
const TEXT = fc.array(PIECE, { maxLength: 60 }).map((pieces) => pieces.join(""));
const NEEDLE = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("table full", "callbacks suppressed", "rtc_cmos", "cmos", "ble f", "aat"),
  },
  { weight: 1, arbitrary: fc.constantFrom("t", "at", "x", " ", "xxxxxxxxxxxxxxxxxxxxxxxx") },
);
const OPTIONS: fc.Arbitrary<LineOptions> = fc.record({
  needles: fc.uniqueArray(NEEDLE, { maxLength: 5 }),
  clockNeedles: fc.uniqueArray(NEEDLE, { maxLength: 2 }),
  everyLine: fc.nat(9).map((n) => n === 0),
  waymarkBytes: fc.constantFrom(1, 7, 64, 300, 4096),
  maxLineBytes: fc.constantFrom(1, 16, 50, 1024),
  startOffset: fc.constantFrom(0, 5, 2 ** 33 + 3),
  startLine: fc.constantFrom(1, 2, 70_000_000_000),
});

function chunksOf(text: string, sizes: readonly number[]): Uint8Array[] {
  const bytes = Buffer.from(text, "latin1");
  const chunks = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...chunks, bytes.subarray(at)];
}

describe.each(Object.entries(WAYS))("%s", (_name, way) => {
  test.each(CASES)("$fact", async ({ text, lines, problems, unterminatedAt, options }) => {
    const all = { ...PLAIN, ...options };
    for (const sizes of [[], [1, 1, 1, 1, 1], Array.from(text.slice(0, 5000), () => 1)]) {
      const told = await way(chunksOf(text, sizes), all);
      expect(told.lines.map(({ role, number, offset, raw }) => [role, number, offset, raw])).toEqual(lines);
      expect(told.summary.problems).toEqual(problems ?? []);
      expect(told.summary.unterminatedAt).toBe(unterminatedAt ?? null);
      expect(told).toEqual(model(text, all));
    }
  });

  test("any bytes in any chunks give what the model gives", async () => {
    const chunked = fc.tuple(TEXT, fc.array(fc.nat(40), { maxLength: 30 }), OPTIONS);
    await fc.assert(
      fc.asyncProperty(chunked, async ([text, sizes, options]) => {
        expect(await way(chunksOf(text, sizes), options)).toEqual(model(text, options));
      }),
      { numRuns: 1500, verbose: fc.VerbosityLevel.Verbose },
    );
  });

  test("what does not fit into one buffer gives what the model gives", async () => {
    const many = fc.array(fc.tuple(TEXT, fc.integer({ min: 1, max: 3000 })), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        many,
        fc.array(fc.nat(400_000), { maxLength: 4 }),
        OPTIONS,
        async (parts, sizes, options) => {
          const text = parts
            .map(([part, times]) => part.repeat(times))
            .join("")
            .slice(0, 1_500_000);
          const wide = { ...options, waymarkBytes: Math.max(20_000, options.waymarkBytes) };
          expect(await way(chunksOf(text, sizes), wide)).toEqual(model(text, wide));
        },
      ),
      { numRuns: 60, verbose: fc.VerbosityLevel.Verbose },
    );
  }, 120_000);
});
