// A burst that grew keeps its id: the old one of its namespace that it overlaps.

import type { FoundBurst } from "./burst-accounts.ts";

/** A row, as columns: a host may have many. */
export type OldBurst = readonly [
  burst_id: number,
  netns: string | null,
  start_us: number | null,
  end_us: number | null,
];

interface OfNetns {
  readonly ids: number[];
  readonly starts: number[];
  readonly ends: number[];
  readonly undated: number[];
}

/** Old bursts of a host that were not taken yet. */
export class OldBursts {
  readonly #byNetns = new Map<string | null, OfNetns>();
  readonly #taken = new Set<number>();

  /** `rows`: in the order of time. Those of one namespace do not overlap. */
  constructor(rows: Iterable<OldBurst>) {
    for (const [id, netns, start, end] of rows) {
      const known = this.#byNetns.get(netns) ?? { ids: [], starts: [], ends: [], undated: [] };
      this.#byNetns.set(netns, known);
      if (start === null) known.undated.push(id);
      else {
        known.ids.push(id);
        known.starts.push(start);
        known.ends.push(end ?? start);
      }
    }
  }

  /** The id of the first that is left and overlaps; null: there is none. */
  take({ netns, startUs, endUs }: Pick<FoundBurst<unknown>, "netns" | "startUs" | "endUs">): number | null {
    const known = this.#byNetns.get(netns);
    if (known === undefined) return null;
    if (startUs === null) return known.undated.shift() ?? null;
    for (
      let at = firstAtOrAfter(known.ends, startUs);
      (known.starts[at] ?? Infinity) <= (endUs ?? startUs);
      at++
    ) {
      const id = known.ids[at];
      if (id === undefined || this.#taken.has(id)) continue;
      this.#taken.add(id);
      return id;
    }
    return null;
  }
}

/** Index of the first of `sorted` that is not below `value`. */
function firstAtOrAfter(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
