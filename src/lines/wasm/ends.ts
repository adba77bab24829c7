// From any place in a line to its ends, 16 bytes at a time.

import { type Code, give, go, i32, loop, procedure, v128, when } from "./encode.ts";

export const NEWLINE = 10;
export const newlinesIn = (vector: Code) => v128.bitmask(v128.equal(vector, v128.const(NEWLINE)));

/** Address of the first newline at or after `at`; there is one. */
export const lineEnd = procedure("lineEnd", { at: "i32" }, { bits: "i32" }, ["i32"], ({ at, bits }) => [
  loop(
    "look",
    bits.set(newlinesIn(v128.load(0, at.get))),
    when(bits.get, give(i32.add(at.get, i32.ctz(bits.get)))),
    at.set(i32.add(at.get, i32.const(16))),
    go("look"),
  ),
  i32.const(0),
]);

/** Address behind the last newline before `at`, but never before `low`. */
export const lineStart = procedure(
  "lineStart",
  { at: "i32", low: "i32" },
  { bits: "i32", start: "i32" },
  ["i32"],
  ({ at, low, bits, start }) => [
    loop(
      "look",
      at.set(i32.sub(at.get, i32.const(16))),
      bits.set(newlinesIn(v128.load(0, at.get))),
      // Without a newline here, 32 leading zeros make `start` the place looked at last.
      start.set(i32.sub(i32.add(at.get, i32.const(32)), i32.clz(bits.get))),
      when(i32.le(start.get, low.get), give(low.get)),
      when(bits.get, give(start.get)),
      go("look"),
    ),
    i32.const(0),
  ],
);
