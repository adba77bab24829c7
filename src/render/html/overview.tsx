// Several hosts: one strip each, all on one time axis and one scale.

import { max } from "d3-array";
import type { HostReport, Report, Timeline } from "../../model/report.ts";
import { missingIn, type Span, wholeSpan } from "../facts.ts";
import { holeText } from "../holes.ts";
import { hostTitle } from "../host-facts.ts";
import { type Axis, columns, dropAxis } from "../series.ts";
import { grouped } from "../units.ts";
import { boundShort, noneShort, type Voice } from "../voice.ts";
import { ends } from "../zone.ts";
import { TimeAxis } from "./axis.tsx";
import { BOX, bars, heightIn, type Place, percentOf, placeIn } from "./geometry.ts";
import { hostId } from "./ids.ts";
import { Scroll } from "./scroll.tsx";

const HEIGHT = 26;
const MOST_COLUMNS = 400;

export function Overview({ report, voice }: { readonly report: Report; readonly voice: Voice }) {
  const { w } = voice;
  const span = wholeSpan(report.hosts);
  const most = max(report.hosts, ({ timeline }) =>
    timeline === null ? 0 : max(columns(timeline, MOST_COLUMNS), (column) => column.reported),
  );
  const axis = dropAxis(most ?? 0);
  const heads = [w.col.bursts, w.col.reported];
  return (
    <section aria-labelledby="overview">
      <h2 id="overview">{w.overview}</h2>
      <p class="soft">{w.overviewText}</p>
      <Scroll name={w.overview}>
        <table class="strips">
          <thead>
            <tr>
              <th scope="col">{w.col.host}</th>
              <th scope="col">{w.timeline}</th>
              <th scope="col">{w.col.dropped}</th>
              {heads.map((head) => (
                <th key={head} scope="col" class="n">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.hosts.map((host, i) => (
              <HostRow key={host.host} host={host} index={i} span={span} axis={axis} voice={voice} />
            ))}
            {span === null ? null : (
              <tr class="axis">
                <td />
                <td class="strip">
                  <svg aria-hidden="true" height="40">
                    <TimeAxis span={span} voice={voice} top={1} />
                  </svg>
                </td>
                <td colSpan={3} />
              </tr>
            )}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

interface RowProps {
  readonly host: HostReport;
  readonly index: number;
  readonly span: Span | null;
  readonly axis: Axis;
  readonly voice: Voice;
}

function HostRow({ host, index, span, axis, voice }: RowProps) {
  const { totals } = host;
  return (
    <tr>
      <th scope="row">
        <a class={host.host.length <= 20 ? "keep" : undefined} href={`#${hostId(index)}`}>
          {hostTitle(host, voice)}
        </a>
      </th>
      <td class="strip">
        {span === null ? null : <Strip host={host} span={span} axis={axis} voice={voice} />}
      </td>
      <td class="d" data-head={voice.w.col.dropped}>
        {totals.bursts === 0
          ? noneShort(voice, host.hasLogs)
          : boundShort(voice, totals.dropsMin, totals.dropsMax)}
      </td>
      <td class="n" data-head={voice.w.col.bursts}>
        {grouped(totals.bursts, voice.w)}
      </td>
      <td class="n" data-head={voice.w.col.reported}>
        {grouped(totals.dropsReported, voice.w)}
      </td>
    </tr>
  );
}

function Strip({ host, span, axis, voice }: Omit<RowProps, "index" | "span"> & { readonly span: Span }) {
  const { timeline } = host;
  const place = placeIn(span);
  const own = timeline === null ? [] : columns(timeline, MOST_COLUMNS);
  const height = heightIn(axis, HEIGHT);
  const missing = missingIn(timeline, span);
  return (
    <svg
      role="img"
      aria-label={voice.w.chartName(host.host, ...ends(span.fromUs, span.toUs, voice.tz))}
      height={HEIGHT}
    >
      <StripHoles missing={missing} timeline={timeline} place={place} voice={voice} />
      <svg
        class="clip"
        aria-hidden="true"
        width="100%"
        height={HEIGHT}
        viewBox={`0 0 ${BOX} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        <path
          class="band"
          d={bars(
            own,
            place,
            (c) => height(c.dropLines),
            (c) => height(c.reported),
          )}
        />
        <path
          class="printed"
          d={bars(
            own,
            place,
            () => HEIGHT,
            (c) => height(c.dropLines),
          )}
        />
      </svg>
      <line class="base" x1="0" x2="100%" y1={HEIGHT} y2={HEIGHT} />
    </svg>
  );
}

interface HolesProps {
  readonly missing: readonly Span[];
  readonly timeline: Timeline | null;
  readonly place: Place;
  readonly voice: Voice;
}

function StripHoles({ missing, timeline, place, voice }: HolesProps) {
  return (
    <>
      {missing.map(({ fromUs, toUs }) => (
        <g key={fromUs}>
          <title>{holeText({ fromUs, toUs }, timeline, voice)}</title>
          <rect
            class="hole"
            x={percentOf(place(fromUs))}
            width={percentOf(place(toUs) - place(fromUs))}
            y="0"
            height={HEIGHT}
          />
        </g>
      ))}
    </>
  );
}
