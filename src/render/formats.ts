// The formats a report can be had in.

import { renderCsv } from "./csv.ts";
import { renderHtml } from "./html.tsx";
import { renderJson } from "./json.ts";
import { renderMarkdown } from "./markdown.ts";
import type { Renderer } from "./renderer.ts";
import { renderText } from "./text.ts";

export type FormatName = "text" | "html" | "markdown" | "json" | "csv";

export interface Format {
  readonly render: Renderer;
  /** Of a file name, without the dot. */
  readonly extension: string;
  readonly mediaType: string;
  /** Bursts that it can tell one by one: of more, a report has the largest. */
  readonly mostBursts: number;
}

/** What somebody can read, and what a browser shows at once. */
const MOST_PAGE = 1_000;
/** A burst with all it cites is 4 KB. */
const MOST_RECORDS = 2_000;
/** A line each. Bounded all the same, for a report stands in memory as a whole. */
const MOST_ROWS = 20_000;

export const FORMATS: Readonly<Record<FormatName, Format>> = {
  text: {
    render: renderText,
    extension: "txt",
    mediaType: "text/plain; charset=utf-8",
    mostBursts: MOST_PAGE,
  },
  html: {
    render: renderHtml,
    extension: "html",
    mediaType: "text/html; charset=utf-8",
    mostBursts: MOST_PAGE,
  },
  markdown: {
    render: renderMarkdown,
    extension: "md",
    mediaType: "text/markdown; charset=utf-8",
    mostBursts: MOST_PAGE,
  },
  json: { render: renderJson, extension: "json", mediaType: "application/json", mostBursts: MOST_RECORDS },
  csv: { render: renderCsv, extension: "csv", mediaType: "text/csv; charset=utf-8", mostBursts: MOST_ROWS },
};
