// The report as one page that needs nothing but itself: no network, and readable without its script. The policy in
// its head allows exactly one script and one style sheet, by their hashes, whatever else log text may smuggle in.

import { createHash } from "node:crypto";
import type { VNode } from "preact";
import { render } from "preact-render-to-string";
import type { Report } from "../model/report.ts";
import { visible } from "./escape.ts";
import { Host } from "./html/host.tsx";
import { Closing, Top } from "./html/page.tsx";
import { scriptFor } from "./html/script.ts";
import { STYLE } from "./html/style.ts";
import type { RenderOptions } from "./renderer.ts";
import { voiceOf } from "./voice.ts";

/** Markup of a part. Preact escapes; what would steer the display is made visible, line breaks included. */
function markup(node: VNode): string {
  return visible(render(node));
}

function sourceHash(text: string): string {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}

export function* renderHtml(report: Report, _options: RenderOptions): Iterable<string> {
  const voice = voiceOf(report);
  const { w } = voice;
  const script = scriptFor(w);
  const policy = [
    "default-src 'none'",
    `script-src ${sourceHash(script)}`,
    `style-src ${sourceHash(STYLE)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const [only] = report.hosts.length === 1 ? report.hosts : [];
  const title = only === undefined ? w.title : `${only.host}: ${w.title}`;
  yield `<!doctype html>\n<html lang="${w.language}">\n<head>\n<meta charset="utf-8">\n`;
  yield `${markup(<meta http-equiv="Content-Security-Policy" content={policy} />)}\n`;
  yield `<meta name="viewport" content="width=device-width, initial-scale=1">\n`;
  yield `<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n`;
  yield `${markup(<title>{title}</title>)}\n<style>${STYLE}</style>\n</head>\n<body>\n<main>\n`;
  yield `${markup(<Top report={report} voice={voice} />)}\n`;
  for (const [i, host] of report.hosts.entries()) {
    yield `${markup(<Host host={host} index={i} voice={voice} ofSeveral={report.hosts.length > 1} />)}\n`;
  }
  yield `${markup(<Closing report={report} voice={voice} />)}\n</main>\n<script>${script}</script>\n</body>\n</html>\n`;
}
