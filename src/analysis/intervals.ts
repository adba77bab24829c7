// Runs of drop lines: where one burst ends and the next begins.

export interface Interval {
  startUs: number;
  endUs: number;
}

/** A run, or a part of one, by the kernel's clock too. */
export interface Stint extends Interval {
  readonly fromUptimeUs: number;
  toUptimeUs: number;
}

export interface Runs {
  /** Instants may come slightly out of order. `uptimeUs`: by the kernel's clock, where it is known. */
  add(atUs: number, uptimeUs?: number | null): void;
  /** Something happened at times that are not known, between the instant added last and this one: no pause is. */
  reach(atUs: number): void;
  runs(): Interval[];
  /** What of them has uptimes. */
  stints(): Stint[];
}

/** Collects instants into runs with no pause longer than `gapUs`. */
export function createRuns(gapUs: number): Runs {
  const found: (Interval | Stint)[] = [];
  let lastUs = Number.POSITIVE_INFINITY;
  const add = (atUs: number, uptimeUs: number | null = null) => {
    const last = found[found.length - 1];
    lastUs = atUs;
    if (last === undefined || atUs < last.startUs || atUs > last.endUs + gapUs || !goesOn(last, uptimeUs)) {
      const here = { startUs: atUs, endUs: atUs };
      found.push(uptimeUs === null ? here : { ...here, fromUptimeUs: uptimeUs, toUptimeUs: uptimeUs });
      return;
    }
    if (atUs > last.endUs) last.endUs = atUs;
    if (uptimeUs !== null && isStint(last)) last.toUptimeUs = Math.max(last.toUptimeUs, uptimeUs);
  };
  const goesOn = (last: Interval | Stint, uptimeUs: number | null) =>
    isStint(last)
      ? uptimeUs === null || (uptimeUs >= last.fromUptimeUs && uptimeUs <= last.toUptimeUs + gapUs)
      : uptimeUs === null;
  return {
    add,
    reach(atUs) {
      if (atUs > lastUs + gapUs) found.push({ startUs: lastUs, endUs: atUs });
      add(atUs);
    },
    runs: () => merge(found, gapUs),
    stints: () => found.filter(isStint),
  };
}

function isStint(one: Interval | Stint): one is Stint {
  return "fromUptimeUs" in one;
}

/**
 * What stints of one boot have in common, from the first instant to the last that any of them has for it: the same
 * uptimes are the same lines, also where one log was stamped late, or its clock is another.
 */
export function sameUptimes(stints: readonly Stint[]): Interval[] {
  const found: { startUs: number; endUs: number; toUptimeUs: number; count: number }[] = [];
  for (const { startUs, endUs, fromUptimeUs, toUptimeUs } of [...stints].sort(
    (a, b) => a.fromUptimeUs - b.fromUptimeUs,
  )) {
    const last = found[found.length - 1];
    if (last === undefined || fromUptimeUs > last.toUptimeUs) {
      found.push({ startUs, endUs, toUptimeUs, count: 1 });
      continue;
    }
    last.startUs = Math.min(last.startUs, startUs);
    last.endUs = Math.max(last.endUs, endUs);
    last.toUptimeUs = Math.max(last.toUptimeUs, toUptimeUs);
    last.count += 1;
  }
  return found.filter(({ count }) => count > 1).map(({ startUs, endUs }) => ({ startUs, endUs }));
}

/** Joins intervals that touch within `gapUs`, whatever their order. */
export function merge(intervals: readonly Interval[], gapUs: number): Interval[] {
  const sorted = [...intervals].sort((a, b) => a.startUs - b.startUs || a.endUs - b.endUs);
  const out: Interval[] = [];
  for (const one of sorted) {
    const last = out[out.length - 1];
    if (last !== undefined && one.startUs <= last.endUs + gapUs) {
      if (one.endUs > last.endUs) last.endUs = one.endUs;
    } else out.push({ startUs: one.startUs, endUs: one.endUs });
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
