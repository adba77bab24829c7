// The parts of the page around the hosts: the answer, key figures, contents, problems, sources.

import type { HostReport, Report } from "../../model/report.ts";
import { answer } from "../answer.ts";
import { visible } from "../escape.ts";
import { limitsMet } from "../facts.ts";
import { fleetSentences } from "../fleet.ts";
import { isEmpty, timeFrame } from "../frame.ts";
import { hostTitle } from "../host-facts.ts";
import { plain } from "../parts.ts";
import { problemTable, sourceTable } from "../tables.ts";
import { grouped } from "../units.ts";
import { CUT_COMMAND, number, type Voice } from "../voice.ts";
import { DataTable } from "./data-table.tsx";
import { hostId } from "./ids.ts";
import { Overview } from "./overview.tsx";
import { Sentences } from "./sentence.tsx";

interface PageProps {
  readonly report: Report;
  readonly voice: Voice;
}

export function Top({ report, voice }: PageProps) {
  return (
    <>
      <h1>{voice.w.title}</h1>
      <div class="answer">
        {answer(report, voice).map((sentence) => (
          <p key={plain(sentence)}>
            <Sentences of={[sentence]} />
          </p>
        ))}
      </div>
      {report.totals.bursts > 0 ? <Figures report={report} voice={voice} /> : null}
      <p class="soft">{timeFrame(report, voice)}</p>
      {fleetSentences(report, voice).map((said) => (
        <p key={said}>{visible(said)}</p>
      ))}
      {report.hosts.length > 1 ? <Contents report={report} voice={voice} /> : null}
      <HatchDefinition />
      {report.hosts.length > 1 ? <Overview report={report} voice={voice} /> : null}
    </>
  );
}

function Figures({ report, voice }: PageProps) {
  const { w } = voice;
  const { totals } = report;
  const [only] = report.hosts.length === 1 ? report.hosts : [];
  const dropping = report.hosts.filter((host) => host.totals.bursts > 0).length;
  const scene =
    only === undefined
      ? {
          name: w.figures.hosts,
          value: w.figures.of(
            grouped(report.fleet?.dropping ?? dropping, w),
            grouped(report.fleet?.hosts ?? report.hosts.length, w),
          ),
          key: false,
        }
      : {
          name: w.figures.limit,
          value: limitFigure(only, voice),
          key: false,
        };
  const figures = [
    { name: w.figures.atLeast, value: grouped(totals.dropsMin, w), key: true },
    { name: w.figures.reported, value: grouped(totals.dropsReported, w), key: true },
    {
      name: w.figures.atMost,
      value: totals.dropsMax === null ? w.figures.noMost : grouped(totals.dropsMax, w),
      key: true,
    },
    scene,
    { name: w.figures.bursts, value: grouped(totals.bursts, w), key: false },
  ];
  return (
    <dl class="figures">
      {figures.map(({ name, value, key }) => (
        <div key={name} class={key ? "key" : undefined}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Limits that the bursts met, oldest first; of many the least and the most. */
function limitFigure(host: HostReport, voice: Voice): string {
  const all = limitsMet(host.bursts);
  const [first, second] = all;
  if (first === undefined) return number(voice, null);
  if (second === undefined) return grouped(first, voice.w);
  if (all.length === 2) return voice.w.figures.both(grouped(first, voice.w), grouped(second, voice.w));
  return `${grouped(Math.min(...all), voice.w)} - ${grouped(Math.max(...all), voice.w)}`;
}

/** More hosts than this are found by the overview, which leads to them as well. */
const MOST_LISTED = 12;

function Contents({ report, voice }: PageProps) {
  const hosts = report.hosts.length > MOST_LISTED ? [] : report.hosts;
  return (
    <nav aria-label={voice.w.contents}>
      <ul>
        {hosts.map((host, i) => (
          <li key={host.host}>
            <a href={`#${hostId(i)}`}>{hostTitle(host, voice)}</a>
          </li>
        ))}
        <li>
          <a href="#problems">{voice.w.problemsTitle}</a>
        </li>
        <li>
          <a href="#sources">{voice.w.sourcesTitle}</a>
        </li>
      </ul>
    </nav>
  );
}

/** The hatch of time without logs, defined once for all charts. */
function HatchDefinition() {
  return (
    <svg class="defs" aria-hidden="true">
      <defs>
        <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line class="hatch" x1="0" y1="0" x2="0" y2="7" />
        </pattern>
      </defs>
    </svg>
  );
}

/** A hash is as long as a line: it stands below its path. */
function Sources({ report, voice }: PageProps) {
  const { w } = voice;
  const { columns, rows } = sourceTable(report, voice);
  const hashed = columns.length - 1;
  const table = { columns: columns.slice(0, hashed), rows: rows.map((row) => row.slice(0, hashed)) };
  return (
    <DataTable
      table={table}
      name={w.sourcesTitle}
      wide={[0]}
      cell={(text, _, column) => (column === 0 ? <code>{text}</code> : text)}
      under={(row) => (
        <>
          {`${w.col.sha256} `}
          <code>{rows[row]?.[hashed]}</code>
        </>
      )}
      cards
    />
  );
}

export function Closing({ report, voice }: PageProps) {
  const { w } = voice;
  if (isEmpty(report)) return null;
  return (
    <>
      <h2 id="problems">{w.problemsTitle}</h2>
      {report.problems.length === 0 ? (
        <p>{w.noProblems}</p>
      ) : (
        <>
          <p class="soft">{w.problemsText}</p>
          <DataTable table={problemTable(report, voice)} name={w.problemsTitle} wide={[2, 3]} cards />
        </>
      )}
      <h2 id="sources">{w.sourcesTitle}</h2>
      {report.sources.length === 0 ? <p>{w.noSources}</p> : <Sources report={report} voice={voice} />}
      <p class="soft">
        {[w.footer, w.hashesCopied, w.cutting].join(" ")} <code>{CUT_COMMAND}</code>
      </p>
    </>
  );
}
