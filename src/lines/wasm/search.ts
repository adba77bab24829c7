// The search for needles in complete lines, after Hyperscan's Teddy. Each needle has a fingerprint, four neighbouring
// bytes of it; six look-ups by nibble tell of 16 places at once where the fingerprint of any needle may stand
// (fingerprints.ts chooses them). Only there are needles compared.

import {
  block,
  type Code,
  call,
  go,
  goIf,
  i32,
  type Local,
  loop,
  procedure,
  type ValueType,
  v128,
  when,
} from "./encode.ts";
import { newlinesIn } from "./ends.ts";
import { FOUND, KIND, SCRATCH, SET, TOLD, WINDOW } from "./layout.ts";

/** Places of the procedures in the module, for `call`. */
export const PLACE = { lineEnd: 0, lineStart: 1, compare: 2 } as const;

const PARAMETERS = { from: "i32", to: "i32", set: "i32", found: "i32", foundTo: "i32" } as const;
const NUMBERS = { at: "i32", stop: "i32", newlines: "i32", bits: "i32", firstBits: "i32" } as const;
const HITS = { lanes: "i32", lane: "i32", place: "i32", kind: "i32", end: "i32" } as const;
const LOW = { low0: "v128", low1: "v128", low2: "v128", low3: "v128" } as const;
const HIGH = { high0: "v128", high3: "v128" } as const;
const VECTORS = {
  text: "v128",
  low: "v128",
  high: "v128",
  least: "v128",
  hits: "v128",
  anyHits: "v128",
} as const;
/** Where byte 0, 1, 2 of a fingerprint may stand in these 16 bytes, and in those before. */
const PRINTS = {
  now0: "v128",
  now1: "v128",
  now2: "v128",
  before0: "v128",
  before1: "v128",
  before2: "v128",
} as const;
const KEPT = { kept0: "v128", kept1: "v128", kept2: "v128" } as const;
const LOCALS = {
  ...{ ...NUMBERS, ...HITS, ...LOW, ...HIGH },
  ...{ ...VECTORS, ...PRINTS, ...KEPT },
} satisfies Record<string, ValueType>;
type Locals = Readonly<Record<keyof typeof PARAMETERS | keyof typeof LOCALS, Local>>;

const zero = i32.const(0);
const one = i32.const(1);
const STEP = 16;
const STRIDE = 64;

/** Sets `hits`: a lane not 0 is where a fingerprint's last byte may stand, its bits the buckets it is of. */
function look(local: Locals, offset: number): Code[] {
  const { at, text, low, high, least, hits } = local;
  const { now0, now1, now2, before0, before1, before2 } = local;
  const both = (lows: Local, highs: Local) =>
    v128.and(v128.swizzle(lows.get, low.get), v128.swizzle(highs.get, high.get));
  return [
    text.set(v128.load(offset, at.get)),
    least.set(v128.min(least.get, text.get)),
    low.set(v128.and(text.get, v128.const(15))),
    high.set(v128.shr(text.get, i32.const(4))),
    now0.set(both(local.low0, local.high0)),
    now1.set(v128.swizzle(local.low1.get, low.get)),
    now2.set(v128.swizzle(local.low2.get, low.get)),
    hits.set(
      v128.and(
        v128.and(both(local.low3, local.high3), v128.window(15, before2.get, now2.get)),
        v128.and(v128.window(14, before1.get, now1.get), v128.window(13, before0.get, now0.get)),
      ),
    ),
    ...copyAll(before(local), [now0, now1, now2]),
  ];
}

const before = ({ before0, before1, before2 }: Locals) => [before0, before1, before2];
const kept = ({ kept0, kept1, kept2 }: Locals) => [kept0, kept1, kept2];
/** Sets each of the first to its counterpart. */
const copyAll = (to: readonly Local[], from: readonly Local[]) =>
  to.map((vector, index) => vector.set(from[index]?.get ?? []));

/** Passes by 64 bytes at a time while no fingerprint may stand in them. */
function stride(local: Locals): Code {
  const { at, to, newlines, bits, firstBits, text, anyHits, hits } = local;
  const quarter = (index: number) => [
    ...look(local, index * STEP),
    anyHits.set(index === 0 ? hits.get : v128.or(anyHits.get, hits.get)),
    bits.set(
      index % 2 === 0
        ? newlinesIn(text.get)
        : i32.or(bits.get, i32.shl(newlinesIn(text.get), i32.const(STEP))),
    ),
    index === 1 ? firstBits.set(bits.get) : [],
  ];
  return block(
    "hit",
    loop(
      "stride",
      goIf("hit", i32.gt(i32.add(at.get, i32.const(STRIDE)), to.get)),
      ...copyAll(kept(local), before(local)),
      ...[0, 1, 2, 3].flatMap(quarter),
      when(v128.any(anyHits.get), ...copyAll(before(local), kept(local)), go("hit")),
      newlines.set(i32.add(newlines.get, i32.popcnt(firstBits.get))),
      newlines.set(i32.add(newlines.get, i32.popcnt(bits.get))),
      at.set(i32.add(at.get, i32.const(STRIDE))),
      go("stride"),
    ),
  );
}

/** Compares where `hits` tells to; on a needle, notes the line and goes on behind it. */
function compareHits(local: Locals): Code[] {
  const { from, to, set, at, hits, lanes, lane, kind } = local;
  const print = i32.sub(i32.add(at.get, lane.get), i32.const(3));
  return [
    v128.store(SCRATCH, zero, hits.get),
    lanes.set(i32.xor(v128.bitmask(v128.equal(hits.get, v128.const(0))), i32.const(0xffff))),
    loop(
      "lane",
      lane.set(i32.ctz(lanes.get)),
      kind.set(call(PLACE.compare, set.get, i32.load8(SCRATCH, lane.get), print, from.get, to.get)),
      when(kind.get, ...noteLine(local)),
      lanes.set(i32.and(lanes.get, i32.sub(lanes.get, one))),
      goIf("lane", lanes.get),
    ),
  ];
}

function noteLine(local: Locals): Code[] {
  const { from, found, foundTo, at, newlines, bits, lane, kind, end, place } = local;
  const inWindow = (address: Code) => i32.sub(address, i32.const(WINDOW));
  const lanesBefore = i32.sub(i32.shl(one, lane.get), one);
  return [
    place.set(i32.add(at.get, lane.get)),
    end.set(call(PLACE.lineEnd, place.get)),
    newlines.set(i32.add(newlines.get, i32.popcnt(i32.and(bits.get, lanesBefore)))),
    i32.store(FOUND.begin, found.get, inWindow(call(PLACE.lineStart, place.get, from.get))),
    i32.store(FOUND.end, found.get, inWindow(end.get)),
    i32.store(FOUND.newlines, found.get, newlines.get),
    found.set(i32.add(found.get, i32.const(FOUND.bytes))),
    newlines.set(i32.add(newlines.get, one)),
    at.set(i32.add(end.get, one)),
    ...before(local).map((vector) => vector.set(v128.const(0))),
    goIf("done", i32.or(i32.eq(kind.get, i32.const(KIND.clock)), i32.ge(found.get, foundTo.get))),
    go("next"),
  ];
}

/**
 * Looks through the complete lines in `[from, to)` and notes each that holds a needle of `set`, up to `foundTo`.
 * Gives the address where it stopped: `to`, or behind a line with a clock needle, or where there was no more room.
 */
export const search = procedure("search", PARAMETERS, LOCALS, ["i32"], (local) => {
  const { from, to, set, found, at, stop, newlines, bits, text, least, hits, kind } = local;
  const { low0, low1, low2, low3, high0, high3 } = local;
  const tables = [low0, low1, low2, low3, high0, high3];
  const step = [
    ...look(local, 0),
    bits.set(newlinesIn(text.get)),
    when(v128.any(hits.get), ...compareHits(local)),
    newlines.set(i32.add(newlines.get, i32.popcnt(bits.get))),
    at.set(i32.add(at.get, i32.const(STEP))),
  ];
  const dropNewlinesPastTheEnd = [
    bits.set(i32.shr(bits.get, i32.sub(i32.add(to.get, i32.const(STEP)), at.get))),
    newlines.set(i32.sub(newlines.get, i32.popcnt(bits.get))),
    at.set(to.get),
  ];
  return [
    ...tables.map((table, index) => table.set(v128.load(SET.tables + STEP * index, set.get))),
    least.set(v128.const(0xff)),
    at.set(from.get),
    block(
      "done",
      loop(
        "next",
        goIf("done", i32.ge(at.get, to.get)),
        stride(local),
        stop.set(i32.add(at.get, i32.const(STRIDE))),
        loop("step", goIf("done", i32.ge(at.get, to.get)), ...step, goIf("step", i32.lt(at.get, stop.get))),
        go("next"),
      ),
    ),
    when(i32.gt(at.get, to.get), ...dropNewlinesPastTheEnd),
    i32.store(TOLD.newlines, zero, newlines.get),
    i32.store(TOLD.foundEnd, zero, found.get),
    i32.store(TOLD.kind, zero, kind.get),
    i32.store(TOLD.nul, zero, v128.any(v128.equal(least.get, v128.const(0)))),
    at.get,
  ];
});
