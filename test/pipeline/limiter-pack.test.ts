// What a pack gives back is what was put in, in its order, as long as there is room for it.

import fc from "fast-check";
import { expect, test } from "vitest";
import { LimiterPack } from "../../src/pipeline/analysing/limiter-pack.ts";
import type { LimiterForm, LimiterRow } from "../../src/pipeline/analysing/limiter-row.ts";

const FORMS: readonly LimiterForm[] = [
  { kind: 0, message: null, netns: null, resolution_us: 1_000_000, stamp_kind: 3 },
  { kind: 1, message: "net-ratelimit", netns: null, resolution_us: 1_000_000, stamp_kind: 3 },
  { kind: 0, message: null, netns: "blue", resolution_us: 1, stamp_kind: 1 },
];
const us = fc.option(fc.integer({ min: 0, max: 4_102_444_800_000_000 }));
const ROW: fc.Arbitrary<LimiterRow> = fc.record({
  id: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  form: fc.constantFrom(...FORMS),
  amount: fc.option(fc.nat()),
  copies: fc.constantFrom(1, 1, 1, 7),
  at_us: us,
  uptime_us: us,
  basis: fc.oneof(
    fc.constantFrom("explicit", "boot-anchor", null),
    fc.string({ minLength: 2, maxLength: 2 }),
  ),
  span_us: fc.constantFrom(0, 0, 999_999, 2 ** 33),
  uptimes: fc.constantFrom([], [], [0, 5, 9]),
  doubts: fc.constantFrom(null, null, "other-program"),
});

function held(pack: LimiterPack): LimiterRow[] {
  const rows: LimiterRow[] = [];
  pack.each((row) => rows.push(row));
  return rows;
}

test("any rows", () => {
  fc.assert(
    fc.property(fc.array(ROW, { maxLength: 1200, size: "max" }), (rows) => {
      const pack = new LimiterPack({ rows: 10_000 });
      for (const row of rows) expect(pack.add(row)).toBe(true);
      expect(held(pack)).toEqual(rows);
      expect(held(pack)).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

test("without room nothing is held, and what was taken is given back", () => {
  const [row] = fc.sample(ROW, 1);
  if (row === undefined) throw new Error("no sample");
  const plain = { ...row, copies: 1, uptimes: [], doubts: null, span_us: 0 };
  const room = { rows: 1500 };
  const pack = new LimiterPack(room);
  let taken = 0;
  while (taken < 1500 && pack.add(plain)) taken++;
  expect(taken).toBeGreaterThanOrEqual(1000);
  expect(taken).toBeLessThan(1500);
  expect(held(pack)).toEqual([]);
  expect(room.rows).toBe(1500);
});

test("many rows that columns cannot tell are not held", () => {
  const pack = new LimiterPack({ rows: 1_000_000 });
  const [row] = fc.sample(ROW, 1);
  let taken = 0;
  while (taken < 100_000 && row !== undefined && pack.add({ ...row, copies: 7 })) taken++;
  expect(taken).toBeLessThan(10_000);
  expect(held(pack)).toEqual([]);
});
