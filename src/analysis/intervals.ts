// Runs of drop lines: where one burst ends and the next begins.

export interface Interval {
  startUs: number;
  endUs: number;
}

export interface Runs {
  /** Instants may come slightly out of order. */
  add(atUs: number): void;
  /** Something happened at times that are not known, between the instant added last and this one: no pause is. */
  reach(atUs: number): void;
  runs(): Interval[];
}

/** Collects instants into runs with no pause longer than `gapUs`. */
export function createRuns(gapUs: number): Runs {
  const found: Interval[] = [];
  let lastUs = Number.POSITIVE_INFINITY;
  const add = (atUs: number) => {
    const last = found[found.length - 1];
    if (last !== undefined && atUs >= last.startUs && atUs <= last.endUs + gapUs) {
      if (atUs > last.endUs) last.endUs = atUs;
    } else found.push({ startUs: atUs, endUs: atUs });
    lastUs = atUs;
  };
  return {
    add,
    reach(atUs) {
      if (atUs > lastUs + gapUs) found.push({ startUs: lastUs, endUs: atUs });
      add(atUs);
    },
    runs: () => merge(found, gapUs),
  };
}

/** Joins intervals that touch within `gapUs`, whatever their order. */
export function merge(intervals: readonly Interval[], gapUs: number): Interval[] {
  const sorted = [...intervals].sort((a, b) => a.startUs - b.startUs || a.endUs - b.endUs);
  const out: Interval[] = [];
  for (const one of sorted) {
    const last = out[out.length - 1];
    if (last !== undefined && one.startUs <= last.endUs + gapUs) {
      if (one.endUs > last.endUs) last.endUs = one.endUs;
    } else out.push({ ...one });
  }
  return out;
}

/** Index of the interval that holds `atUs`, or lies nearest to it; -1 where there is none. `sorted` by start. */
export function nearest(sorted: readonly Interval[], atUs: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.startUs ?? 0) <= atUs) low = middle + 1;
    else high = middle;
  }
  const before = sorted[low - 1];
  const after = sorted[low];
  if (before === undefined) return after === undefined ? -1 : 0;
  if (after === undefined || atUs - before.endUs <= after.startUs - atUs) return low - 1;
  return low;
}
