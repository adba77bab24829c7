// One host in the text report.

import type { Burst, Citation, HostReport } from "../../model/report.ts";
import { hostAnswer } from "../answer.ts";
import { amountSentences, reasons, roleWords, tableSentences, witnessSentences } from "../describe.ts";
import { visible } from "../escape.ts";
import { detailed, evidenceOf } from "../facts.ts";
import { holeSentences } from "../holes.ts";
import { detailNotes, hostNotes, hostTitle, limitNotes } from "../host-facts.ts";
import { limitTable, othersSentence, splitLimits } from "../limits.ts";
import { plain } from "../parts.ts";
import { verdictText } from "../statement.ts";
import { burstTable, occupancyTables, startOf } from "../tables.ts";
import { grouped } from "../units.ts";
import { at, noTimeline, place } from "../voice.ts";
import { adviceSection } from "./advice.ts";
import { chart } from "./chart.ts";
import { chop, hang } from "./layout.ts";
import { bullet, drawTable, heading, type Page, prose } from "./page.ts";

export function* hostSection(host: HostReport, page: Page, ofSeveral: boolean): Iterable<string> {
  const { voice } = page;
  const { w } = voice;
  yield* heading(hostTitle(host, voice), page);
  if (ofSeveral) {
    yield* prose(hostAnswer(host, voice).map(plain).join(" "), page);
  }
  for (const note of hostNotes(host, voice)) yield* prose(note, page);
  yield* heading(w.timeline, page, "");
  if (host.timeline === null) yield* prose(noTimeline(voice), page);
  else {
    yield* chart(host, host.timeline, voice, page);
    for (const hole of holeSentences(host.timeline, voice)) yield* prose(hole, page);
  }
  if (host.bursts.length > 0) yield* bursts(host, page);
  yield* limits(host, page);
  yield* occupancy(host, page);
  yield* adviceSection(host.advice, page);
}

function* bursts(host: HostReport, page: Page): Iterable<string> {
  yield* heading(page.voice.w.burstsTitle, page, "");
  yield* drawTable(burstTable(host, page.voice), page);
  const told = detailed(host.bursts);
  for (const note of detailNotes(host, page.voice)) yield* ["", ...prose(note, page)];
  for (const { burst, index } of told) yield* burstDetail(burst, index + 1, page);
}

function* burstDetail(burst: Burst, n: number, page: Page): Iterable<string> {
  const { voice } = page;
  yield* heading(`${voice.w.burst(String(n))}, ${startOf(burst, voice)}`, page, "");
  const verdict = verdictText(burst, voice.w);
  if (verdict !== null) yield* hang("  ", visible(verdict), page.prose);
  yield* hang("  ", visible(amountSentences(burst, voice).join(" ")), page.prose);
  for (const reason of reasons(burst, voice)) yield* bullet(reason, page);
  yield* hang("  ", visible(tableSentences(burst, voice).join(" ")), page.prose);
  yield* hang("  ", visible(witnessSentences(burst, voice).join(" ")), page.prose);
  for (const { role, citation } of evidenceOf(burst)) {
    yield* bullet(`${roleWords(role, voice)}: ${place(voice, citation)}`, page);
    yield* cited(citation, page);
  }
}

function cited({ text }: Citation, page: Page): readonly string[] {
  return hang("      ", visible(text), page.width, chop).map((line) => page.paint("dim", line));
}

function* limits(host: HostReport, page: Page): Iterable<string> {
  const { w } = page.voice;
  yield* heading(w.limitsTitle, page, "");
  const { told, others } = splitLimits(host);
  if (host.limits.length === 0) yield* prose(w.noLimits, page);
  if (told.length > 0) yield* drawTable(limitTable(told, page.voice), page);
  const left = othersSentence(others, page.voice);
  if (left !== null) yield* prose(`${left}. ${w.otherLimitsWhere}`, page);
  for (const { key, value, citation } of told) {
    yield* bullet(`${key} = ${value}: ${place(page.voice, citation)}`, page);
    yield* cited(citation, page);
  }
  for (const note of limitNotes(host, page.voice)) yield* prose(note, page);
}

function* occupancy(host: HostReport, page: Page): Iterable<string> {
  if (host.occupancy.length === 0) return;
  const { voice } = page;
  yield* heading(voice.w.occupancyTitle, page, "");
  for (const dump of host.occupancy) {
    const sentence =
      dump.atUs === null
        ? voice.w.occupancyUndated(grouped(dump.total, voice.w))
        : voice.w.occupancyAt(grouped(dump.total, voice.w), at(voice, dump.atUs));
    yield* prose(`${sentence} ${place(voice, dump.citation)}.`, page);
    for (const table of occupancyTables(dump, voice)) yield* ["", ...drawTable(table, page)];
  }
}
