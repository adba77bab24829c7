// Rendering for the tests of this folder.

import type { Report } from "../../src/model/report.ts";
import { FORMATS, type FormatName } from "../../src/render/formats.ts";
import type { RenderOptions } from "../../src/render/renderer.ts";

export const NAMES = Object.keys(FORMATS) as FormatName[];

export function rendered(format: FormatName, report: Report, over: Partial<RenderOptions> = {}): string {
  return [...FORMATS[format].render(report, { width: 80, colour: false, ascii: false, ...over })].join("");
}

export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Opening tags of a page, read as a browser does: a quoted value may hold anything but its quote. */
export function tagsOf(html: string): readonly Tag[] {
  const markup = html.replace(/<(script|style)>[\s\S]*?<\/\1>/g, "<$1></$1>");
  const tag = /<([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/gi;
  return [...markup.matchAll(tag)].map(([, name = "", rest = ""]) => ({
    name,
    attributes: new Map(
      [...rest.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, key = "", value = ""]) => [key, value]),
    ),
  }));
}
