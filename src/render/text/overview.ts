// Several hosts: who dropped how much, and one strip each on one time axis.

import type { HostReport, Report } from "../../model/report.ts";
import { visible } from "../escape.ts";
import { missingIn, type Span, wholeSpan } from "../facts.ts";
import { hostTitle } from "../host-facts.ts";
import { hostTable } from "../tables.ts";
import { chop, widthOf } from "./layout.ts";
import { drawTable, heading, type Page, prose } from "./page.ts";
import { type Cell, drawRow } from "./paint.ts";
import { axisRows, type Ground } from "./strips.ts";

/** Columns that a host's name has at least beside its strip; on wide terminals a third of the width. */
const LEAST_NAME = 16;

/** Names of one fleet begin alike or end alike: the middle is left out. */
function shortened(name: string, most: number, ascii: boolean): string {
  if (widthOf(name) <= most) return name;
  // Wide letters: what is cut off is counted by columns, not by letters.
  if (widthOf(name) !== name.length) return chop(name, most)[0] ?? "";
  const tail = Math.floor((most - 1) / 2);
  return `${name.slice(0, most - 1 - tail)}${ascii ? "~" : "…"}${name.slice(-tail)}`;
}

export function* overview(report: Report, page: Page): Iterable<string> {
  const { w } = page.voice;
  yield* heading(w.overview, page);
  yield* drawTable(hostTable(report, page.voice), page);
  const span = wholeSpan(report.hosts);
  if (span === null) return;
  const most = Math.max(LEAST_NAME, Math.floor(page.width / 3));
  const names = report.hosts.map((host) => shortened(visible(hostTitle(host, page.voice)), most, page.ascii));
  const gutter = Math.max(...names.map(widthOf));
  const ground: Ground = { ...span, width: page.width - gutter - 2, ascii: page.ascii };
  const bar = page.ascii ? "|" : "│";
  const row = (name: string, cells: readonly Cell[], edge: string) =>
    `${name}${" ".repeat(gutter - widthOf(name))} ${edge}${drawRow(cells, page.paint)}`.trimEnd();
  yield* ["", ...prose(w.overviewText, page)];
  for (const [i, host] of report.hosts.entries()) yield row(names[i] ?? "", strip(host, span, ground), bar);
  const [line = [], ...labels] = axisRows(ground, page.voice);
  yield row("", line, page.ascii ? "+" : "└");
  for (const cells of labels) yield row("", cells, " ");
  const signs = page.ascii ? ["#", "=", "/"] : ["█", "·", "╱"];
  const legend = `${signs[0]} ${w.stripDrops}, ${signs[1]} ${w.legendCovered}, ${signs[2]} ${w.noLog}`;
  yield* prose(legend, page).map((text) => page.paint("dim", text));
}

function strip({ timeline }: HostReport, span: Span, ground: Ground): readonly Cell[] {
  const missing = missingIn(timeline, span);
  const step = (span.toUs - span.fromUs) / ground.width;
  return Array.from({ length: ground.width }, (_, x): Cell => {
    const from = span.fromUs + x * step;
    const within = (s: Span) => s.fromUs < from + step && s.toUs > from;
    const dropped = timeline?.buckets.some(
      (b) => b.dropLines > 0 && within({ fromUs: b.atUs, toUs: b.atUs + timeline.bucketUs }),
    );
    if (dropped === true) return { char: ground.ascii ? "#" : "█", tone: "printed" };
    if (missing.some(within)) return { char: ground.ascii ? "/" : "╱", tone: "plain" };
    return { char: ground.ascii ? "=" : "·", tone: "dim" };
  });
}
