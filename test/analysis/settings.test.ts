// Which value a setting surely had while a log was printed.

import { expect, test } from "vitest";
import type { Reading } from "../../src/analysis/limits.ts";
import { heldValue } from "../../src/analysis/settings.ts";

/** Lines from 100 to 200, of a boot that is known since 50. */
const STRETCH = { fromUs: 100, toUs: 200, bootUs: 50 };

const read = (atUs: number | null, value: number, force: Reading["force"] = "effective"): Reading => ({
  ...{ id: 0, key: "message_cost", value, netns: null, force, origin: "sysctl", atUs },
});
const held = (...readings: readonly Reading[]) => heldValue(readings, STRETCH);

test("read in the same boot before the lines, or on both sides", () => {
  expect(held(read(60, 20))).toBe(20);
  expect(held(read(55, 5), read(60, 20))).toBe(20);
  expect(held(read(60, 20), read(150, 20), read(300, 20))).toBe(20);
  expect(held(read(10, 20), read(300, 20), read(400, 5))).toBe(20);
});

test("not in an earlier boot, nor afterwards, nor at an unknown time, nor in a file", () => {
  expect(held(read(10, 20))).toBeNull();
  expect(held(read(300, 0))).toBeNull();
  expect(held(read(null, 0))).toBeNull();
  expect(held(read(60, 0, "configured"))).toBeNull();
  expect(held()).toBeNull();
});

test("not where it changed meanwhile, or may have", () => {
  expect(held(read(60, 20), read(150, 5))).toBeNull();
  expect(held(read(60, 20), read(300, 5))).toBeNull();
});
