// The report as Markdown for a ticket: plain GitHub tables, log lines as code spans, the timeline as a code block.

import { markdownTable } from "markdown-table";
import type { Advice, Burst, HostReport, Occupancy, Report } from "../model/report.ts";
import { answer, hostAnswer } from "./answer.ts";
import { amountSentences, reasons, roleWords, tableSentences, witnessSentences } from "./describe.ts";
import { markdownCode, markdownText, visibleLines } from "./escape.ts";
import { detailed, evidenceOf } from "./facts.ts";
import { fleetSentences } from "./fleet.ts";
import { isEmpty, timeFrame } from "./frame.ts";
import { holeSentences } from "./holes.ts";
import { costSentences, detailNotes, hostNotes, hostTitle, limitNotes } from "./host-facts.ts";
import { limitTable, othersSentence, splitLimits } from "./limits.ts";
import type { Part } from "./parts.ts";
import type { RenderOptions } from "./renderer.ts";
import { itemWords, snippetText, verdictText } from "./statement.ts";
import * as tables from "./tables.ts";
import { chart } from "./text/chart.ts";
import { widthOf } from "./text/layout.ts";
import { painter } from "./text/paint.ts";
import { grouped } from "./units.ts";
import { at, CUT_COMMAND, noTimeline, place, type Voice, voiceOf } from "./voice.ts";

export function* renderMarkdown(report: Report, options: RenderOptions): Iterable<string> {
  for (const block of blocks(report, options)) yield `${block}\n`;
}

/** Paragraphs, tables and lists; each ends with a line end of its own, so a blank line follows it. */
function* blocks(report: Report, options: RenderOptions): Iterable<string> {
  const voice = voiceOf(report);
  const { w } = voice;
  yield paragraph(answer(report, voice).map(sentence).join(" "));
  yield paragraph(markdownText(timeFrame(report, voice)));
  if (isEmpty(report)) return;
  for (const said of fleetSentences(report, voice)) yield paragraph(markdownText(said));
  if (report.hosts.length > 1) {
    yield heading(2, w.overview);
    yield table(tables.hostTable(report, voice));
  }
  for (const host of report.hosts) yield* hostBlocks(host, voice, options, report.hosts.length > 1);
  yield heading(2, w.problemsTitle);
  yield report.problems.length === 0 ? paragraph(w.noProblems) : table(tables.problemTable(report, voice));
  yield heading(2, w.sourcesTitle);
  yield report.sources.length === 0
    ? paragraph(w.noSources)
    : table(tables.sourceTable(report, voice), [0, 10]);
  yield paragraph(markdownText([w.footer, w.hashesElsewhere, w.cutting].join(" ")));
  yield fence(CUT_COMMAND, "sh");
}

const paragraph = (text: string) => `${text}\n`;
const heading = (level: number, text: string) => `${"#".repeat(level)} ${markdownText(text)}\n`;
const bullets = (items: readonly string[]) => `${items.map((item) => `- ${item}`).join("\n")}\n`;

function sentence(parts: readonly Part[]): string {
  return parts
    .map((part) => (typeof part === "string" ? markdownText(part) : `**${markdownText(part.strong)}**`))
    .join("");
}

/** Columns in `code` hold paths and hashes: as code spans. */
function table({ columns, rows }: tables.Table, code: readonly number[] = []): string {
  const cells = rows.map((row) =>
    row.map((cell, i) => (code.includes(i) ? markdownCode(cell, true) : markdownText(cell))),
  );
  const align = columns.map((column) => (column.right === true ? "r" : "l"));
  return `${markdownTable([columns.map((column) => column.head), ...cells], { align, stringLength: widthOf })}\n`;
}

function fence(text: string, language = "text"): string {
  const lines = visibleLines(text);
  const longest = Math.max(
    2,
    ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)),
  );
  const mark = "`".repeat(longest + 1);
  return `${mark}${language}\n${lines.join("\n")}\n${mark}\n`;
}

function* hostBlocks(
  host: HostReport,
  voice: Voice,
  options: RenderOptions,
  ofSeveral: boolean,
): Iterable<string> {
  const { w } = voice;
  yield heading(2, hostTitle(host, voice));
  if (ofSeveral) yield paragraph(hostAnswer(host, voice).map(sentence).join(" "));
  for (const note of hostNotes(host, voice)) yield paragraph(markdownText(note));
  yield heading(3, w.timeline);
  if (host.timeline === null) yield paragraph(noTimeline(voice));
  else {
    const style = { width: 80, ascii: options.ascii, paint: painter(false) };
    yield fence(chart(host, host.timeline, voice, style).join("\n"));
    const missing = holeSentences(host.timeline, voice);
    if (missing.length > 0) yield bullets(missing.map(markdownText));
  }
  if (host.bursts.length > 0) {
    yield heading(3, w.burstsTitle);
    yield table(tables.burstTable(host, voice));
    for (const note of detailNotes(host, voice)) yield paragraph(markdownText(note));
    for (const { burst, index } of detailed(host.bursts)) yield* burstBlocks(burst, index + 1, voice);
  }
  yield heading(3, w.limitsTitle);
  yield* limitBlocks(host, voice);
  const notes = limitNotes(host, voice);
  if (notes.length > 0) yield bullets(notes.map(markdownText));
  for (const dump of host.occupancy) yield* occupancyBlocks(dump, voice);
  yield* adviceBlocks(host.advice, voice);
}

function* burstBlocks(burst: Burst, n: number, voice: Voice): Iterable<string> {
  yield heading(4, `${voice.w.burst(String(n))}, ${tables.startOf(burst, voice)}`);
  const verdict = verdictText(burst, voice.w);
  const told = [
    ...(verdict === null ? [] : [verdict]),
    amountSentences(burst, voice).join(" "),
    ...reasons(burst, voice),
    tableSentences(burst, voice).join(" "),
    witnessSentences(burst, voice).join(" "),
  ].map(markdownText);
  const cited = evidenceOf(burst).map(
    ({ role, citation }) =>
      `${markdownText(roleWords(role, voice))}: ${markdownCode(place(voice, citation))}: ${markdownCode(citation.text)}`,
  );
  yield bullets([...told, ...cited]);
}

function* limitBlocks(host: HostReport, voice: Voice): Iterable<string> {
  const { told, others } = splitLimits(host);
  if (host.limits.length === 0) yield paragraph(voice.w.noLimits);
  if (told.length > 0) {
    yield table(limitTable(told, voice));
    yield bullets(
      told.map(({ key, value, citation }) => {
        const line = markdownCode(citation.text);
        return `${markdownCode(`${key} = ${value}`)}: ${markdownCode(place(voice, citation))}: ${line}`;
      }),
    );
  }
  const left = othersSentence(others, voice);
  if (left !== null) yield paragraph(markdownText(`${left}. ${voice.w.otherLimitsWhere}`));
}

function* occupancyBlocks(dump: Occupancy, voice: Voice): Iterable<string> {
  const { w } = voice;
  yield heading(3, w.occupancyTitle);
  const total = grouped(dump.total, w);
  const told = dump.atUs === null ? w.occupancyUndated(total) : w.occupancyAt(total, at(voice, dump.atUs));
  yield paragraph(`${markdownText(told)} ${markdownCode(place(voice, dump.citation))}`);
  for (const part of tables.occupancyTables(dump, voice)) yield table(part);
}

function* adviceBlocks(advice: Advice | null, voice: Voice): Iterable<string> {
  const { w } = voice;
  yield heading(3, w.adviceTitle);
  if (advice === null || advice.items.length === 0) {
    yield paragraph(w.noAdvice);
    return;
  }
  const items = advice.items.map(
    (item) => `${markdownCode(`${item.key} = ${item.value}`)}${markdownText(itemWords(item, w))}`,
  );
  yield bullets([...items, ...costSentences(advice, voice).map(markdownText)]);
  const settings = snippetText(advice, w);
  if (settings !== "") yield `${w.snippetTitle}\n\n${fence(settings)}`;
  if (advice.modprobe !== null) yield `${w.modprobeTitle}\n\n${fence(advice.modprobe)}`;
}
