// The largest few of millions of labels in a fixed amount of memory. Up to the capacity every count is exact;
// beyond it, the median count is taken off every counter whenever the room is full, so a count is short by at most
// what was taken off (Anderson et al., "A High-Performance Algorithm for Identifying Frequent Items in Data
// Streams", IMC 2017).

import type { Ranked } from "./document.ts";

export interface HeavyHitters {
  add(label: string): void;
  /** The largest, by count and then by label; counts are lower bounds. */
  top(most: number): Ranked[];
  /** Most that any count can be short by; 0: all counts are exact. */
  missedMost(): number;
}

/** A slice of a chunk would keep the whole chunk alive. */
function ownCopy(text: string): string {
  return Buffer.from(text, "latin1").toString("latin1");
}

export function createHeavyHitters(capacity: number): HeavyHitters {
  let counters = new Map<string, number>();
  let missed = 0;

  function purge(): void {
    const sorted = Uint32Array.from(counters.values()).sort();
    const median = sorted[sorted.length >> 1] ?? 1;
    missed += median;
    const left = new Map<string, number>();
    for (const [label, count] of counters) if (count > median) left.set(label, count - median);
    counters = left;
  }

  return {
    add(label) {
      const count = counters.get(label);
      if (count !== undefined) {
        counters.set(label, count + 1);
        return;
      }
      if (counters.size >= capacity) purge();
      counters.set(ownCopy(label), 1);
    },
    top: (most) =>
      [...counters]
        .map(([label, entries]) => ({ label, entries }))
        .sort((a, b) => b.entries - a.entries || (a.label < b.label ? -1 : 1))
        .slice(0, most),
    missedMost: () => missed,
  };
}
