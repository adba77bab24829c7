import { describe, expect, it } from "vitest";
import { createRuns, nearest } from "../../src/analysis/intervals.ts";
import { type Piece, strands } from "../../src/analysis/strands.ts";

const S = 1_000_000;
const piece = (sourceId: number, family: string, rank: number, from: number, to: number): Piece => ({
  sourceId,
  family,
  rank,
  firstUs: from * S,
  lastUs: to * S,
});
const ids = (pieces: Piece[]) => strands(pieces).map((strand) => strand.map((one) => one.sourceId));

describe("strands", () => {
  it("a rotated family is one strand, whatever the order it was read in", () => {
    const family = [
      piece(1, "log/messages", 2, 200, 300),
      piece(2, "log/messages", 1, 100, 200),
      piece(3, "log/messages", 3, 300, 301),
    ];
    expect(ids(family)).toEqual([[2, 1, 3]]);
    expect(ids([...family].reverse())).toEqual([[2, 1, 3]]);
  });
  it("a repeat that was flushed after the rotation does not split a family", () => {
    expect(ids([piece(1, "m", 1, 0, 1000), piece(2, "m", 2, 995, 2000)])).toEqual([[1, 2]]);
  });
  it("two captures of the same stretch are two witnesses", () => {
    expect(ids([piece(1, "a/dmesg", 1, 0, 1000), piece(2, "b/dmesg", 1, 0, 1500)])).toEqual([[1], [2]]);
  });
  it("a longer copy of the same file is a witness, not a continuation", () => {
    expect(ids([piece(1, "m", 1, 10, 10), piece(2, "m", 1, 10, 40)])).toEqual([[1], [2]]);
  });
  it("a source without any instant stands alone", () => {
    expect(
      ids([piece(1, "m", 1, 10, 20), { sourceId: 2, family: "m", rank: 2, firstUs: null, lastUs: null }]),
    ).toEqual([[1], [2]]);
  });
});

describe("runs of drop lines", () => {
  it("a pause of exactly the gap does not end a run; a longer one does", () => {
    const runs = createRuns(60 * S);
    for (const at of [0, 60, 121]) runs.add(at * S);
    expect(runs.runs()).toEqual([
      { startUs: 0, endUs: 60 * S },
      { startUs: 121 * S, endUs: 121 * S },
    ]);
  });
  it("lines out of order still make the same runs", () => {
    const runs = createRuns(10 * S);
    for (const at of [100, 5, 0, 104, 9]) runs.add(at * S);
    expect(runs.runs()).toEqual([
      { startUs: 0, endUs: 9 * S },
      { startUs: 100 * S, endUs: 104 * S },
    ]);
  });
  it("finds the run an instant lies in or next to", () => {
    const runs = [
      { startUs: 0, endUs: 10 },
      { startUs: 100, endUs: 110 },
    ];
    expect([5, 40, 70, 105, 500].map((at) => nearest(runs, at))).toEqual([0, 0, 1, 1, 1]);
    expect(nearest([], 5)).toBe(-1);
  });
});
