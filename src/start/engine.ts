// The engine's trade-offs, set for a program that runs for seconds beside others: V8's own are for servers.

import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { isMainThread } from "node:worker_threads";

/**
 * For the whole process, before anything else: what was compiled is taken under the same flags only. Keeps the heap
 * near what is in use, and lets one thread clear up the little that is young: helpers cost more than they save. On Node
 * 20 it optimises what runs for long, not all that runs often (of reading a GiB, that took a quarter of the time; later
 * engines know it by other names, and better), and has relaxed SIMD (lines/wasm), which later ones have without asking.
 * An engine complains on stderr of a flag that it does not know.
 */
export function tuneEngine(): void {
  setFlagsFromString("--heap-growing-percent=20");
  setFlagsFromString("--no-parallel-scavenge");
  if (isMainThread) growYoung();
  holdYoung();
  if (!process.versions.v8.startsWith("11.")) return;
  setFlagsFromString("--interrupt-budget=400000");
  setFlagsFromString("--experimental-wasm-relaxed-simd");
}

/** Young objects get no more room. V8 sets this back, for all threads, whenever one begins. */
export function holdYoung(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/** Bytes of both halves of the young space: the half of it, which V8 begins with, is collected twice as often. */
const YOUNG_BYTES = 4 * 1024 * 1024;
const MOST_HELD = 100;

/** V8 lets the young space grow when what lived on was as large as it. A thread is given its room (`ahead/hand.ts`). */
function growYoung(): void {
  const held: number[][] = [];
  const youngBytes = () =>
    getHeapSpaceStatistics().find((one) => one.space_name === "new_space")?.space_size ?? YOUNG_BYTES;
  while (youngBytes() < YOUNG_BYTES && held.length < MOST_HELD) held.push(new Array<number>(8000).fill(0));
}
