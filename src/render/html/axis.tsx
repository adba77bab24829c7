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

/** Least width of the plot on such pages, pixels. */
const SETS = [
  { name: "ticks wide", count: 9, width: 600 },
  { name: "ticks narrow", count: 3, width: 250 },
] as const;
/** Of the axis' type, pixels. */
const LETTER = 7;
const BETWEEN = 8;

/** As many ticks as are wanted, or fewer where their labels would touch. */
function roomyTicks({ span, voice }: AxisProps, count: number, width: number) {
  for (let wanted = count; wanted > 1; wanted--) {
    const ticks = timeTicks(span.fromUs, span.toUs, voice.tz, wanted);
    const longest = Math.max(...ticks.map(({ label }) => label.length), 0);
    const apart = (width * ((ticks[1]?.atUs ?? 0) - (ticks[0]?.atUs ?? 0))) / (span.toUs - span.fromUs);
    if (ticks.length < 2 || apart >= longest * LETTER + BETWEEN) return ticks;
  }
  return timeTicks(span.fromUs, span.toUs, voice.tz, 1);
}

/** Labels at the ends of an axis stay within it. `half`: of a label, as a share of the axis. */
function anchorAt(share: number, half: number): "start" | "middle" | "end" {
  if (share < half) return "start";
  return share > 1 - half ? "end" : "middle";
}

export function TimeAxis(props: AxisProps) {
  const { span, top } = props;
  const place = placeIn(span);
  return (
    <g>
      <line class="base" x1="0" x2="100%" y1={top} y2={top} />
      {SETS.map(({ name, count, width }) => (
        <g key={name} class={name}>
          {roomyTicks(props, count, width).map((tick) => {
            const share = place(tick.atUs);
            const x = percentOf(share);
            const letters = Math.max(tick.label.length, tick.under?.length ?? 0);
            const anchor = anchorAt(share, (letters * LETTER) / 2 / width);
            return (
              <>
                <line class="base" x1={x} x2={x} y1={top} y2={top + 5} />
                <text x={x} y={top + 18} text-anchor={anchor}>
                  {tick.label}
                </text>
                {tick.under === null ? null : (
                  <text x={x} y={top + 33} text-anchor={anchor}>
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
