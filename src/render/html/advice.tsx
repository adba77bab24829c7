// Advice of one host: values, reasons, costs, and text to install.

import type { Advice, AdviceItem } from "../../model/report.ts";
import { visibleLines } from "../escape.ts";
import { costSentences, warningSentences } from "../host-facts.ts";
import { assumptionText, itemAmount, reasonText, snippetText } from "../statement.ts";
import type { Table } from "../tables.ts";
import type { Voice } from "../voice.ts";
import type { Words } from "../words/en.ts";
import { DataTable } from "./data-table.tsx";

export function AdvicePart({ advice, voice }: { readonly advice: Advice | null; readonly voice: Voice }) {
  const { w } = voice;
  const settings = advice === null ? "" : snippetText(advice, w);
  return (
    <>
      <h3>{w.adviceTitle}</h3>
      {advice === null || advice.items.length === 0 ? (
        <p>{w.noAdvice}</p>
      ) : (
        <>
          <DataTable table={adviceTable(advice, voice)} name={w.adviceTitle} wide={[3]} cards />
          <Costs advice={advice} voice={voice} />
          {settings === "" ? null : <Snippet title={w.snippetTitle} text={settings} />}
          {advice.modprobe === null ? null : <Snippet title={w.modprobeTitle} text={advice.modprobe} />}
        </>
      )}
    </>
  );
}

function Costs({ advice, voice }: { readonly advice: Advice; readonly voice: Voice }) {
  const warnings = warningSentences(advice, voice);
  const costs = costSentences(advice, voice).slice(0, -warnings.length || undefined);
  return (
    <>
      <p class="prose">{costs.join(" ")}</p>
      {warnings.length === 0 ? null : (
        <ul class="prose">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
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
      item.current === null ? w.unknown : itemAmount(item.current, item, w),
      itemAmount(item.value, item, w),
      whyOf(item, w),
    ]),
  };
}

function whyOf(item: AdviceItem, w: Words): string {
  const assumed = assumptionText(item, w);
  return assumed === null ? reasonText(item, w) : `${reasonText(item, w)}; ${w.assumes(assumed)}`;
}

/** Line breaks are elements: in the page's text nothing else may be one. */
function Snippet({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <>
      <p>{title}</p>
      <pre>
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
