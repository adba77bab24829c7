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
}

export const FORMATS: Readonly<Record<FormatName, Format>> = {
  text: { render: renderText, extension: "txt", mediaType: "text/plain; charset=utf-8" },
  html: { render: renderHtml, extension: "html", mediaType: "text/html; charset=utf-8" },
  markdown: { render: renderMarkdown, extension: "md", mediaType: "text/markdown; charset=utf-8" },
  json: { render: renderJson, extension: "json", mediaType: "application/json" },
  csv: { render: renderCsv, extension: "csv", mediaType: "text/csv; charset=utf-8" },
};
