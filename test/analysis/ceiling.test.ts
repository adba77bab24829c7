// The drop counter as a ceiling: which two samples enclose a burst.

import { expect, test } from "vitest";
import { type CounterSample, counterCeiling } from "../../src/analysis/ceiling.ts";

const SPAN = { firstLineUs: 100e6, lastWindowBeginUs: 120e6, costUs: 5e6, slackUs: 1e6 };
const ALONE = { previousEndUs: null, nextBeginUs: null };

/** One sample a second from `fromS`; the counter moves by one in every second that is listed. */
function samples(fromS: number, toS: number, moves: readonly number[]): CounterSample[] {
  const list: CounterSample[] = [];
  for (let s = fromS; s <= toS; s += 1) {
    list.push({ atUs: s * 1e6, drop: 7 + moves.filter((move) => move <= s).length });
  }
  return list;
}

test("the counter's gain between samples that enclose the windows", () => {
  expect(counterCeiling(samples(80, 150, [101, 110, 124]), SPAN, ALONE)).toEqual({
    ceiling: 3,
    fromUs: 99e6,
    toUs: 131e6,
    widened: true,
    reasons: [],
  });
});

test("clocks that differ a little: widened to where the counter stood still", () => {
  // By the samples' clock the burst began at 98 and ended at 127.
  expect(counterCeiling(samples(80, 150, [98, 99, 110, 127]), SPAN, ALONE)).toMatchObject({
    ceiling: 4,
    fromUs: 97e6,
    widened: true,
  });
});

test("never into another burst", () => {
  const neighbours = { previousEndUs: 96e6, nextBeginUs: 130e6 };
  const moving = samples(80, 150, [90, 95, 97, 110, 131, 132]);
  expect(counterCeiling(moving, SPAN, neighbours)).toMatchObject({
    ceiling: 1,
    widened: false,
    reasons: ["counter-moving"],
  });
  expect(counterCeiling(moving, SPAN, { previousEndUs: 99.5e6, nextBeginUs: null })).toEqual({
    ceiling: null,
    reason: "counter-not-enclosing",
  });
});

test("no sample before, or none behind", () => {
  expect(counterCeiling(samples(100, 150, []), SPAN, ALONE)).toMatchObject({
    reason: "counter-not-enclosing",
  });
  expect(counterCeiling(samples(80, 125, []), SPAN, ALONE)).toMatchObject({
    reason: "counter-not-enclosing",
  });
  expect(counterCeiling([], SPAN, ALONE)).toMatchObject({ reason: "counter-not-enclosing" });
});

test("a counter that went back says nothing, unless it did so outside", () => {
  const inside = samples(80, 150, [90, 91]).map((sample) =>
    sample.atUs < 110e6 ? sample : { ...sample, drop: sample.drop - 9 },
  );
  expect(counterCeiling(inside, SPAN, ALONE)).toEqual({ ceiling: null, reason: "counter-reset" });
  const before = samples(80, 150, [110]).map((sample) =>
    sample.atUs < 85e6 ? { ...sample, drop: 5000 } : sample,
  );
  expect(counterCeiling(before, SPAN, ALONE)).toMatchObject({ ceiling: 1, widened: true });
  const behind = samples(80, 150, [110]).map((sample) =>
    sample.atUs > 128e6 ? { ...sample, drop: 0 } : sample,
  );
  expect(counterCeiling(behind, SPAN, ALONE)).toMatchObject({ ceiling: 1, widened: false });
});

test("samples a minute apart enclose what lies between them", () => {
  const sparse = [40, 90, 150, 210].map((s, i) => ({ atUs: s * 1e6, drop: [3, 3, 900, 900][i] ?? 0 }));
  expect(counterCeiling(sparse, SPAN, ALONE)).toMatchObject({ ceiling: 897, fromUs: 90e6, toUs: 210e6 });
});

test("reading stops behind the burst", () => {
  let read = 0;
  function* endless() {
    for (let s = 80; ; s += 1) {
      read += 1;
      yield { atUs: s * 1e6, drop: 0 };
    }
  }
  expect(counterCeiling(endless(), SPAN, ALONE)).toMatchObject({ ceiling: 0 });
  expect(read).toBeLessThan(60);
});

test("only within one boot: a counter that began anew may stand higher than before", () => {
  const booting = (atS: number) =>
    samples(80, 150, [101, 110, 124]).map((one) => ({ ...one, booted: one.atUs === atS * 1e6 }));
  expect(counterCeiling(booting(105), SPAN, ALONE)).toEqual({ ceiling: null, reason: "counter-reset" });
  // Before the burst, or when both of its ends are known, it does not matter.
  expect(counterCeiling(booting(90), SPAN, ALONE)).toMatchObject({ ceiling: 3, widened: true });
  expect(counterCeiling(booting(140), SPAN, ALONE)).toMatchObject({ ceiling: 3, widened: true });
});
