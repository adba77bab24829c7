// What lies behind both panels of a timeline: bursts, holes, marks, and the strip that says which time the logs cover.
// Each box tells where it lies as a share of the whole (data-a, data-b), which is what the script zooms by.

import type { Burst, Timeline } from "../../model/report.ts";
import { covered, holes, isDated } from "../facts.ts";
import { holeText } from "../holes.ts";
import { markLabel } from "../statement.ts";
import { boundWords, lasted, type Voice } from "../voice.ts";
import { named } from "../words.ts";
import { instant } from "../zone.ts";
import { type Place, percentOf, placeIn } from "./geometry.ts";

/** Pixels from the top of the chart. */
interface Frame {
  readonly top: number;
  /** Foot of the lower panel. */
  readonly bottom: number;
  /** The coverage strip, from here to `end`. */
  readonly strip: number;
  readonly end: number;
}

interface BackdropProps {
  readonly bursts: readonly Burst[];
  readonly timeline: Timeline;
  readonly voice: Voice;
  readonly frame: Frame;
}

type LayerProps = BackdropProps & { readonly place: Place };

export function Backdrop(props: BackdropProps) {
  const place = placeIn(props.timeline);
  return (
    <svg class="clip" aria-hidden="true" width="100%" height={props.frame.end}>
      <Bursts {...props} place={place} />
      <BurstNumbers {...props} place={place} />
      <Coverage {...props} place={place} />
      <Marks {...props} place={place} />
    </svg>
  );
}

function box(place: Place, fromUs: number, toUs: number) {
  const [a, b] = [place(fromUs), place(toUs)];
  return { x: percentOf(a), width: percentOf(b - a), "data-a": a.toFixed(6), "data-b": b.toFixed(6) };
}

/** Bursts closer than this share of the width fall on one pixel: the first one stands for them. */
const PIXEL_SHARE = 0.0004;

function Bursts({ bursts, voice, frame, place }: LayerProps) {
  let last = -1;
  return (
    <>
      {bursts.map((burst, i) => {
        if (!isDated(burst)) return null;
        const endUs = burst.endUs ?? burst.startUs;
        if (place(endUs) < last + PIXEL_SHARE) return null;
        last = place(endUs);
        const own = box(place, burst.startUs, endUs);
        const bounds = boundWords(voice, burst.dropsMin, burst.dropsMax);
        const start = instant(burst.startUs, voice.tz);
        return (
          <g key={burst.burstId}>
            <title>{voice.w.burstTitle(String(i + 1), start, lasted(voice, burst), bounds)}</title>
            <rect class="shade" {...own} y={frame.top} height={frame.bottom - frame.top} />
            <rect class="foot" {...own} y={frame.top - 3} height={2} />
          </g>
        );
      })}
    </>
  );
}

/** Share of the width that a digit above a burst takes on a narrow page, and the room beside a number. */
const DIGIT_SHARE = 0.028;
const ROOM_SHARE = 0.02;
/** Numbers beyond this are not there for a closer look: a page of many bursts must stay small. */
const MOST_NUMBERS = 1000;

function BurstNumbers({ bursts, frame, place }: LayerProps) {
  let free = -1;
  return (
    <>
      {bursts.map((burst, i) => {
        if (!isDated(burst)) return null;
        const share = place((burst.startUs + (burst.endUs ?? burst.startUs)) / 2);
        const half = (String(i + 1).length * DIGIT_SHARE + ROOM_SHARE) / 2;
        const fits = share - half >= free;
        if (!fits && i >= MOST_NUMBERS) return null;
        if (fits) free = share + half;
        const x = percentOf(share);
        return (
          <text
            key={burst.burstId}
            class={fits ? "num" : "num off"}
            x={x}
            y={frame.top - 8}
            text-anchor={share < half ? "start" : share > 1 - half ? "end" : "middle"}
            data-a={share.toFixed(6)}
          >
            {i + 1}
          </text>
        );
      })}
    </>
  );
}

function Coverage({ timeline, voice, frame, place }: LayerProps) {
  if (timeline.coverage.length === 0) return null;
  const thick = frame.end - frame.strip - 4;
  return (
    <>
      {covered(timeline).map((span) => (
        <rect
          key={span.fromUs}
          class="seen"
          {...box(place, span.fromUs, span.toUs)}
          y={frame.strip + 2}
          height={thick}
        />
      ))}
      {holes(timeline).map((hole) => (
        <g key={hole.fromUs}>
          <title>{holeText(hole, timeline, voice)}</title>
          <rect
            class="hole"
            {...box(place, hole.fromUs, hole.toUs)}
            y={frame.top}
            height={frame.end - frame.top}
          />
        </g>
      ))}
    </>
  );
}

function Marks({ timeline, voice, frame, place }: LayerProps) {
  const { w } = voice;
  return (
    <>
      {timeline.marks.map((mark) => {
        const { x, "data-a": a } = box(place, mark.atUs, mark.atUs);
        return (
          <g key={`${mark.kind}${mark.atUs}`}>
            <title>{`${instant(mark.atUs, voice.tz)}: ${named(w.markKinds, mark.kind)}, ${markLabel(mark, w)}`}</title>
            <line class="mark" x1={x} x2={x} y1={frame.top} y2={frame.end} data-a={a} />
            <text class="halo" x={x} y={frame.bottom - 4} dx="3" data-a={a}>
              {named(w.markLetters, mark.kind)}
            </text>
          </g>
        );
      })}
    </>
  );
}
