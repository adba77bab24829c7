// Paths of the charts. They are drawn in a box of 1000 by the panel's height and stretched to the page's width;
// strokes do not scale, so a bar is at least one pixel wide and a line keeps its weight.

import { area, curveStepAfter, line } from "d3-shape";
import type { Timeline } from "../../model/report.ts";
import type { Span } from "../facts.ts";
import type { Axis, Column } from "../series.ts";

export const BOX = 1000;

export type Place = (us: number) => number;

const short = (n: number) => Math.round(n * 100) / 100;

/** Share (0 to 1) of a span at which an instant lies, kept inside. */
export function placeIn({ fromUs, toUs }: Span): Place {
  const length = Math.max(1, toUs - fromUs);
  return (us) => Math.min(1, Math.max(0, (us - fromUs) / length));
}

export function percentOf(share: number): string {
  return `${Math.round(share * 1e5) / 1e3}%`;
}

interface Corner {
  readonly x: number;
  readonly low: number;
  readonly high: number;
  readonly shown: boolean;
}

/** Bars side by side as one outline, from `low` to `high` of each column; columns without height are left out. */
export function bars(
  columns: readonly Column[],
  place: Place,
  low: (column: Column) => number,
  high: (column: Column) => number,
): string {
  const corners = columns.flatMap((column): Corner[] => {
    const own = { low: low(column), high: high(column) };
    const shown = own.low - own.high > 0.01;
    return [column.fromUs, column.toUs].map((us) => ({ ...own, x: place(us) * BOX, shown }));
  });
  return drawArea(corners);
}

function drawArea(corners: readonly Corner[]): string {
  const outline = area<Corner>()
    .defined((corner) => corner.shown)
    .x((corner) => short(corner.x))
    .y0((corner) => short(corner.low))
    .y1((corner) => short(corner.high))
    .digits(2);
  return outline([...corners]) ?? "";
}

/** From the least to the most count of each column, joined from sample to sample but never across a hole. */
export function countPath(
  columns: readonly Column[],
  place: Place,
  height: (value: number) => number,
  holes: readonly Span[],
): string {
  const known = columns.filter((column) => column.entriesMax !== null);
  const corners = known.flatMap((column, i): Corner[] => {
    const own = {
      x: place((column.fromUs + column.toUs) / 2) * BOX,
      low: height(column.entriesMin ?? 0),
      high: height(column.entriesMax ?? 0),
      shown: true,
    };
    const before = known[i - 1];
    const broken =
      before !== undefined && holes.some((h) => h.fromUs < column.fromUs && h.toUs > before.toUs);
    return broken ? [{ ...own, shown: false }, own] : [own];
  });
  return drawArea(corners);
}

/** A dot per sample, where there are so few that a line alone would hide how few. */
export function countDots(
  columns: readonly Column[],
  place: Place,
  height: (value: number) => number,
): string {
  const known = columns.filter((column) => column.entriesMax !== null);
  if (known.length > 60) return "";
  return known
    .map((c) => `M${short(place((c.fromUs + c.toUs) / 2) * BOX)},${short(height(c.entriesMax ?? 0))}h0`)
    .join("");
}

export function limitPath(timeline: Timeline, place: Place, height: (value: number) => number): string {
  const last = timeline.limits.at(-1);
  if (last === undefined) return "";
  const steps = [...timeline.limits, { atUs: timeline.toUs, value: last.value }];
  const draw = line<{ readonly atUs: number; readonly value: number }>()
    .x((step) => short(place(step.atUs) * BOX))
    .y((step) => short(height(step.value)))
    .curve(curveStepAfter)
    .digits(2);
  return draw(steps) ?? "";
}

/** Heights in a panel of `size` pixels, from the top. */
export function heightIn(axis: Axis, size: number): (value: number) => number {
  return (value) => size - Math.min(1, Math.max(0, axis.at(value))) * size;
}
