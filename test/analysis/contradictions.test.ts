// What other accounts of a burst say against the most of the one that speaks.

import { expect, test } from "vitest";
import type { Bounds } from "../../src/analysis/bounds.ts";
import { contradiction, type Telling, withhold, withoutCounter } from "../../src/analysis/contradictions.ts";

const BOUNDS: Bounds = {
  dropLines: 10,
  suppressed: 40,
  suppressedShared: 0,
  dropsMin: 10,
  dropsReported: 50,
  dropsMax: 50,
  dropsEstimate: 50,
  bound: "range",
  reasons: ["suppressed-unproven"],
  isFromLog: true,
  counterMax: null,
  counterReasons: [],
  tailCap: null,
};

/** Lines in these slots of five seconds, from second 600 on; held back in the tenth minute. */
function told(bounds: Partial<Bounds> = {}, slots: readonly number[] = [0], heldBack = [10, 40]): Telling {
  const bits = slots.reduce((all, slot) => all | (1 << slot), 0);
  const at = (slot: number) => (600 + 5 * slot) * 1e6;
  return {
    bounds: { ...BOUNDS, ...bounds },
    span: { firstUs: at(Math.min(...slots)), lastUs: at(Math.max(...slots)) },
    resolutionUs: 1,
    slots: () => [[10, bits]],
    heldBack: () => [heldBack],
  };
}
const FEWER = { dropLines: 9, dropsMin: 9, dropsReported: 49 };

test("an account that has less of the same says nothing against it", () => {
  expect(contradiction(told(), [])).toBeNull();
  expect(contradiction(told(), [told()])).toBeNull();
  expect(contradiction(told({}, [0, 1, 2]), [told(FEWER, [0, 2])])).toBeNull();
  // Stamps of another log, a slot apart.
  expect(contradiction(told({}, [0, 2]), [told(FEWER, [0, 1, 2])])).toBeNull();
});

test("one that tells of more, or knows of more notices, contradicts", () => {
  const none = { suppressed: 0, dropsReported: 10, dropsMax: 10, bound: "exact" } as const;
  expect(contradiction(told(none, [0], []), [told(FEWER)])).toBe("witness-contradicts");
  expect(contradiction(told({ suppressed: 30, dropsMax: 70 }), [told(FEWER)])).toBe("witness-contradicts");
});

test("one with lines before, behind or between those of the speaking one contradicts", () => {
  const full = told({}, [4, 5, 10]);
  for (const slots of [
    [0, 4],
    [5, 11],
    [4, 7],
  ])
    expect(contradiction(full, [told(FEWER, slots)]), slots.join()).toBe("witness-contradicts");
  // Stamps computed from uptimes may be a minute off.
  expect(contradiction(full, [{ ...told(FEWER, [4, 7]), resolutionUs: 60e6 }])).toBeNull();
});

test("one with a notice where the speaking one has none contradicts", () => {
  const before = told({}, [0], [10, 30]);
  expect(contradiction(before, [told(FEWER, [0], [11, 30])])).toBeNull();
  expect(contradiction(before, [told(FEWER, [0], [12, 5])])).toBe("witness-contradicts");
});

test("one that knows of lost lines withholds as well", () => {
  expect(contradiction(told(), [told({ ...FEWER, dropsMax: null, reasons: ["lines-lost"] })])).toBe(
    "lines-lost",
  );
});

test("what is withheld falls to the counter, or to nothing", () => {
  expect(withhold(BOUNDS, "witness-contradicts")).toMatchObject({
    dropsMax: null,
    bound: "at-least",
    reasons: ["suppressed-unproven", "witness-contradicts"],
  });
  const counted: Bounds = { ...BOUNDS, counterMax: 77, counterReasons: ["counter-ceiling"] };
  expect(withhold(counted, "lines-lost")).toMatchObject({
    dropsMax: 77,
    bound: "range",
    reasons: ["suppressed-unproven", "lines-lost", "counter-ceiling"],
  });
});

test("a counter that another account is above is another namespace's", () => {
  const counted: Bounds = {
    ...BOUNDS,
    dropsMax: 45,
    isFromLog: false,
    counterMax: 45,
    counterReasons: ["counter-ceiling"],
    reasons: ["open-end", "counter-ceiling"],
  };
  expect(withoutCounter(counted)).toMatchObject({
    dropsMax: null,
    bound: "at-least",
    reasons: ["open-end", "counter-other-namespace"],
  });
  expect(withoutCounter({ ...BOUNDS, counterMax: 45 })).toMatchObject({ dropsMax: 50, counterMax: null });
});
