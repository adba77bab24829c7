// Ticks under a chart: one set for wide pages and one for narrow ones, chosen by the style sheet.

import type { Span } from "../facts.ts";
import { timeTicks } from "../ticks.ts";
import type { Voice } from "../voice.ts";
import { percentOf, placeIn } from "./geometry.ts";

interface AxisProps {
  readonly span: Span;
  readonly voice: Voice;
  /** Pixels from the top of the chart to the axis line. */
  readonly top: number;
}

const SETS = [
  { name: "ticks wide", count: 9 },
  { name: "ticks narrow", count: 3 },
] as const;

export function TimeAxis({ span, voice, top }: AxisProps) {
  const place = placeIn(span);
  return (
    <g>
      <line class="base" x1="0" x2="100%" y1={top} y2={top} />
      {SETS.map(({ name, count }) => (
        <g key={name} class={name}>
          {timeTicks(span.fromUs, span.toUs, voice.tz, count).map((tick) => {
            const x = percentOf(place(tick.atUs));
            return (
              <>
                <line class="base" x1={x} x2={x} y1={top} y2={top + 5} />
                <text x={x} y={top + 18} text-anchor="middle">
                  {tick.label}
                </text>
                {tick.under === null ? null : (
                  <text x={x} y={top + 33} text-anchor="middle">
                    {tick.under}
                  </text>
                )}
              </>
            );
          })}
        </g>
      ))}
    </g>
  );
}
