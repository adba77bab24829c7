// The two panels of a timeline and the labels beside them.

import type { ComponentChildren } from "preact";
import type { Timeline } from "../../model/report.ts";
import type { Span } from "../facts.ts";
import type { Axis, Column } from "../series.ts";
import { grouped } from "../units.ts";
import type { Voice } from "../voice.ts";
import { BOX, bars, countDots, countPath, heightIn, limitPath, placeIn } from "./geometry.ts";

export interface Panel {
  readonly top: number;
  readonly size: number;
  readonly axis: Axis;
}

/** Titles begin above the labels, so that they fit a telephone. */
const HEAD_X = -56;

interface DropProps {
  readonly panel: Panel;
  readonly columns: readonly Column[];
  readonly span: Span;
  readonly title: string;
}

export function DropPanel({ panel, columns, span, title }: DropProps) {
  const height = heightIn(panel.axis, panel.size);
  const place = placeIn(span);
  const printed = bars(
    columns,
    place,
    () => panel.size,
    (c) => height(c.dropLines),
  );
  const held = bars(
    columns,
    place,
    (c) => height(c.dropLines),
    (c) => height(c.reported),
  );
  return (
    <>
      <Grid panel={panel} />
      <Stretched panel={panel}>
        <path class="band" d={held} />
        <path class="printed" d={printed} />
      </Stretched>
      <line class="base" x1="0" x2="100%" y1={panel.top + panel.size} y2={panel.top + panel.size} />
      <text class="head" x={HEAD_X} y="12">
        {title}
      </text>
    </>
  );
}

interface CountProps {
  readonly panel: Panel;
  readonly columns: readonly Column[];
  readonly timeline: Timeline;
  readonly holes: readonly Span[];
  readonly title: string;
}

export function CountPanel({ panel, columns, timeline, holes, title }: CountProps) {
  const height = heightIn(panel.axis, panel.size);
  const place = placeIn(timeline);
  return (
    <>
      <Grid panel={panel} />
      <Stretched panel={panel}>
        <path class="count" d={countPath(columns, place, height, holes)} />
        <path class="dot" d={countDots(columns, place, height)} />
        <path class="limit" d={limitPath(timeline, place, height)} />
      </Stretched>
      <line class="base" x1="0" x2="100%" y1={panel.top + panel.size} y2={panel.top + panel.size} />
      <text class="head halo" x={HEAD_X} y={panel.top - 12}>
        {title}
      </text>
    </>
  );
}

function Stretched({ panel, children }: { panel: Panel; children: ComponentChildren }) {
  return (
    <svg
      class="clip zoom"
      aria-hidden="true"
      y={panel.top}
      width="100%"
      height={panel.size}
      viewBox={`0 0 ${BOX} ${panel.size}`}
      preserveAspectRatio="none"
    >
      {children}
    </svg>
  );
}

function Grid({ panel }: { panel: Panel }) {
  const height = heightIn(panel.axis, panel.size);
  return (
    <>
      {panel.axis.ticks.map((tick) => {
        const y = Math.round(panel.top + height(tick)) + 0.5;
        return <line key={tick} class="grid" x1="0" x2="100%" y1={y} y2={y} />;
      })}
    </>
  );
}

interface LabelsProps {
  readonly drops: Panel;
  readonly counts: Panel | null;
  readonly timeline: Timeline;
  readonly height: number;
  readonly strip: number;
  readonly voice: Voice;
}

/** Values to the left of the plot; limits come first, ticks that would touch one are left out. */
export function Labels({ drops, counts, timeline, height, strip, voice }: LabelsProps) {
  const limits = counts === null ? [] : [...new Set(timeline.limits.map((step) => step.value))].reverse();
  const placed = [
    ...labelsOf(drops, [], drops.axis.ticks),
    ...(counts === null ? [] : labelsOf(counts, limits, counts.axis.ticks)),
  ];
  return (
    <svg aria-hidden="true" height={height}>
      {placed.map(({ y, value, limit }) => (
        <text key={`${y}`} class={limit ? "lim" : undefined} x="100%" dx="-8" y={y + 4} text-anchor="end">
          {grouped(value, voice.w)}
        </text>
      ))}
      {timeline.coverage.length === 0 ? null : (
        <text x="100%" dx="-8" y={strip + 9} text-anchor="end">
          {voice.w.coverage}
        </text>
      )}
    </svg>
  );
}

interface Label {
  readonly y: number;
  readonly value: number;
  readonly limit: boolean;
}

function labelsOf(panel: Panel, limits: readonly number[], ticks: readonly number[]): readonly Label[] {
  const height = heightIn(panel.axis, panel.size);
  const wanted = [
    ...limits.map((value) => ({ value, limit: true })),
    ...ticks.map((value) => ({ value, limit: false })),
  ];
  const placed: Label[] = [];
  for (const { value, limit } of wanted) {
    const y = Math.round(panel.top + height(value));
    if (placed.every((other) => Math.abs(other.y - y) >= 13)) placed.push({ y, value, limit });
  }
  return placed;
}
