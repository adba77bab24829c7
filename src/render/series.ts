// Timelines brought to a number of columns (pixels, characters). Sums and extremes are kept, so no peak is lost
// however wide the time; a bucket wider than a column fills several.

import { scaleLinear, scaleSymlog } from "d3-scale";
import type { Bucket, Timeline } from "../model/report.ts";
import { limitAt } from "./facts.ts";

export interface Column {
  readonly fromUs: number;
  readonly toUs: number;
  readonly dropLines: number;
  /** Printed and held back together: the top of the band. */
  readonly reported: number;
  readonly entriesMin: number | null;
  readonly entriesMax: number | null;
  readonly limit: number | null;
}

/** At most `count` columns of equally many buckets (the last may have fewer). */
export function columns(timeline: Timeline, count: number): readonly Column[] {
  const { buckets } = timeline;
  const size = Math.max(1, Math.ceil(buckets.length / count));
  return Array.from({ length: Math.ceil(buckets.length / size) }, (_, i) =>
    merge(buckets.slice(i * size, (i + 1) * size), timeline),
  );
}

/** Exactly `count` columns of the same length in time; where buckets are longer, they fill several. */
export function stretched(timeline: Timeline, count: number): readonly Column[] {
  const { buckets } = timeline;
  return Array.from({ length: buckets.length === 0 ? 0 : count }, (_, i) => {
    const from = Math.floor((i * buckets.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * buckets.length) / count));
    return merge(buckets.slice(from, to), timeline);
  });
}

function merge(buckets: readonly Bucket[], timeline: Timeline): Column {
  const fromUs = buckets[0]?.atUs ?? timeline.fromUs;
  const toUs = (buckets.at(-1)?.atUs ?? timeline.fromUs) + timeline.bucketUs;
  const dropLines = buckets.reduce((sum, b) => sum + b.dropLines, 0);
  const pick = (of: (b: Bucket) => number | null, better: (a: number, b: number) => number) =>
    buckets.map(of).reduce((a, b) => (a === null ? b : b === null ? a : better(a, b)), null);
  return {
    fromUs,
    toUs,
    dropLines,
    reported: dropLines + buckets.reduce((sum, b) => sum + b.suppressed, 0),
    entriesMin: pick((b) => b.entriesMin, Math.min),
    entriesMax: pick((b) => b.entriesMax, Math.max),
    limit: limitAt(timeline, toUs - 1),
  };
}

export interface Axis {
  /** A value as a share of the height, 0 at the bottom. */
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
  readonly log: boolean;
}

const LOG_FROM = 100;

/** Printed lines and what was held back differ by orders of magnitude: beyond 100 the scale is logarithmic. */
export function dropAxis(most: number): Axis {
  const top = Math.max(1, most);
  if (top <= LOG_FROM) return linear(top * 1.08, 3);
  const scale = scaleSymlog()
    .constant(1)
    .domain([0, top * 1.3])
    .range([0, 1]);
  const decades = Array.from({ length: Math.floor(Math.log10(top)) + 1 }, (_, i) => 10 ** i);
  const step = Math.ceil(decades.length / 4);
  return {
    at: (v) => scale(v),
    ticks: decades.filter((_, i) => (decades.length - 1 - i) % step === 0),
    log: true,
  };
}

/** Connection counts; a little room above, so that a line at the limit is not the frame. */
export function countAxis(most: number): Axis {
  return linear(Math.max(1, most) * 1.08, 3);
}

function linear(top: number, count: number): Axis {
  const scale = scaleLinear().domain([0, top]).range([0, 1]);
  return { at: (v) => scale(v), ticks: scale.ticks(count).filter(Number.isInteger), log: false };
}

/** Highest of the counts and limits that a timeline shows; null where it has neither. */
export function highestCount(timeline: Timeline): number | null {
  const values = [
    ...timeline.buckets.flatMap((b) => (b.entriesMax === null ? [] : [b.entriesMax])),
    ...timeline.limits.map((step) => step.value),
  ];
  return values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b));
}
