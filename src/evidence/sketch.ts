// A bounded sample of keys that two sets can be compared by: each keeps its smallest ones, so sets that overlap
// share some however large they are (bottom-k sketch).

export interface Sketch {
  add(key: Buffer): void;
  keys(): readonly Buffer[];
}

/** Makes a sketch of at most `size` keys. Keys must be of equal length and evenly spread (hashes). */
export function createSketch(size: number): Sketch {
  const kept: Buffer[] = [];
  return {
    add(key) {
      const largest = kept[kept.length - 1];
      if (kept.length >= size && largest !== undefined && key.compare(largest) >= 0) return;
      const at = place(kept, key);
      if (kept[at]?.equals(key)) return;
      kept.splice(at, 0, key);
      if (kept.length > size) kept.pop();
    },
    keys: () => kept,
  };
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
