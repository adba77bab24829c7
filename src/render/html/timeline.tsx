// The timeline of one host: drops above, connections and limit below, one time axis for both. Boxes are placed in
// percent and paths stretched, so the chart fits any page and its text keeps its size.

import { max, min } from "d3-array";
import type { HostReport, Timeline } from "../../model/report.ts";
import { holes, unlogged } from "../facts.ts";
import { type Column, columns, countAxis, dropAxis, highestCount } from "../series.ts";
import { markLabel } from "../statement.ts";
import { duration, grouped } from "../units.ts";
import type { Voice } from "../voice.ts";
import { named } from "../words.ts";
import { ends, instant } from "../zone.ts";
import { TimeAxis } from "./axis.tsx";
import { Backdrop } from "./backdrop.tsx";
import { timelineId } from "./ids.ts";
import { Legend } from "./legend.tsx";
import { CountPanel, DropPanel, Labels, type Panel } from "./panels.tsx";
import { StepTable } from "./steps.tsx";

export interface ChartProps {
  readonly host: HostReport;
  readonly index: number;
  readonly timeline: Timeline;
  readonly voice: Voice;
}

const DROPS = { top: 40, size: 150 };
const COUNTS = { top: 226, size: 120 };
const STRIP = 8;

/** More columns than a page has pixels would be lost on it. */
const MOST_COLUMNS = 1400;

export function TimelineFigure({ host, index, timeline, voice }: ChartProps) {
  const { w } = voice;
  const own = columns(timeline, MOST_COLUMNS);
  const missing = holes(timeline);
  const { drops, counts, frame, axisTop, height } = layoutOf(timeline, own);
  const id = timelineId(index);
  const stepUs = (own[0]?.toUs ?? 0) - (own[0]?.fromUs ?? 0);
  const title = `${w.dropsPer(duration(stepUs / 1e6, w))}${drops.axis.log ? `, ${w.logScale}` : ""}`;
  return (
    <figure id={id} class="timeline" {...dataOf(own, timeline, voice)}>
      <div class="chart">
        <Labels
          drops={drops}
          counts={counts}
          timeline={timeline}
          height={height}
          voice={voice}
          strip={frame.strip}
        />
        <svg class="plot" role="img" aria-labelledby={`${id}-name ${id}-desc`} height={height}>
          <title id={`${id}-name`}>
            {w.chartName(host.host, ...ends(timeline.fromUs, timeline.toUs, voice.tz))}
          </title>
          <desc id={`${id}-desc`}>{description(host, timeline, own, voice)}</desc>
          <Backdrop bursts={host.bursts} timeline={timeline} voice={voice} frame={frame} />
          <DropPanel panel={drops} columns={own} span={timeline} title={title} />
          {counts === null ? null : (
            <CountPanel
              panel={counts}
              columns={own}
              timeline={timeline}
              holes={missing}
              title={w.countAndLimit}
            />
          )}
          <TimeAxis span={timeline} voice={voice} top={axisTop} />
        </svg>
      </div>
      <figcaption>
        <Legend voice={voice} timeline={timeline} counts={counts !== null} bursts={host.bursts.length > 0} />
        {counts === null ? <p class="soft">{w.noCounts}</p> : null}
        <MarkList timeline={timeline} voice={voice} />
      </figcaption>
      <StepTable timeline={timeline} missing={missing} voice={voice} />
    </figure>
  );
}

/** Where things stand, in pixels from the top; without counts and limits there is no lower panel. */
function layoutOf(timeline: Timeline, own: readonly Column[]) {
  const highest = highestCount(timeline);
  const drops: Panel = { ...DROPS, axis: dropAxis(max(own, (c) => c.reported) ?? 0) };
  const counts: Panel | null = highest === null ? null : { ...COUNTS, axis: countAxis(highest) };
  const bottom = counts === null ? DROPS.top + DROPS.size : COUNTS.top + COUNTS.size;
  const strip = bottom + 8;
  const end = strip + STRIP;
  return { drops, counts, frame: { top: DROPS.top, bottom, strip, end }, axisTop: end + 4, height: end + 44 };
}

/** Numbers for the script, as attributes: lists of columns, empty where nothing was measured. */
function dataOf(own: readonly Column[], timeline: Timeline, { tz }: Voice) {
  const list = (of: (column: Column) => number | null) => own.map((c) => of(c) ?? "").join();
  return {
    "data-from": timeline.fromUs,
    "data-to": timeline.toUs,
    "data-step": (own[0]?.toUs ?? 0) - (own[0]?.fromUs ?? 0),
    "data-tz": tz,
    "data-printed": list((c) => c.dropLines),
    "data-reported": list((c) => c.reported),
    "data-low": list((c) => c.entriesMin),
    "data-high": list((c) => c.entriesMax),
    "data-limits": list((c) => c.limit),
  };
}

function description(
  host: HostReport,
  timeline: Timeline,
  own: readonly Column[],
  { w, asked }: Voice,
): string {
  const { holes: known, beyond } = unlogged(timeline, asked);
  const missing = known.length + beyond.length;
  const high = max(own, (c) => c.entriesMax ?? undefined);
  const low = min(own, (c) => c.entriesMin ?? undefined);
  const most = max(own, (c) => c.reported) ?? 0;
  return w.chartDescription(
    w.chartDrops(w.bursts(host.totals.bursts, grouped(host.totals.bursts, w)), grouped(most, w)),
    high === undefined || low === undefined ? w.noCounts : w.chartCounts(grouped(low, w), grouped(high, w)),
    w.chartHoles(missing, grouped(missing, w)),
  );
}

function MarkList({ timeline, voice }: { timeline: Timeline; voice: Voice }) {
  if (timeline.marks.length === 0) return null;
  return (
    <p class="soft">
      {voice.w.marks}
      {": "}
      {timeline.marks
        .map(
          (m) =>
            `${named(voice.w.markLetters, m.kind)} ${instant(m.atUs, voice.tz)} ${markLabel(m, voice.w)}`,
        )
        .join("; ")}
    </p>
  );
}
