// Pasted excerpts: what mail programs, forums, terminals and grep put around a line. Tried only on lines in no known
// format, so that a clean log pays nothing; the text of every line is freed of what no kernel ever printed.

import { LOOKS, SORTS } from "../model/markup.ts";

/** Letters that stand for others. Dashes: the banner's "-" comes back as U+2013 or U+2212 from some pages. */
const LOOKALIKES: readonly (readonly [find: RegExp, put: string])[] = [
  [/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, "-"],
  [/[\u201c-\u201f\u00ab\u00bb\u2033]/g, '"'],
  [/[\u2018-\u201b\u2032]/g, "'"],
  [/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, " "],
  [/[\u200b-\u200f\u2060\ufeff]/g, ""],
];

// ECMA-48: CSI and OSC sequences, two-character escapes; rsyslog writes ESC as #033, terminals show it as ^[.
const ESCAPES =
  /(?:\u001b|#033|\^\[)\[[0-?]{0,64}[ -/]{0,4}[@-~]|\u001b\][^\u0007\u001b]{0,1024}(?:\u0007|\u001b\\)?|\u001b[ -/]{0,4}[0-~]/g;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const PLAIN = /^[\t -~]*$/;

/** The line without the escapes of a terminal. */
export function withoutEscapes(line: string): string {
  return line.includes("\u001b") ? line.replace(ESCAPES, "") : line;
}

/** Quoted-printable's no-break space, which nobody else writes so: headers are padded with it. */
export function decodeBlanks(line: string): string {
  return line.includes("=C2=A0") ? line.replaceAll("=C2=A0", " ") : line;
}

// Brackets only around what a stamp is made of: rules of log filters are full of the same signs.
const MARKDOWN_STAMP = /\\\[([ \d.,:@A-Za-z+-]{3,40})\\\]/g;

/** What Markdown hides from itself: `nf\_conntrack`, and a stamp's brackets. */
export function withoutMarkdown(line: string): string {
  if (!line.includes("\\")) return line;
  return line.replaceAll("\\_", "_").replace(MARKDOWN_STAMP, "[$1]");
}

const LOOK_MARKS = new RegExp(String.raw`\[(?:${LOOKS})(?:=[^\[\]]{1,60})?\]|\[/(?:${LOOKS})\]`, "gi");
const LOOK_ENDS = new RegExp(String.raw`\[/(?:${LOOKS})\]`, "i");

/** As a page's source has them within a line. */
const PAGE_LOOKS = "span|font|strong|em|b|i|u|tt|samp|mark";
const PAGE_MARKS = new RegExp(`</?(?:${PAGE_LOOKS})(?: [^<>]{0,200})?>`, "gi");
const PAGE_ENDS = new RegExp(`</(?:${PAGE_LOOKS})>`, "i");

/** The line without the marks of a page's source that say how a word looks, where one of them ends. */
export function withoutPageMarks(line: string): string {
  return line.includes("</") && PAGE_ENDS.test(line) ? line.replace(PAGE_MARKS, "") : line;
}

/** The line without a forum's marks. One that opens may be a kernel's own bracket: what ends it tells. */
export function withoutLooks(line: string): string {
  return line.includes("[/") && LOOK_ENDS.test(line) ? line.replace(LOOK_MARKS, "") : line;
}

/** The text without escapes, control characters and typographic lookalikes, blanks at both ends cut off. */
export function tidy(text: string): string {
  let tidied = text;
  if (!PLAIN.test(tidied) || text.includes("#033[") || text.includes("^[[")) {
    tidied = tidied.replace(ESCAPES, "").replace(CONTROLS, "");
    for (const [find, put] of LOOKALIKES) tidied = tidied.replace(find, put);
  }
  return unquotePrintable(tidied.trim());
}

/** A message under a header, without a page's marks around it; printk's own notice has blanks behind them. */
export function tidyMessage(text: string): string {
  const tidied = tidy(withoutLooks(text));
  return tidied.startsWith("**") ? tidied.replace(/^\*\*(?=[^\s*])(.*[^\s*])\*\*$/s, "$1") : tidied;
}

const NOT_ENCODED = /=(?![0-9A-F]{2}|$)/;

/**
 * Quoted-printable is certain only where `=3D` occurs and no `=` stands for itself: `status=51` is a kernel's. A soft
 * break at the end is left for whoever joins the lines.
 */
function unquotePrintable(text: string): string {
  if (!text.includes("=3D") || NOT_ENCODED.test(text)) return text;
  return text.replace(/(?:=[0-9A-F]{2})+/g, (codes) =>
    Buffer.from(codes.replaceAll("=", ""), "hex").toString(),
  );
}

/** What pages write for characters that their markup needs, and for blanks. */
const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#34;": '"',
  "&#39;": "'",
  "&apos;": "'",
  "&nbsp;": " ",
  "&#160;": " ",
  "&amp;": "&",
};
const ENTITY = new RegExp(Object.keys(ENTITIES).join("|"), "g");

/** Decoded once: what a kernel prints has no entities, but a page's source may. */
function decodeEntities(text: string): string {
  return text.includes("&") ? text.replace(ENTITY, (entity) => ENTITIES[entity] ?? entity) : text;
}

/** A page's and a forum's. */
const OPENING_TAGS = new RegExp(
  String.raw`^(?:<(?:pre|code|p|div|span|li|td|tt|br|blockquote|samp|kbd)(?: [^<>]{0,80})?/?>|\[(?:${SORTS}|${LOOKS})(?:=[^\]]{0,60})?\])+ ?(.*)$`,
  "is",
);

interface Wrapping {
  readonly pattern: RegExp;
  /** What is left, in terms of the match. */
  readonly keep: string;
}

/** One layer each; the first that fits is taken off, then all are tried again. Grep's prefix may be anything, so last. */
const WRAPPINGS: readonly Wrapping[] = [
  // a console: printk's own notice has no newline behind it (3.16 to 4.x), nor has getty's prompt
  { pattern: /^\*\* \d{1,10} printk messages dropped \*\* (.*)$/s, keep: "$1" },
  { pattern: /^\S{1,64} login: (.*)$/s, keep: "$1" },
  // a shell's prompt, a service manager's and an init script's progress, which the kernel wrote into
  { pattern: /^(?:\[[^[\]]{3,64}\]|\S{1,64})[#$] (\[ *\d{1,9}\.\d{6}\] .*)$/s, keep: "$1" },
  { pattern: /^\[(?: {1,2}OK {1,2}|FAILED|[ *]{6})\] [^[\]]{1,120}(\[ *\d{1,9}\.\d{6}\] .*)$/s, keep: "$1" },
  {
    pattern:
      /^(?:Starting|Stopping|Saving|Loading|Setting|Mounting|Configuring|Bringing up) [^[\]]{1,80}(?::|\.{3}) ?(\[ *\d{1,9}\.\d{6}\] .*)$/s,
    keep: "$1",
  },
  { pattern: OPENING_TAGS, keep: "$1" },
  { pattern: /^\*\*(?=\S)(.*)\*\*$/s, keep: "$1" },
  // emphasis, which may end on another line
  { pattern: /^(?:\*{1,3}|_{1,3})(?=\S)(.*)$/s, keep: "$1" },
  // a wiki's and a tracker's marks
  { pattern: /^(?:\{(?:noformat|code|quote)(?::[^}]{0,40})?\}|\{\{\{) ?(.*)$/s, keep: "$1" },
  // quotation marks of mail, also with a name in front; who said it in a channel, and when
  { pattern: /^>+ ?(.*)$/s, keep: "$1" },
  { pattern: /^[A-Za-z]{1,12}>+ ?(.*)$/s, keep: "$1" },
  { pattern: /^(?:\[?\d\d:\d\d(?::\d\d)?\]? )?<[ @+%&~]?[A-Za-z_][\w[\]{}^\\`-]{0,31}> (.*)$/s, keep: "$1" },
  // comments, headings
  { pattern: /^(?:#+|\/\/|;) ?(.*)$/s, keep: "$1" },
  // programs that ask many machines: the name of one
  {
    pattern:
      /^(?=\S{0,254}[\d.-])[A-Za-z\d][\w.-]{0,254} ([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,6})? \S{1,255} kernel: .*)$/s,
    keep: "$1",
  },
  // what a poster left of a tag
  { pattern: /^: (.*)$/s, keep: "$1" },
  // lines that a patch adds
  { pattern: /^\+(?=[^\s+])(.*)$/s, keep: "$1" },
  // list items
  { pattern: /^(?:[*+\u2022\u00b7-]|\d{1,4}[.)]) +(.*)$/s, keep: "$1" },
  // inline code
  { pattern: /^`{1,3}([^`]*)`{0,3}$/s, keep: "$1" },
  // programs that watch several commands: the name of one
  { pattern: /^\[[A-Za-z][\w./-]{0,63}\] (.*)$/s, keep: "$1" },
  // one of several cells, the first or behind short ones
  { pattern: /^"(?=[A-Z][a-z]{2} [\d ]|\d{4}-\d\d-|\[ *\d)([^"]*)"[,;].*$/s, keep: "$1" },
  {
    pattern:
      /^(?:(?:"[^"]{0,64}"|[\w.:/@-]{0,64})[,;\t]){1,8}"(?=[A-Z][a-z]{2} [\d ]|\d{4}-\d\d-|\[ *\d)([^"]*)"(?:[,;].*)?$/s,
    keep: "$1",
  },
  // strings, also as elements of a JSON list
  { pattern: /^"(?:message|MESSAGE|log|msg|_raw|textPayload)" ?: ?"(.*)",?$/s, keep: "$1" },
  { pattern: /^"(.*)",?$/s, keep: "$1" },
  { pattern: /^'(.*)',?$/s, keep: "$1" },
  // table cells
  { pattern: /^\|{1,2} ?([^|]*)\|{0,2}$/s, keep: "$1" },
  // docker compose: the service; exports of a log service: milliseconds since 1970; terminal programs: the time
  { pattern: /^[\w.-]{1,64} *\| (.*)$/s, keep: "$1" },
  { pattern: /^\d{13}(?:\d{6})?\s+(.*)$/s, keep: "$1" },
  { pattern: /^\[\d\d:\d\d:\d\d(?:\.\d{1,6})?\] ?(.*)$/s, keep: "$1" },
  { pattern: /^\d\d:\d\d:\d\d(?:\.\d{1,6})?\s+(\[ *\d.*)$/s, keep: "$1" },
  // grep -H, -n, -Hn and, for context lines, the same with hyphens; parallel shells write `host: line`
  { pattern: /^\d{1,9}[:-](.*)$/s, keep: "$1" },
  // lines numbered by cat -n or a page, and how often uniq saw one
  { pattern: /^\d{1,9}\s+(.*)$/s, keep: "$1" },
  { pattern: /^[^\s:"'{}<>[\]]{1,255}:\d{1,9}:(.*)$/s, keep: "$1" },
  { pattern: /^[^\s:"'{}<>[\]]{1,255}: ?(.*)$/s, keep: "$1" },
  { pattern: /^[^\s:"'{}<>[\]]{1,255}-\d{1,9}-(.*)$/s, keep: "$1" },
];

/** How deep wrappings are taken off. */
export const MOST_WRAPPINGS = 8;

const QUOTE_MARKS = /^[> ]+/;

/** The line without what never changes its meaning: blanks, escapes, quotation marks of mail. */
export function strip(line: string): string {
  const tidied = decodeEntities(tidy(line)).trim();
  return tidied.startsWith(">") ? tidied.replace(QUOTE_MARKS, "") : tidied;
}

/** The line with one layer of wrapping taken off, or null where there is none. */
export function unwrap(line: string): string | null {
  for (const { pattern, keep } of WRAPPINGS) {
    const match = pattern.exec(line);
    if (match !== null) return line.replace(pattern, keep).trim();
  }
  return null;
}
