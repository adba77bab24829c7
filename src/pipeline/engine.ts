// The engine's trade-offs, set for a program that runs for seconds beside others: V8's own are for servers.

import { setFlagsFromString } from "node:v8";

/**
 * For the whole process; a thread that begins sets the second back, and has to ask for it anew. Keeps the heap near what
 * is in use, and optimises what runs for long, not all that runs often: of reading a GiB, that took a quarter of the
 * time. With many events it makes no difference (test/bench/bench.mjs, sparse and dense).
 */
export function tuneEngine(): void {
  setFlagsFromString("--heap-growing-percent=20");
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--interrupt-budget=400000");
  // Relaxed SIMD (lines/wasm): later engines have it without asking, and say so of a flag they do not know.
  if (process.versions.v8.startsWith("11.")) setFlagsFromString("--experimental-wasm-relaxed-simd");
}
