// Advice of one host: values, reasons, costs, and text to install.

import type { Advice } from "../../model/report.ts";
import { visibleLines } from "../escape.ts";
import { costSentences } from "../host-facts.ts";
import type { Table } from "../tables.ts";
import { grouped } from "../units.ts";
import { number, type Voice } from "../voice.ts";
import { DataTable } from "./data-table.tsx";

export function AdvicePart({ advice, voice }: { readonly advice: Advice | null; readonly voice: Voice }) {
  const { w } = voice;
  return (
    <>
      <h3>{w.adviceTitle}</h3>
      {advice === null || advice.items.length === 0 ? (
        <p>{w.noAdvice}</p>
      ) : (
        <>
          <DataTable table={adviceTable(advice, voice)} name={w.adviceTitle} wide={[3]} />
          <p class="prose">{costSentences(advice, voice).join(" ")}</p>
          {advice.snippet === "" ? null : <Snippet title={w.snippetTitle} text={advice.snippet} />}
          {advice.modprobe === null ? null : <Snippet title={w.modprobeTitle} text={advice.modprobe} />}
        </>
      )}
    </>
  );
}

function adviceTable(advice: Advice, voice: Voice): Table {
  const { w } = voice;
  return {
    columns: [
      { head: w.col.key },
      { head: w.col.now, right: true },
      { head: w.col.proposed, right: true },
      { head: w.col.why },
    ],
    rows: advice.items.map((item) => [
      item.key,
      number(voice, item.current),
      grouped(item.value, w),
      item.assumption === null ? item.reason : `${item.reason} ${w.assumes(item.assumption)}`,
    ]),
  };
}

/** Line breaks are elements: in the page's text nothing else may be one. */
function Snippet({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <>
      <p>{title}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard */}
      <pre tabIndex={0}>
        {visibleLines(text).map((line) => (
          <>
            {line}
            <br />
          </>
        ))}
      </pre>
    </>
  );
}
