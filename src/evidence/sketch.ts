// A bounded sample of keys that two sets can be compared by: each keeps its smallest ones, so sets that overlap
// share some however large they are (bottom-k sketch).

import { createHash } from "node:crypto";

export interface Sketch {
  /** Takes a text with a number of its own (an uptime); most are passed over without being hashed. */
  add(number: number, text: string): void;
  /** 16 bytes each, smallest first. */
  keys(): readonly Buffer[];
}

/** Makes a sketch of at most `size` keys, or goes on with one. */
export function createSketch(size: number, from: readonly Buffer[] = []): Sketch {
  const kept: Buffer[] = [...from];
  let largest = kept[size - 1]?.readUInt32BE(0) ?? 0xffffffff;
  return {
    add(number, text) {
      const rank = spread(number);
      if (rank > largest) return;
      const key = keyOf(rank, number, text);
      const at = place(kept, key);
      if (kept[at]?.equals(key)) return;
      kept.splice(at, 0, key);
      if (kept.length > size) kept.pop();
      if (kept.length === size) largest = kept[size - 1]?.readUInt32BE(0) ?? largest;
    },
    keys: () => kept,
  };
}

/** 16 bytes are plenty to tell texts apart: 4 that rank them, 12 of their hash. */
function keyOf(rank: number, number: number, text: string): Buffer {
  const key = createHash("sha256").update(`${number} ${text}`).digest().subarray(0, 16);
  key.writeUInt32BE(rank, 0);
  return key;
}

/** An even spread of numbers over 32 bits: neighbours must not rank alike (the finaliser of MurmurHash3). */
function spread(number: number): number {
  let h = ((number % 0x100000000) | 0) ^ Math.floor(number / 0x100000000);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function place(sorted: readonly Buffer[], key: Buffer): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = sorted[middle];
    if (there !== undefined && there.compare(key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
