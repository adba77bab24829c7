// Whether a needle stands where a fingerprint may, and whether two lines are the same.

import { block, type Code, give, go, goIf, i32, loop, procedure, v128, when } from "./encode.ts";
import { NEEDLE, SET } from "./layout.ts";

const one = i32.const(1);
const lowestBit = (bits: Code) => i32.ctz(bits);
const withoutLowestBit = (bits: Code) => i32.and(bits, i32.sub(bits, one));

/** Kind of the needle of one of the `buckets` whose fingerprint stands at `print`, all within `[from, to)`; else 0. */
export const compare = procedure(
  "compare",
  { set: "i32", buckets: "i32", print: "i32", from: "i32", to: "i32" },
  { needle: "i32", length: "i32", at: "i32", address: "i32" },
  ["i32"],
  ({ set, buckets, print, from, to, needle, length, at, address }) => {
    const list = i32.add(set.get, i32.shl(lowestBit(buckets.get), i32.const(2)));
    const differences = i32.xor(i32.load(0, at.get), i32.load(NEEDLE.first, needle.get));
    const isSame = [
      at.set(i32.sub(print.get, i32.load(NEEDLE.printAt, needle.get))),
      goIf("differs", i32.and(differences, i32.load(NEEDLE.mask, needle.get))),
      goIf("differs", i32.lt(at.get, from.get)),
      goIf("differs", i32.gt(i32.add(at.get, length.get), to.get)),
      address.set(i32.load(NEEDLE.address, needle.get)),
      loop(
        "byte",
        length.set(i32.sub(length.get, one)),
        goIf(
          "differs",
          i32.ne(i32.load8(0, i32.add(at.get, length.get)), i32.load8(0, i32.add(address.get, length.get))),
        ),
        goIf("byte", length.get),
      ),
      give(i32.load(NEEDLE.kind, needle.get)),
    ];
    return [
      loop(
        "bucket",
        needle.set(i32.load(SET.buckets, list)),
        loop(
          "needle",
          length.set(i32.load(NEEDLE.length, needle.get)),
          when(
            length.get,
            block("differs", ...isSame),
            needle.set(i32.add(needle.get, i32.const(NEEDLE.bytes))),
            go("needle"),
          ),
        ),
        buckets.set(withoutLowestBit(buckets.get)),
        goIf("bucket", buckets.get),
      ),
      i32.const(0),
    ];
  },
);

const STEP = i32.const(16);
const ALL = i32.const(0xffff);

/** 1 where `bytes` bytes at two places are the same. Reads in steps of 16, and so a little over their ends. */
export const same = procedure(
  "same",
  { one: "i32", other: "i32", bytes: "i32" },
  { differ: "i32" },
  ["i32"],
  (local) => {
    const { bytes, differ } = local;
    const at = (place: typeof bytes) => v128.load(0, place.get);
    return [
      loop(
        "look",
        differ.set(i32.xor(v128.bitmask(v128.equal(at(local.one), at(local.other))), ALL)),
        when(
          i32.lt(bytes.get, STEP),
          give(i32.eqz(i32.and(differ.get, i32.sub(i32.shl(one, bytes.get), one)))),
        ),
        when(differ.get, give(i32.const(0))),
        ...[local.one, local.other].map((place) => place.set(i32.add(place.get, STEP))),
        bytes.set(i32.sub(bytes.get, STEP)),
        go("look"),
      ),
      i32.const(0),
    ];
  },
);
