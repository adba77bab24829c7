// Chains say the same of the same lines, whenever they were asked meanwhile, and wherever they were gone on with.

import fc from "fast-check";
import { expect, test } from "vitest";
import { contentChain, lineChain, STRETCH_BYTES } from "../../src/evidence/chains.ts";

interface Counted {
  readonly end: number;
  readonly raw: string;
}

/** Lines that repeat, and lie near the borders of stretches. */
const LINES = fc
  .array(
    fc.record({
      raw: fc.constantFrom("table full", "table full", "table full, dropping packet", "x".repeat(70_000)),
      apart: fc.constantFrom(0, 0, 0, 1, 40_000, STRETCH_BYTES),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((lines) => {
    let at = STRETCH_BYTES - 60;
    return lines.map(({ raw, apart }): Counted => {
      const end = at + apart + raw.length;
      at = end + 1;
      return { end, raw };
    });
  });

function chainOf(lines: readonly Counted[], asked: (i: number) => boolean = () => false): string {
  const chain = lineChain("");
  for (const [i, { end, raw }] of lines.entries()) {
    chain.add(end, raw);
    if (asked(i)) chain.now();
    if (asked(i + 1)) chain.chain(end - raw.length);
  }
  return chain.now();
}

test("asking changes nothing", () => {
  fc.assert(
    fc.property(LINES, fc.func(fc.boolean()), (lines, asked) => {
      expect(chainOf(lines, asked)).toBe(chainOf(lines));
    }),
  );
});

test("what is asked in the middle is what the lines so far come to", () => {
  fc.assert(
    fc.property(LINES, fc.nat(), (lines, cut) => {
      const some = lines.slice(0, 1 + (cut % lines.length));
      const chain = lineChain("");
      for (const { end, raw } of some) chain.add(end, raw);
      const now = chain.now();
      for (const { end, raw } of lines.slice(some.length)) chain.add(end, raw);
      expect(now).toBe(chainOf(some));
    }),
  );
});

test("gone on with at a border it leads to the same", () => {
  let gone = 0;
  fc.assert(
    fc.property(LINES, (lines) => {
      const chain = lineChain("");
      for (const [i, { end, raw }] of lines.entries()) {
        chain.add(end, raw);
        const next = lines[i + 1];
        if (next === undefined) continue;
        const border = Math.floor((next.end - next.raw.length) / STRETCH_BYTES) * STRETCH_BYTES;
        const from = border > 0 ? chain.chain(border) : null;
        if (from === null) continue;
        gone++;
        const rest = lineChain(from);
        for (const line of lines.slice(i + 1)) rest.add(line.end, line.raw);
        expect(rest.now()).toBe(chainOf(lines));
      }
    }),
    { numRuns: 300 },
  );
  expect(gone).toBeGreaterThan(100);
});

test("lines, their places and how often they stand there are told apart", () => {
  const one = { end: 10, raw: "table full" };
  const again = { end: 21, raw: "table full" };
  const chains = [
    [one],
    [again],
    [one, again],
    [one, { end: 22, raw: "table full" }],
    [{ end: 10, raw: "Table full" }],
  ];
  expect(new Set(chains.map((lines) => chainOf(lines))).size).toBe(chains.length);
});

test("a last line that may still be written is left out, also where it repeats the one before", () => {
  const lines = [10, 21, 32].map((end) => ({ end, raw: "table full" }));
  const chain = lineChain("");
  for (const { end, raw } of lines) chain.add(end, raw);
  chain.forgetFrom(33);
  expect(chain.now()).toBe(chainOf(lines));
  chain.forgetFrom(32);
  expect(chain.now()).toBe(chainOf(lines.slice(0, 2)));
});

test("content is known whatever the chunks, and gone on with at a border", () => {
  const bytes = Buffer.alloc(3 * STRETCH_BYTES + 1000, "a line of a log\n");
  const whole = contentChain(0, "", 0);
  whole.add(bytes, 0, bytes.length);
  const pieces = contentChain(0, "", 0);
  for (let at = 0; at < bytes.length; at += 9973) pieces.add(bytes, at, Math.min(at + 9973, bytes.length));
  expect(pieces.now()).toBe(whole.now());
  const border = 2 * STRETCH_BYTES;
  const rest = contentChain(border, whole.border(border) ?? "", 0);
  rest.add(bytes, border, bytes.length);
  expect(rest.now()).toBe(whole.now());
});
