// The report for a terminal: the answer first, then each host's timeline and bursts, then what it rests on.

import type { Report } from "../model/report.ts";
import type { ReportSource } from "../model/report-source.ts";
import { answer } from "./answer.ts";
import { visible } from "./escape.ts";
import { fleetSentences } from "./fleet.ts";
import { isEmpty, timeFrame } from "./frame.ts";
import { sourceSentences } from "./host-facts.ts";
import type { Part } from "./parts.ts";
import type { RenderOptions } from "./renderer.ts";
import { problemTable } from "./tables.ts";
import { hostSection } from "./text/host.ts";
import { hang, wrap } from "./text/layout.ts";
import { overview } from "./text/overview.ts";
import { drawTable, heading, type Page, prose } from "./text/page.ts";
import { type Paint, painter } from "./text/paint.ts";
import { CUT_COMMAND, voiceOf } from "./voice.ts";

/** Prose is read in lines of at most this many columns, however wide the terminal. */
const PROSE = 100;

export function* renderText(report: Report, options: RenderOptions): Iterable<string> {
  for (const line of lines(report, options)) yield `${line}\n`;
}

function* lines(report: Report, options: RenderOptions): Iterable<string> {
  const voice = voiceOf(report, options.ascii);
  const width = Math.max(40, options.width);
  const paint = painter(options.colour);
  const page: Page = { voice, width, prose: Math.min(width, PROSE), paint, ascii: options.ascii };
  yield* paragraph(answer(report, voice), page);
  yield "";
  yield* prose(timeFrame(report, voice), page).map((line) => paint("dim", line));
  if (isEmpty(report)) return;
  for (const said of fleetSentences(report, voice)) yield* ["", ...prose(said, page)];
  if (report.hosts.length > 1) yield* overview(report, page);
  for (const host of report.hosts) yield* hostSection(host, page, report.hosts.length > 1);
  yield* closing(report, page);
}

/** Bold words stay whole through wrapping: marked before, painted after. */
function paragraph(sentences: readonly (readonly Part[])[], page: Page): string[] {
  const words = sentences.flatMap((sentence, i) => [
    ...(i === 0 ? [] : [{ text: " ", bold: false }]),
    ...sentence.map((part) =>
      typeof part === "string"
        ? { text: visible(part), bold: false }
        : { text: visible(part.strong), bold: true },
    ),
  ]);
  const characters = words.flatMap(({ text, bold }) => [...text].map((character) => ({ character, bold })));
  let from = 0;
  return wrap(words.map((word) => word.text).join(""), page.prose).map((line) => {
    while (characters[from]?.character === " ") from += 1;
    const length = [...line].length;
    const run = characters.slice(from, from + length);
    from += length;
    return boldRuns(run, page.paint);
  });
}

function boldRuns(characters: readonly { character: string; bold: boolean }[], paint: Paint): string {
  const runs: { text: string; bold: boolean }[] = [];
  for (const { character, bold } of characters) {
    const last = runs.at(-1);
    if (last !== undefined && last.bold === bold) last.text += character;
    else runs.push({ text: character, bold });
  }
  return runs.map((run) => paint(run.bold ? "bold" : "plain", run.text)).join("");
}

function* closing(report: Report, page: Page): Iterable<string> {
  const { w } = page.voice;
  yield* heading(w.problemsTitle, page);
  if (report.problems.length === 0) yield* prose(w.noProblems, page);
  else yield* drawTable(problemTable(report, page.voice), page);
  yield* heading(w.sourcesTitle, page);
  if (report.sources.length === 0) yield* prose(w.noSources, page);
  for (const source of report.sources) yield* sourceLines(source, page);
  yield "";
  const closing = [
    ...prose([w.footer, w.hashesElsewhere, w.cutting].join(" "), page),
    "",
    ...hang("    ", CUT_COMMAND, page.width),
  ];
  yield* closing.map((line) => page.paint("dim", line));
}

function sourceLines(source: ReportSource, page: Page): string[] {
  const [name = "", ...told] = sourceSentences(source, page.voice).map(visible);
  return [...hang("- ", name, page.width), ...told.flatMap((line) => hang("  ", line, page.width))];
}
