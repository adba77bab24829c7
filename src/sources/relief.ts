// Buffers that zlib gives are a few bytes to V8's heap and a quarter MiB to the machine: it lets hundreds of them lie.
// A collection of the young costs half a millisecond, and what it frees is used again while the caches hold it.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes of buffers between two collections. */
const EVERY_BYTES = 8 << 20;

let collect: ((options: { readonly type: "minor" }) => void) | null = null;
let passed = 0;

/** To be told of every buffer that is done with. */
export function relieve(bytes: number): void {
  passed += bytes;
  if (passed < EVERY_BYTES) return;
  passed = 0;
  if (collect === null) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as typeof collect;
  }
  collect?.({ type: "minor" });
}
