// What stands under the panels of the text timeline: ticks with dates, bursts, marks, and which time the logs cover.

import type { Burst, Timeline } from "../../model/report.ts";
import { holes, isDated } from "../facts.ts";
import { timeTicks } from "../ticks.ts";
import type { Voice } from "../voice.ts";
import { BLANK, type Cell } from "./paint.ts";

export interface Ground {
  readonly fromUs: number;
  readonly toUs: number;
  readonly width: number;
  readonly ascii: boolean;
}

function columnAt(ground: Ground, atUs: number): number {
  const share = (atUs - ground.fromUs) / Math.max(1, ground.toUs - ground.fromUs);
  return Math.min(ground.width - 1, Math.max(0, Math.floor(share * ground.width)));
}

const cells = (text: string): Cell[] => [...text].map((char) => ({ char, tone: "plain" }));

/** The axis line, the labels, and (unless empty) what stands under them. */
export function axisRows(ground: Ground, { tz }: Voice): readonly (readonly Cell[])[] {
  const ticks = timeTicks(ground.fromUs, ground.toUs, tz, Math.max(2, Math.floor(ground.width / 14)));
  const line = Array.from({ length: ground.width }, (): string => (ground.ascii ? "-" : "─"));
  for (const tick of ticks) line[columnAt(ground, tick.atUs)] = ground.ascii ? "+" : "┬";
  const labels = ticks.map((tick) => ({ x: columnAt(ground, tick.atUs), text: tick.label }));
  const unders = ticks.flatMap((tick) =>
    tick.under === null ? [] : [{ x: columnAt(ground, tick.atUs), text: tick.under }],
  );
  const rows = [cells(line.join("")), spread(labels, ground.width)];
  return unders.length === 0 ? rows : [...rows, spread(unders, ground.width)];
}

/** Texts centred on their columns, kept inside, the later of two that would touch left out. */
function spread(texts: readonly { readonly x: number; readonly text: string }[], width: number): Cell[] {
  const row: Cell[] = Array.from({ length: width }, () => BLANK);
  let free = 0;
  for (const { x, text } of texts) {
    const start = Math.max(0, Math.min(width - text.length, x - Math.floor(text.length / 2)));
    if (start < free) continue;
    cells(text).forEach((cell, i) => {
      row[start + i] = cell;
    });
    free = start + text.length + 1;
  }
  return row;
}

/** Each burst from its first column to its last, with its number where there is room. */
export function burstRow(ground: Ground, bursts: readonly Burst[]): readonly Cell[] {
  const row: Cell[] = Array.from({ length: ground.width }, () => BLANK);
  let free = 0;
  bursts.forEach((burst, i) => {
    if (!isDated(burst)) return;
    const from = columnAt(ground, burst.startUs);
    const to = columnAt(ground, burst.endUs ?? burst.startUs);
    for (let x = from; x <= to; x += 1) row[x] = { char: ground.ascii ? "=" : "▀", tone: "printed" };
    const name = String(i + 1);
    if (from < free || from + name.length > ground.width) return;
    cells(name).forEach((cell, k) => {
      row[from + k] = cell;
    });
    free = from + name.length + 1;
  });
  return row;
}

/** Covered time and holes; a hole narrower than a column is still drawn. Null where coverage is not known. */
export function coverageRow(timeline: Timeline, ground: Ground): readonly Cell[] | null {
  if (timeline.coverage.length === 0) return null;
  const row: Cell[] = Array.from({ length: ground.width }, () => ({
    char: ground.ascii ? "=" : "━",
    tone: "dim",
  }));
  for (const hole of holes(timeline)) {
    const from = columnAt(ground, hole.fromUs);
    const to = Math.max(from, columnAt(ground, hole.toUs - 1));
    for (let x = from; x <= to; x += 1) row[x] = { char: ground.ascii ? "/" : "╱", tone: "plain" };
  }
  return row;
}

export function markRow(timeline: Timeline, ground: Ground, { w }: Voice): readonly Cell[] | null {
  if (timeline.marks.length === 0) return null;
  const row: Cell[] = Array.from({ length: ground.width }, () => BLANK);
  for (const mark of timeline.marks) {
    const x = columnAt(ground, mark.atUs);
    const letter = w.markLetters[mark.kind] ?? "?";
    row[x] = { char: row[x]?.char === " " || row[x]?.char === letter ? letter : "+", tone: "plain" };
  }
  return row;
}
