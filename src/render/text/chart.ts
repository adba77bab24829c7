// The timeline of one host as lines of text: panels, axis and strips behind one gutter of labels.

import { max } from "d3-array";
import type { HostReport, Timeline } from "../../model/report.ts";
import { highestCount } from "../series.ts";
import { duration, grouped } from "../units.ts";
import type { Voice } from "../voice.ts";
import { widthOf, wrap } from "./layout.ts";
import { type Cell, drawRow, type Paint } from "./paint.ts";
import { countPanel, dropPanel, type Panel } from "./panels.ts";
import { axisRows, burstRow, coverageRow, type Ground, markRow } from "./strips.ts";

export interface ChartStyle {
  readonly width: number;
  readonly ascii: boolean;
  readonly paint: Paint;
}

const LEAST_GUTTER = 10;

export function chart(host: HostReport, timeline: Timeline, voice: Voice, style: ChartStyle): string[] {
  const { w } = voice;
  const { ascii, paint } = style;
  const gutter = gutterFor(timeline, voice);
  const ground: Ground = { ...timeline, width: Math.max(20, style.width - gutter - 2), ascii };
  const shown = (n: number) => grouped(n, w);
  const drops = dropPanel(timeline, ground.width, ascii, shown);
  const counts = countPanel(timeline, ground.width, ascii, shown);
  const bar = ascii ? "|" : "│";
  const row = (label: string, cells: readonly Cell[], edge = bar) =>
    `${label.padStart(gutter)} ${edge}${drawRow(cells, paint)}`.trimEnd();
  const panel = (drawn: Panel) => drawn.rows.map((cells, y) => row(drawn.labels.get(y) ?? "", cells));
  const [line = [], ...labels] = axisRows(ground, voice);
  const coverage = coverageRow(timeline, ground);
  const marks = markRow(timeline, ground, voice);
  const columnUs = Math.max(timeline.bucketUs, (timeline.toUs - timeline.fromUs) / ground.width);
  const title = `${w.dropsPer(duration(columnUs / 1e6, w))}${drops.log ? `, ${w.logScale}` : ""}`;
  return [
    ...wrap(title, style.width).map((text) => paint("bold", text)),
    ...panel(drops),
    row(w.col.bursts, burstRow(ground, host.bursts)),
    "",
    ...(counts === null ? wrap(w.noCounts, style.width) : [paint("bold", w.countAndLimit), ...panel(counts)]),
    ...(coverage === null ? [] : [row(w.coverage, coverage)]),
    ...(marks === null ? [] : [row(w.marks, marks)]),
    row("", line, ascii ? "+" : "└"),
    ...labels.map((cells) => row("", cells, " ")),
    ...legend(voice, { style, counts: counts !== null, coverage: coverage !== null, marks }),
  ];
}

/** Room for the largest number that can be a label: limits may be anything a sysctl takes. */
function gutterFor(timeline: Timeline, { w }: Voice): number {
  const values = [...timeline.buckets.map((b) => b.dropLines + b.suppressed), highestCount(timeline) ?? 0];
  return Math.max(LEAST_GUTTER, grouped(Math.ceil(max(values) ?? 0), w).length);
}

interface Shown {
  readonly style: ChartStyle;
  readonly counts: boolean;
  readonly coverage: boolean;
  /** Null: there are none. */
  readonly marks: readonly Cell[] | null;
}

/** Every sign of the chart in words, as many to a line as fit. */
function legend({ w }: Voice, { style, counts, coverage, marks }: Shown): string[] {
  const sign = (ascii: string, drawn: string, words: string) => `${style.ascii ? ascii : drawn} ${words}`;
  const entries = [
    sign("#", "█", w.legendPrinted),
    sign(":", "░", w.legendReported),
    ...(counts ? [sign("*", "⠿", w.legendCount), sign("-", "─", w.legendLimit)] : []),
    ...(coverage ? [sign("=", "━", w.legendCovered), sign("/", "╱", w.legendHole)] : []),
    ...(marks === null ? [] : [w.legendLetters]),
    ...(marks?.some((cell) => cell.char === "+") === true ? [w.legendSeveral] : []),
  ];
  const lines: string[] = [];
  for (const entry of entries) {
    const joined = lines.length === 0 ? entry : `${lines.at(-1)}   ${entry}`;
    if (lines.length > 0 && widthOf(joined) + 2 <= style.width) lines[lines.length - 1] = joined;
    else lines.push(entry);
  }
  const fitting = (line: string) => (widthOf(line) + 2 <= style.width ? [line] : wrap(line, style.width - 2));
  return lines.flatMap(fitting).map((line) => style.paint("dim", `  ${line}`));
}
