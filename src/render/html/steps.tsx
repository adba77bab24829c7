// The numbers of a timeline as a table: every step with drops, and the quiet time between them in one row each.

import type { Timeline } from "../../model/report.ts";
import type { Span } from "../facts.ts";
import { type Column, columns } from "../series.ts";
import type { Table } from "../tables.ts";
import { grouped } from "../units.ts";
import { instants, number, type Voice } from "../voice.ts";
import { DataTable } from "./data-table.tsx";

/** Steps of the table: coarser than the chart, so that a year stays readable. */
const MOST_STEPS = 200;

interface StepProps {
  readonly timeline: Timeline;
  readonly missing: readonly Span[];
  readonly voice: Voice;
}

export function StepTable({ timeline, missing, voice }: StepProps) {
  return (
    <details>
      <summary>{voice.w.numbers}</summary>
      <DataTable table={stepTable(timeline, missing, voice)} name={voice.w.numbers} />
    </details>
  );
}

function stepTable(timeline: Timeline, missing: readonly Span[], voice: Voice): Table {
  const { w } = voice;
  const { col } = w;
  const isHole = (c: Column) => missing.some((hole) => hole.fromUs < c.toUs && hole.toUs > c.fromUs);
  const steps = joinQuiet(columns(timeline, MOST_STEPS), isHole);
  const from = instants(
    voice,
    steps.map((step) => step.fromUs),
  );
  const to = instants(
    voice,
    steps.map((step) => step.toUs),
  );
  return {
    columns: [
      { head: from.head(col.from), keep: true },
      { head: to.head(col.to), keep: true },
      { head: col.printed, right: true },
      { head: col.reported, right: true },
      { head: col.connections, right: true },
      { head: col.limit, right: true },
      { head: col.note },
    ],
    rows: steps.map((step, i) => [
      from.cells[i] ?? "",
      to.cells[i] ?? "",
      grouped(step.dropLines, w),
      grouped(step.reported, w),
      step.entriesMin === null
        ? w.unknown
        : w.shortBetween(grouped(step.entriesMin, w), number(voice, step.entriesMax)),
      number(voice, step.limit),
      isHole(step) ? w.noLog : step.reported === 0 ? w.quiet : "",
    ]),
  };
}

/** Neighbours without drops become one, unless the limit changes or one has a hole and the other not. */
function joinQuiet(steps: readonly Column[], isHole: (c: Column) => boolean): readonly Column[] {
  const joined: Column[] = [];
  for (const step of steps) {
    const last = joined.at(-1);
    const alike =
      last !== undefined &&
      last.reported === 0 &&
      step.reported === 0 &&
      last.limit === step.limit &&
      isHole(last) === isHole(step);
    if (alike) joined[joined.length - 1] = join(last, step);
    else joined.push(step);
  }
  return joined;
}

function join(a: Column, b: Column): Column {
  const best = (x: number | null, y: number | null, pick: (x: number, y: number) => number) =>
    x === null ? y : y === null ? x : pick(x, y);
  return {
    ...a,
    toUs: b.toUs,
    entriesMin: best(a.entriesMin, b.entriesMin, Math.min),
    entriesMax: best(a.entriesMax, b.entriesMax, Math.max),
  };
}
