// The search for needles in complete lines, after Hyperscan's Teddy. Each needle has a fingerprint, six neighbouring
// bytes of it; a look-up by low nibble for each tells of 16 places at once where the fingerprint of any needle may
// stand (fingerprints.ts chooses them). Only there are needles compared.

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
import { FOUND, KIND, MOST_TIMES, PRINT, SCRATCH, TOLD, WINDOW } from "./layout.ts";
import { countStrides, leap, loadTables, look, PRINT_LOCALS, type Swizzle } from "./prints.ts";

/** Places of the procedures in the module, for `call`. */
export const PLACE = { lineEnd: 0, lineStart: 1, compare: 2, same: 3 } as const;

const PARAMETERS = { from: "i32", to: "i32", set: "i32", found: "i32", foundTo: "i32" } as const;
const HITS = { bits: "i32", lanes: "i32", lane: "i32", place: "i32", kind: "i32" } as const;
const NOTED = { begin: "i32", end: "i32", behind: "i32", bytes: "i32", times: "i32" } as const;
const LOCALS = { ...PRINT_LOCALS, ...HITS, ...NOTED } satisfies Record<string, ValueType>;
type Locals = Readonly<Record<keyof typeof PARAMETERS | keyof typeof LOCALS, Local>>;

const zero = i32.const(0);
const one = i32.const(1);
const STEP = 16;
/** Compares where `hits` tells to; on a needle, notes the line and goes on behind it. */
function compareHits(local: Locals): Code[] {
  const { from, to, set, at, hits, lanes, lane, kind } = local;
  const print = i32.sub(i32.add(at.get, lane.get), i32.const(PRINT - 1));
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
  const { from, found, foundTo, at, newlines, bits, lane, kind, begin, end, behind, times, place, slowTo } =
    local;
  const inWindow = (address: Code) => i32.sub(address, i32.const(WINDOW));
  const lanesBefore = i32.sub(i32.shl(one, lane.get), one);
  return [
    place.set(i32.add(at.get, lane.get)),
    end.set(call(PLACE.lineEnd, place.get)),
    ...countStrides(local),
    newlines.set(i32.add(newlines.get, i32.popcnt(i32.and(bits.get, lanesBefore)))),
    begin.set(call(PLACE.lineStart, place.get, from.get)),
    behind.set(i32.add(end.get, one)),
    times.set(one),
    ...leapEqual(local),
    i32.store(FOUND.begin, found.get, inWindow(begin.get)),
    i32.store(FOUND.end, found.get, inWindow(end.get)),
    i32.store(FOUND.newlines, found.get, newlines.get),
    i32.store(FOUND.times, found.get, times.get),
    found.set(i32.add(found.get, i32.const(FOUND.bytes))),
    newlines.set(i32.add(newlines.get, times.get)),
    at.set(behind.get),
    slowTo.set(at.get),
    goIf("done", i32.or(i32.eq(kind.get, i32.const(KIND.clock)), i32.ge(found.get, foundTo.get))),
    go("next"),
  ];
}

/** A flood prints one line again and again: lines equal to the one noted and right behind it are counted with it. */
function leapEqual({ to, begin, end, behind, bytes, times, kind }: Locals): Code[] {
  return [
    bytes.set(i32.sub(i32.add(end.get, one), begin.get)),
    block(
      "differs",
      // A clock needle ends the run behind its own line.
      goIf("differs", i32.eq(kind.get, i32.const(KIND.clock))),
      loop(
        "equal",
        goIf("differs", i32.gt(i32.add(behind.get, bytes.get), to.get)),
        goIf("differs", i32.ge(times.get, i32.const(MOST_TIMES))),
        goIf("differs", i32.eqz(call(PLACE.same, begin.get, behind.get, bytes.get))),
        behind.set(i32.add(behind.get, bytes.get)),
        times.set(i32.add(times.get, one)),
        go("equal"),
      ),
    ),
  ];
}

/**
 * Looks through the complete lines in `[from, to)` and notes each that holds a needle of `set`, up to `foundTo`.
 * Gives the address where it stopped: `to`, or behind a line with a clock needle, or where there was no more room.
 */
export const searchBy = (swizzle: Swizzle) =>
  procedure("search", PARAMETERS, LOCALS, ["i32"], (local) => {
    const { from, to, set, found, at, newlines, bits, text, least, hits, kind } = local;
    const step = [
      leap(local, "next", swizzle),
      ...look(local, swizzle),
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
      ...loadTables(local, set),
      least.set(v128.const(0xff)),
      at.set(from.get),
      block("done", loop("next", goIf("done", i32.ge(at.get, to.get)), ...step, go("next"))),
      when(i32.gt(at.get, to.get), ...dropNewlinesPastTheEnd),
      ...countStrides(local),
      i32.store(TOLD.newlines, zero, newlines.get),
      i32.store(TOLD.foundEnd, zero, found.get),
      i32.store(TOLD.kind, zero, kind.get),
      i32.store(TOLD.nul, zero, v128.any(v128.equal(least.get, v128.const(0)))),
      at.get,
    ];
  });
