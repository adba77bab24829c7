// Runs of drop lines: where one burst ends and the next begins.

export interface Interval {
  startUs: number;
  endUs: number;
}

/** Collects instants into runs with no pause longer than `gapUs`. Instants may come slightly out of order. */
export function createRuns(gapUs: number): { add(atUs: number): void; runs(): Interval[] } {
  const found: Interval[] = [];
  return {
    add(atUs) {
      const last = found[found.length - 1];
      if (last !== undefined && atUs >= last.startUs && atUs <= last.endUs + gapUs) {
        if (atUs > last.endUs) last.endUs = atUs;
      } else found.push({ startUs: atUs, endUs: atUs });
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
