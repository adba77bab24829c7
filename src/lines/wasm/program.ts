// The module as bytes: encoded at start from its source beside this file, so the two cannot differ.

import { compare, same } from "./compare.ts";
import { copyMemory, encode, procedure } from "./encode.ts";
import { lineEnd, lineStart } from "./ends.ts";
import { search } from "./search.ts";

const copy = procedure("copy", { to: "i32", from: "i32", length: "i32" }, {}, [], ({ to, from, length }) => [
  copyMemory(to.get, from.get, length.get),
]);

/** About 1 KB. The first ones stand in the order of `PLACE` in search.ts. */
export function program(): Uint8Array<ArrayBuffer> {
  return encode([lineEnd, lineStart, compare, same, search, copy]);
}
