// Pasted evidence has passed through mail programs and word processors: no-break spaces, typographic dashes,
// quote marks, runs of blanks. Patterns are tested on the text with all of these made plain.

import { LOOKS } from "../model/markup.ts";

/** Most lines are plain as they stand. */
const ODD = /[^ -~]| {2}/;
const BLANKS = /[\s\u00a0\u2000-\u200a\u202f\u3000]+/g;
const DASHES = /[\u2010-\u2015\u2212\ufe58\uff0d]/g;

export function plain(text: string): string {
  if (!ODD.test(text)) return text.trim();
  return text.replace(BLANKS, " ").replace(DASHES, "-").trim();
}

/** The empty cells that a page's listing has behind each line. */
const CELLS = /(?<=\d) \|(?: \|)+$/;

/** A forum's marks of how a whole line looks. */
const LOOK_MARKS = new RegExp(
  String.raw`^(?:\[(?:${LOOKS})(?:=[^\[\]]{1,60})?\])+|(?:\[/(?:${LOOKS})\])+$`,
  "gi",
);

/** The text without "> " of a quoted mail, the marks of inline code and empty cells behind it. A lone `>` may also be a shell's prompt: a command is left either way. */
export function unquoted(text: string): string {
  const inner = text
    .replace(/^(?:\s*>)+\s?/, "")
    .trim()
    .replace(LOOK_MARKS, "")
    .replace(CELLS, "");
  return inner.replace(/^(`{1,3})([^`]+)\1$/, "$2");
}
