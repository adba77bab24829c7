import { describe, expect, it } from "vitest";
import { createRuns, nearest } from "../../src/analysis/intervals.ts";
import { type Piece, type Retold, strands } from "../../src/analysis/strands.ts";

const S = 1_000_000;
const piece = (sourceId: number, family: string, rank: number, from: number, to: number): Piece => ({
  sourceId,
  family,
  rank,
  firstUs: from * S,
  lastUs: to * S,
});
const never = () => false;
const ids = (pieces: Piece[], isRetold: Retold = never) =>
  strands(pieces, isRetold).map((strand) => strand.map((one) => one.sourceId));

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
  it("a rotated piece that tells the end of another again is a witness, and asked only where both have a time", () => {
    const asked: string[] = [];
    const copies: Retold = (before, after) => {
      asked.push(`${before.sourceId} ${after.sourceId}`);
      return before.sourceId === 1;
    };
    const first = piece(1, "m", 1, 0, 1000);
    expect(ids([first, piece(2, "m", 2, 995, 2000)], copies)).toEqual([[1], [2]]);
    expect(asked).toEqual(["1 2"]);
    // Behind the end of another, or too far before it, there is nothing to ask.
    expect(ids([first, piece(3, "m", 2, 1000, 2000)], copies)).toEqual([[1, 3]]);
    expect(ids([first, piece(4, "m", 2, 300, 2000)], copies)).toEqual([[1], [4]]);
    expect(asked).toEqual(["1 2"]);
  });
  it("a piece that was rotated away and lost its name to another still goes before it", () => {
    expect(ids([piece(1, "m", 1, 0, 1000), piece(2, "m", 1, 995, 2000)])).toEqual([[1, 2]]);
    expect(ids([piece(1, "m", 1, 0, 1000), piece(2, "m", 1, 995, 2000)], () => true)).toEqual([[1], [2]]);
  });
  it("a copy of one piece of a log does not go on with another of its copies", () => {
    const copies: Retold = (before, after) => before.sourceId + 1 === after.sourceId;
    const snapshots = [piece(1, "m", 1, 0, 10), piece(2, "m", 2, 5, 20), piece(3, "m", 3, 9, 30)];
    expect(ids(snapshots, copies)).toEqual([[1], [2], [3]]);
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
