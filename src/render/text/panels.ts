// The two panels of the text timeline as rows of cells: drops as a band from printed to reported, and counts
// from least to most with the limit as a line.

import type { Timeline } from "../../model/report.ts";
import { type Axis, type Column, countAxis, dropAxis, highestCount, stretched } from "../series.ts";
import { BLANK, type Cell, type Tone } from "./paint.ts";

export interface Panel {
  /** From the top down. */
  readonly rows: readonly (readonly Cell[])[];
  /** Label beside a row, by its index from the top. */
  readonly labels: ReadonlyMap<number, string>;
  readonly log: boolean;
}

const EIGHTHS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const DROP_ROWS = 6;
const COUNT_ROWS = 5;

const cell = (char: string, tone: Tone): Cell => ({ char, tone });

export function dropPanel(
  timeline: Timeline,
  width: number,
  ascii: boolean,
  show: (n: number) => string,
): Panel {
  const own = stretched(timeline, width);
  const axis = dropAxis(own.reduce((most, column) => Math.max(most, column.reported), 0));
  const rows = Array.from({ length: DROP_ROWS }, (_, y) =>
    own.map((column) => dropCell(column, axis, DROP_ROWS - 1 - y, ascii)),
  );
  const labels = new Map([...axis.ticks].map((tick) => [rowOf(axis.at(tick), DROP_ROWS), show(tick)]));
  return { rows, labels, log: axis.log };
}

function dropCell(column: Column, axis: Axis, level: number, ascii: boolean): Cell {
  const printed = axis.at(column.dropLines) * DROP_ROWS;
  const reported = axis.at(column.reported) * DROP_ROWS;
  const share = printed - level;
  if (column.dropLines > 0 && (share > 0.06 || level === 0)) {
    if (ascii) return share >= 0.5 || level === 0 ? cell("#", "printed") : band(reported - level, ascii);
    return cell(EIGHTHS[Math.min(7, Math.max(0, Math.round(share * 8) - 1))] ?? "█", "printed");
  }
  // A band that ends inside the topmost printed cell still gets a cell of its own.
  const least = column.reported > column.dropLines && level === Math.ceil(printed - 0.06);
  return least ? band(1, ascii) : band(reported - level, ascii);
}

function band(share: number, ascii: boolean): Cell {
  return share > 0.06 ? cell(ascii ? ":" : "░", "reported") : BLANK;
}

/** Row from the top in which a height (0 to 1) lies. */
function rowOf(height: number, rows: number): number {
  return rows - 1 - Math.min(rows - 1, Math.max(0, Math.ceil(height * rows) - 1));
}

export function countPanel(
  timeline: Timeline,
  width: number,
  ascii: boolean,
  show: (n: number) => string,
): Panel | null {
  const highest = highestCount(timeline);
  if (highest === null) return null;
  const axis = countAxis(highest);
  const fine = { x: ascii ? 1 : 2, y: ascii ? 1 : 4 };
  const dots = stretched(timeline, width * fine.x).map((column) => extent(column, axis, COUNT_ROWS * fine.y));
  const limits = stretched(timeline, width).map((c) =>
    c.limit === null ? null : rowOf(axis.at(c.limit), COUNT_ROWS),
  );
  const rows = Array.from({ length: COUNT_ROWS }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const mark = ascii ? star(dots[x] ?? null, COUNT_ROWS - 1 - y) : braille(dots, x, COUNT_ROWS - 1 - y);
      if (mark !== null) return cell(mark, "count");
      return limits[x] === y ? cell(ascii ? "-" : "─", "plain") : BLANK;
    }),
  );
  return { rows, labels: countLabels(timeline, axis, show), log: false };
}

function countLabels(
  timeline: Timeline,
  axis: Axis,
  show: (n: number) => string,
): ReadonlyMap<number, string> {
  const labels = new Map<number, string>();
  const wanted = [...timeline.limits.map((step) => step.value).reverse(), 0, ...axis.ticks];
  for (const value of wanted) {
    const row = rowOf(axis.at(value), COUNT_ROWS);
    if (!labels.has(row)) labels.set(row, show(value));
  }
  return labels;
}

interface Extent {
  readonly low: number;
  readonly high: number;
}

/** Lowest and highest dot of a column, counted from the bottom. */
function extent(column: Column, axis: Axis, dots: number): Extent | null {
  if (column.entriesMin === null || column.entriesMax === null) return null;
  const level = (value: number) => Math.min(dots - 1, Math.max(0, Math.round(axis.at(value) * dots) - 1));
  return { low: level(column.entriesMin), high: level(column.entriesMax) };
}

function star(dots: Extent | null, level: number): string | null {
  return dots !== null && level >= dots.low && level <= dots.high ? "*" : null;
}

// Unicode Braille: bits of the left and the right dot column, from the bottom up.
const BITS = [
  [0x40, 0x04, 0x02, 0x01],
  [0x80, 0x20, 0x10, 0x08],
] as const;

function braille(dots: readonly (Extent | null)[], x: number, level: number): string | null {
  let bits = 0;
  BITS.forEach((side, i) => {
    const own = dots[x * 2 + i] ?? null;
    side.forEach((bit, y) => {
      const dot = level * 4 + y;
      if (own !== null && dot >= own.low && dot <= own.high) bits |= bit;
    });
  });
  return bits === 0 ? null : String.fromCodePoint(0x2800 + bits);
}
