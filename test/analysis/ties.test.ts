// Ties are as many as matter, not as many as there are pairs; what they join is what all pairs would have joined.

import fc from "fast-check";
import { expect, it } from "vitest";
import { isGeneric, joinProven, type StreamFact } from "../../src/analysis/boots.ts";
import { findTies } from "../../src/analysis/ties.ts";
import { createUnion } from "../../src/analysis/union.ts";

const FLEET = 3000;

type Told = Pick<StreamFact, "name" | "uuid">;

function stream(i: number, { name, uuid }: Told): StreamFact {
  return {
    ...{ streamId: i + 1, sourceId: i + 1, name, uuid, family: `log${i}`, folder: "logs" },
    ...{ bundle: null, optionHost: null, bundleHost: null, hasUptime: true },
    ...{ firstUs: null, lastUs: null, bootUs: null, lastUptimeUs: null },
  };
}

/** The rule as it is meant: every pair, the one with most texts first; no boot gets a second name. */
function byAllPairs(streams: readonly Told[], texts: readonly (readonly number[])[]): number[] {
  const union = createUnion(streams.length);
  const all = streams.map((_, i) => i);
  const pairs = all.flatMap((a) => all.filter((b) => b > a).map((b) => ({ a, b })));
  for (const { a, b } of pairs) {
    if (streams[a]?.uuid !== null && streams[a]?.uuid === streams[b]?.uuid) union.join(a, b);
  }
  const names = new Map<number, string>();
  for (const [i, { name }] of streams.entries()) {
    if (name !== null && !isGeneric(name) && !names.has(union.root(i))) names.set(union.root(i), name);
  }
  const shared = pairs.map(({ a, b }) => ({
    ...{ a, b },
    count: texts.filter((members) => members.includes(a) && members.includes(b)).length,
  }));
  for (const { a, b, count } of shared.sort((x, y) => y.count - x.count || x.a - y.a || x.b - y.b)) {
    const [one, two] = [names.get(union.root(a)), names.get(union.root(b))];
    if (count === 0 || (one !== undefined && two !== undefined && one !== two)) continue;
    union.join(a, b);
    const name = one ?? two;
    if (name !== undefined) names.set(union.root(a), name);
  }
  return all.map(union.root);
}

it("joins what all pairs would have joined", () => {
  const oneStream = fc.record({
    name: fc.constantFrom(null, null, "localhost", "web1", "web2"),
    uuid: fc.constantFrom(null, null, null, "boot-a", "boot-b"),
    texts: fc.uniqueArray(fc.nat({ max: 5 })),
  });
  fc.assert(
    fc.property(fc.array(oneStream, { maxLength: 12 }), (list) => {
      const texts = [0, 1, 2, 3, 4, 5]
        .map((text) => list.flatMap((one, i) => (one.texts.includes(text) ? [i] : [])))
        .filter((members) => members.length > 1);
      const found = joinProven(
        list.map((one, i) => stream(i, one)),
        () => texts,
      );
      expect(list.map((_, i) => found.root(i))).toEqual(byAllPairs(list, texts));
    }),
    { numRuns: 3000 },
  );
});

it("machines that print alike have no ties, however many they are", () => {
  const streams = Array.from({ length: FLEET }, (_, i) => ({ name: `web${i}`, isIdentified: false }));
  const everyone = streams.map((_, i) => i);
  expect(findTies(streams, () => Array(26).fill(everyone))).toEqual([]);
});

it("copies without a name have one tie each, to the first", () => {
  const streams = Array.from({ length: FLEET }, () => ({ name: null, isIdentified: false }));
  const everyone = streams.map((_, i) => i);
  const ties = findTies(streams, () => Array(26).fill(everyone));
  expect(ties).toHaveLength(FLEET - 1);
  expect(ties[0]).toEqual({ a: 0, b: 1, count: 26 });
});
