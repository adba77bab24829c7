// Memory against time: V8 lets garbage lie as long as there is room, and a machine that exports has other work.

import { setFlagsFromString } from "node:v8";

/** Keeps the heap near what is in use: about a fifth more time, half the memory (test/bench/export.mjs). */
export function keepHeapSmall(): void {
  setFlagsFromString("--optimize-for-size");
  setFlagsFromString("--semi-space-growth-factor=1");
}
