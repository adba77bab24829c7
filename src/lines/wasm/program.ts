// The module as bytes: encoded at start from its source beside this file, so the two cannot differ.

import { compare, same } from "./compare.ts";
import { copyMemory, encode, procedure, v128 } from "./encode.ts";
import { lineEnd, lineStart } from "./ends.ts";
import type { Swizzle } from "./prints.ts";
import { searchBy } from "./search.ts";

const copy = procedure("copy", { to: "i32", from: "i32", length: "i32" }, {}, [], ({ to, from, length }) => [
  copyMemory(to.get, from.get, length.get),
]);

/** About 2 KB, as a stride is written out. The first procedures stand in the order of `PLACE` in search.ts. */
const programBy = (swizzle: Swizzle): Uint8Array<ArrayBuffer> =>
  encode([lineEnd, lineStart, compare, same, searchBy(swizzle), copy]);

/** The program by the instructions it asks for: the fewer an engine has to promise, the faster. */
export const PROGRAMS = {
  relaxed: () => programBy(v128.relaxedSwizzle),
  strict: () => programBy(v128.swizzle),
} as const;
