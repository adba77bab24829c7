// Lines that come as only a limiter at work lets them through.

import { expect, test } from "vitest";
import { FloodShape } from "../../src/analysis/flood-shape.ts";
import type { Family } from "../../src/analysis/windows-records.ts";
import { drops, readLog } from "../support/limiter-lines.ts";
import { rebuildWindows } from "../support/limiter-whole.ts";

const clump = (fromS: number, count: number, text?: string) => drops(fromS, count, text).split("\n");

function isFlood(family: Family, log: readonly string[], costUs = 5e6): boolean {
  const rule = { family, costUs, burst: 10 };
  const shape = new FloodShape(rule);
  for (const window of rebuildWindows(readLog(log.join("\n")), rule)) shape.add(window);
  return shape.isFlood;
}

test("windows used up one right behind the other", () => {
  const flood = [...clump(100, 10), ...clump(105.01, 10), ...clump(110.02, 4)];
  expect(isFlood("W4", flood)).toBe(true);
  // Once may be chance; so are other sizes, other pauses and a steady trickle.
  expect(isFlood("W4", flood.slice(0, 20))).toBe(false);
  expect(isFlood("W4", [...clump(100, 9), ...clump(105.01, 9), ...clump(110.02, 9)])).toBe(false);
  expect(isFlood("W4", [...clump(100, 10), ...clump(107.01, 10), ...clump(114.02, 10)])).toBe(false);
  expect(isFlood("W4", Array.from({ length: 60 }, (_, i) => clump(100 + i * 0.53, 1)).flat())).toBe(false);
});

test("windows of a larger size than is assumed, where each prints as many", () => {
  const windows = (...sizes: number[]) => sizes.flatMap((size, i) => clump(100 + 5.01 * i, size));
  expect(isFlood("W4", windows(50, 50, 50, 7))).toBe(true);
  // Twice may be what somebody does every five seconds.
  expect(isFlood("W4", windows(50, 50, 7))).toBe(false);
  // A limiter that is off lets through what comes.
  expect(isFlood("W4", windows(50, 49, 50, 51, 50, 52, 50))).toBe(false);
  expect(isFlood("W4", windows(12, 30, 30, 30))).toBe(false);
});

test("not where notices tell what was refused, nor where the limiter is off", () => {
  const told = ["[  105.000000] net_ratelimit: 7 callbacks suppressed"];
  const flood = [...clump(100, 10), ...told, ...clump(105.01, 10), ...clump(110.02, 4)];
  expect(isFlood("W4", flood)).toBe(false);
  expect(isFlood("W4", [...clump(100, 10), ...clump(105.01, 10), ...clump(110.02, 4)], 0)).toBe(false);
});

test("a bucket that was emptied gives one line each time it has gained one", () => {
  const singles = [105, 110, 115].flatMap((second) => clump(second, 1));
  expect(isFlood("T", [...clump(100, 10), ...singles])).toBe(true);
  expect(isFlood("T", [...clump(100, 10), ...singles.slice(1)])).toBe(false);
  // One packet every five seconds, and no more, is never refused.
  expect(isFlood("T", Array.from({ length: 30 }, (_, i) => clump(100 + 5 * i, 1)).flat())).toBe(false);
});
