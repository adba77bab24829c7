// Bursts of one host: a table to compare them, then each with its reasons and the lines it rests on.

import type { Burst, HostReport } from "../../model/report.ts";
import { amountSentences, reasons, roleWords, tableSentences, witnessSentences } from "../describe.ts";
import { detailed, evidenceOf, isDated } from "../facts.ts";
import { detailNotes } from "../host-facts.ts";
import { verdictText } from "../statement.ts";
import { burstTable, startOf, type Table } from "../tables.ts";
import { grouped } from "../units.ts";
import { boundWords, number, type Voice } from "../voice.ts";
import { Cite } from "./cite.tsx";
import { DataTable } from "./data-table.tsx";
import { burstId, burstRowId, timelineId } from "./ids.ts";

interface BurstsProps {
  readonly host: HostReport;
  readonly index: number;
  readonly voice: Voice;
}

/** With more bursts than this the details start closed. */
const OPEN_AT_FIRST = 3;

export function Bursts({ host, index, voice }: BurstsProps) {
  if (host.bursts.length === 0) return null;
  return (
    <>
      <h3>{voice.w.burstsTitle}</h3>
      <BurstTable host={host} index={index} voice={voice} />
      {detailNotes(host, voice).map((note) => (
        <p key={note}>{note}</p>
      ))}
      {detailed(host.bursts).map(({ burst, index: i }) => (
        <BurstDetail
          key={burst.burstId}
          burst={burst}
          id={burstId(index, i)}
          n={i + 1}
          voice={voice}
          open={host.bursts.length <= OPEN_AT_FIRST}
        />
      ))}
    </>
  );
}

function BurstTable({ host, index, voice }: BurstsProps) {
  const { w } = voice;
  const table = withBounds(burstTable(host, voice), host, voice);
  const jump = table.columns.length - 1;
  const told = new Set(detailed(host.bursts).map((one) => one.index));
  return (
    <DataTable
      table={table}
      name={w.burstsTitle}
      rowId={(row) => burstRowId(index, row)}
      cell={(text, row, column) => {
        const burst = host.bursts[row];
        if (column === 0) return told.has(row) ? <a href={`#${burstId(index, row)}`}>{text}</a> : text;
        if (column !== jump) return text;
        if (burst === undefined || !isDated(burst) || host.timeline === null) return "";
        return (
          <a
            class="jump"
            href={`#${timelineId(index)}`}
            data-from={burst.startUs}
            data-to={burst.endUs ?? burst.startUs}
          >
            {w.showInTimeline}
          </a>
        );
      }}
    />
  );
}

/** A page has room for what the terminal tells in the details: printed lines and both bounds as numbers. */
function withBounds(table: Table, host: HostReport, voice: Voice): Table {
  const { w } = voice;
  const more = [w.col.printed, w.col.atLeast, w.col.atMost].map((head) => ({ head, right: true }));
  return {
    columns: [
      ...table.columns.slice(0, 3),
      ...more,
      ...table.columns.slice(4),
      { head: w.timeline, keep: true },
    ],
    rows: table.rows.map((row, i) => {
      const burst = host.bursts[i];
      if (burst === undefined) return row;
      const numbers = [
        grouped(burst.dropLines, w),
        grouped(burst.dropsMin, w),
        number(voice, burst.dropsMax),
      ];
      return [...row.slice(0, 3), ...numbers, ...row.slice(4), ""];
    }),
  };
}

interface DetailProps {
  readonly burst: Burst;
  readonly id: string;
  readonly n: number;
  readonly voice: Voice;
  readonly open: boolean;
}

function BurstDetail({ burst, id, n, voice, open }: DetailProps) {
  const { w } = voice;
  const why = reasons(burst, voice);
  const verdict = verdictText(burst, w);
  return (
    <details class="burst" id={id} open={open}>
      <summary>
        <h4>{`${w.burst(String(n))}, ${startOf(burst, voice)}`}</h4>
        <span class="bound">{`: ${boundWords(voice, burst.dropsMin, burst.dropsMax)}`}</span>
      </summary>
      <div class="prose">
        {verdict === null ? null : (
          <p>
            <strong>{verdict}</strong>
          </p>
        )}
        <p>{amountSentences(burst, voice).join(" ")}</p>
        {why.length === 0 ? null : (
          <ul>
            {why.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
        <p>{tableSentences(burst, voice).join(" ")}</p>
        <p>{witnessSentences(burst, voice).join(" ")}</p>
      </div>
      <ul class="cites">
        {evidenceOf(burst).map(({ role, citation }) => (
          <Cite key={role} citation={citation} voice={voice} role={roleWords(role, voice)} />
        ))}
      </ul>
    </details>
  );
}
