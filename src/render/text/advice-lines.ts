// The advice of one host as plain lines, for `conntrail advise`.

import type { HostReport } from "../../model/report.ts";
import { roleWords } from "../describe.ts";
import { visible, visibleLines } from "../escape.ts";
import { costSentences } from "../host-facts.ts";
import { assumptionText, itemAmount, reasonText, snippetText } from "../statement.ts";
import { grouped } from "../units.ts";
import { boundWords, place, type Voice } from "../voice.ts";
import { wordsFor } from "../words.ts";

/** Characters of a cited line that are shown. */
const LONGEST_CITED = 100;

/** Each value with its reason, then the files to install and what to mind. */
export function adviceLines(host: HostReport, lang = "en"): string[] {
  const { advice } = host;
  if (advice === null) return [];
  const w = wordsFor(lang);
  const asked = { sinceUs: null, untilUs: null };
  const voice: Voice = { w, tz: "UTC", zoneName: "UTC", asked, trustedOnly: false };
  const out = [`${w.col.host} ${visible(host.host)}`];
  for (const item of advice.items) {
    const assumed = assumptionText(item, w);
    const now = item.current === null ? "" : ` (${w.col.now} ${itemAmount(item.current, item, w)})`;
    out.push(
      `  ${visible(item.key)} = ${item.value}${now}`,
      `    ${w.col.why}: ${visible(reasonText(item, w))}`,
    );
    if (assumed !== null) out.push(`    ${visible(w.assumes(assumed))}`);
  }
  out.push(...costSentences(advice, voice).map((sentence) => `  ${visible(sentence)}`));
  const files = [
    ["/etc/sysctl.d/90-conntrack.conf", snippetText(advice, w)],
    ["/etc/modprobe.d/conntrack.conf", advice.modprobe ?? ""],
  ] as const;
  for (const [file, text] of files) {
    if (text !== "") out.push(`  ${file}:`, ...visibleLines(text).map((line) => `    ${line}`));
  }
  for (const burst of host.bursts) {
    const drops = boundWords(voice, burst.dropsMin, burst.dropsMax);
    out.push(`  ${w.col.dropped}: ${drops}; ${visible(place(voice, burst.first))}`);
    for (const { role, citation } of burst.evidence) {
      const text = visible(citation.text.slice(0, LONGEST_CITED));
      out.push(`    ${visible(roleWords(role, voice))}: ${visible(place(voice, citation))}: ${text}`);
    }
  }
  if (host.burstsLeftOut > 0)
    out.push(`  ${w.burstsLeft(host.burstsLeftOut, grouped(host.burstsLeftOut, w))}`);
  return out;
}
