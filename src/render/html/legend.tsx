// Every sign of the timeline with its meaning in words.

import type { ComponentChildren } from "preact";
import type { Timeline } from "../../model/report.ts";
import type { Voice } from "../voice.ts";

interface LegendProps {
  readonly voice: Voice;
  readonly timeline: Timeline;
  readonly counts: boolean;
  readonly bursts: boolean;
}

export function Legend({ voice, timeline, counts, bursts }: LegendProps) {
  const { w } = voice;
  const entries: readonly [boolean, ComponentChildren, string][] = [
    [true, <rect key="p" class="printed" x="2" y="2" width="22" height="10" />, w.legendPrinted],
    [true, <rect key="r" class="band" x="2" y="2" width="22" height="10" />, w.legendReported],
    [counts, <path key="c" class="count" d="M2 9L10 4L17 10L24 5" fill-opacity="0" />, w.legendCount],
    [counts && timeline.limits.length > 0, <path key="l" class="limit" d="M2 7H24" />, w.legendLimit],
    [bursts, <Shade key="b" />, w.legendBurst],
    [
      timeline.coverage.length > 0,
      <rect key="s" class="seen" x="2" y="5" width="22" height="4" />,
      w.legendCovered,
    ],
    [
      timeline.coverage.length > 0,
      <rect key="h" class="hole" x="2" y="1" width="22" height="12" />,
      w.legendHole,
    ],
    [
      timeline.marks.length > 0,
      <path key="m" class="mark" d="M13 0V14" />,
      `${w.legendMark} (${w.legendLetters})`,
    ],
  ];
  return (
    <ul class="legend">
      {entries
        .filter(([shown]) => shown)
        .map(([, sign, words]) => (
          <li key={words}>
            <svg aria-hidden="true" viewBox="0 0 26 14">
              {sign}
            </svg>
            {words}
          </li>
        ))}
    </ul>
  );
}

function Shade() {
  return (
    <>
      <rect class="shade" x="4" y="2" width="18" height="11" />
      <rect class="foot" x="4" y="1" width="18" height="1" />
    </>
  );
}
