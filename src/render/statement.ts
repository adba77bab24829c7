// Sentences that the record holds in English, in the words of the report's language where it has some.

import type { Advice, AdviceItem, Burst, Statement, Timeline } from "../model/report.ts";
import { grouped } from "./units.ts";
import type { Words } from "./words/en.ts";

/** The statement in this language; where its table has no such row, the English text. */
function inWords(said: Statement | null | undefined, text: string, w: Words): string {
  if (said === null || said === undefined || !Object.hasOwn(w.statements, said.id)) return text;
  return (w.statements[said.id] ?? "").replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(said.values, name) ? (said.values[name] ?? "") : "";
    if (typeof value === "number") return grouped(value, w);
    return Object.hasOwn(w.statements, value) ? (w.statements[value] ?? value) : value;
  });
}

export function verdictText({ verdict, verdictSaid }: Burst, w: Words): string | null {
  return verdict === null ? null : inWords(verdictSaid, verdict, w);
}

export function markLabel({ label, labelSaid }: Timeline["marks"][number], w: Words): string {
  return inWords(labelSaid, label, w);
}

export function reasonText({ reason, reasonSaid }: AdviceItem, w: Words): string {
  return inWords(reasonSaid, reason, w);
}

export function assumptionText({ assumption, assumptionSaid }: AdviceItem, w: Words): string | null {
  return assumption === null ? null : inWords(assumptionSaid, assumption, w);
}

export function warningTexts({ warnings, warningsSaid }: Advice, w: Words): readonly string[] {
  return warnings.map((text, i) => inWords(warningsSaid[i], text, w));
}

/** A value of advice with what it counts: `131,072 entries`. */
export function itemAmount(value: number, { unit }: AdviceItem, w: Words): string {
  return w.amount(grouped(value, w), w.units[unit] ?? unit);
}

/** What stands behind a proposed setting: ` (now 65,536 entries): why; assumes: what`. */
export function itemWords(item: AdviceItem, w: Words): string {
  const assumed = assumptionText(item, w);
  const now = item.current === null ? "" : ` (${w.col.now} ${itemAmount(item.current, item, w)})`;
  return `${now}: ${reasonText(item, w)}${assumed === null ? "" : `; ${w.assumes(assumed)}`}`;
}

/** The sysctl.d text. English stands in the record; other languages have the same settings under their own comments. */
export function snippetText(advice: Advice, w: Words): string {
  if (advice.snippet === "" || Object.keys(w.statements).length === 0) return advice.snippet;
  const lines = advice.items
    .filter((item) => item.unit !== "buckets")
    .flatMap((item) => {
      const assumed = assumptionText(item, w);
      return [
        comment(reasonText(item, w)),
        ...(assumed === null ? [] : [comment(w.assumed(assumed))]),
        `${item.key} = ${item.value}`,
      ];
    });
  return `${lines.join("\n")}\n`;
}

/** One line, whatever the text holds: what stands behind a line end would be a setting. */
function comment(text: string): string {
  return `# ${text.replace(/[\r\n]+/g, " ")}`;
}
