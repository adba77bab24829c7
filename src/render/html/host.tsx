// Everything about one host.

import type { HostReport, LimitSpan, Occupancy } from "../../model/report.ts";
import { hostAnswer } from "../answer.ts";
import { hostNotes, hostTitle, limitNotes } from "../host-facts.ts";
import { limitTable, othersSentence, splitLimits } from "../limits.ts";
import { occupancyTables } from "../tables.ts";
import { grouped } from "../units.ts";
import { at, noTimeline, type Voice } from "../voice.ts";
import { AdvicePart } from "./advice.tsx";
import { Bursts } from "./bursts.tsx";
import { Cite } from "./cite.tsx";
import { DataTable } from "./data-table.tsx";
import { hostId } from "./ids.ts";
import { Sentences } from "./sentence.tsx";
import { TimelineFigure } from "./timeline.tsx";

interface HostProps {
  readonly host: HostReport;
  readonly index: number;
  readonly voice: Voice;
  readonly ofSeveral: boolean;
}

export function Host({ host, index, voice, ofSeveral }: HostProps) {
  const { w } = voice;
  const { timeline } = host;
  return (
    <section aria-labelledby={hostId(index)}>
      <h2 id={hostId(index)}>{hostTitle(host, voice)}</h2>
      {ofSeveral ? (
        <p class="prose">
          <Sentences of={hostAnswer(host, voice)} />
        </p>
      ) : null}
      {hostNotes(host, voice).map((note) => (
        <p key={note} class="prose">
          {note}
        </p>
      ))}
      <h3>{w.timeline}</h3>
      {timeline === null ? (
        <p>{noTimeline(voice)}</p>
      ) : (
        <TimelineFigure host={host} index={index} timeline={timeline} voice={voice} />
      )}
      <Bursts host={host} index={index} voice={voice} />
      <Limits host={host} voice={voice} />
      {host.occupancy.length === 0 ? null : <h3>{w.occupancyTitle}</h3>}
      {host.occupancy.map((dump) => (
        <Dump key={dump.citation.byteOffset} dump={dump} voice={voice} />
      ))}
      <AdvicePart advice={host.advice} voice={voice} />
    </section>
  );
}

function Limits({ host, voice }: { readonly host: HostReport; readonly voice: Voice }) {
  const { w } = voice;
  const notes = limitNotes(host, voice);
  const { told, others } = splitLimits(host);
  const left = othersSentence(others, voice);
  return (
    <>
      <h3>{w.limitsTitle}</h3>
      {host.limits.length === 0 ? <p>{w.noLimits}</p> : null}
      {told.length === 0 ? null : <LimitTable spans={told} name={w.limitsTitle} voice={voice} />}
      {notes.map((note) => (
        <p key={note} class="prose">
          {note}
        </p>
      ))}
      {told.length === 0 ? null : (
        <details>
          <summary>{w.evidence}</summary>
          <LimitCites spans={told} voice={voice} />
        </details>
      )}
      {left === null ? null : (
        <details>
          <summary>{left}</summary>
          <LimitTable spans={others} name={left} voice={voice} />
          <LimitCites spans={others} voice={voice} />
        </details>
      )}
    </>
  );
}

interface LimitsProps {
  readonly spans: readonly LimitSpan[];
  readonly name: string;
  readonly voice: Voice;
}

function LimitTable({ spans, name, voice }: LimitsProps) {
  const table = limitTable(spans, voice);
  return <DataTable table={table} name={name} wide={[table.columns.length - 1]} cards />;
}

function LimitCites({ spans, voice }: { readonly spans: readonly LimitSpan[]; readonly voice: Voice }) {
  return (
    <ul class="cites">
      {spans.map((span) => (
        <Cite
          key={`${span.key}${span.sinceUs}`}
          citation={span.citation}
          voice={voice}
          role={`${span.key} = ${span.value}`}
        />
      ))}
    </ul>
  );
}

function Dump({ dump, voice }: { readonly dump: Occupancy; readonly voice: Voice }) {
  const { w } = voice;
  const total = grouped(dump.total, w);
  return (
    <>
      <p>{dump.atUs === null ? w.occupancyUndated(total) : w.occupancyAt(total, at(voice, dump.atUs))}</p>
      <div class="side">
        {occupancyTables(dump, voice).map((table) => (
          <DataTable key={table.columns[0]?.head} table={table} name={table.columns[0]?.head ?? ""} />
        ))}
      </div>
      <ul class="cites">
        <Cite citation={dump.citation} voice={voice} />
      </ul>
    </>
  );
}
