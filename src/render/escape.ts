// Log text is hostile: it may hold terminal commands, page markup, table syntax or spreadsheet formulas.
// Whatever steers a display instead of being seen becomes a visible escape; what is left is text.

// Controls (C0, DEL, C1), format characters (bidi overrides, zero widths, soft hyphen, tags), line and paragraph
// separators, lone surrogates, and letters that are drawn as nothing (Hangul fillers, grapheme joiner, Braille blank).
const STEERING =
  /\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u2800|\u3164|\uffa0/gu;

/** Nearly all text is, and a look at that costs a third of a search for what steers. */
const PLAIN = /^[ -~]*$/;

function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\u{${code.toString(16)}}`;
}

/** Safe for a terminal, and the first step for every other format. One line in, one line out. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(STEERING, codeOf);
}

/** As `visible`, for text that has lines of its own, such as a sysctl.d snippet. */
export function visibleLines(text: string): string[] {
  return text.replace(/\n$/, "").split("\n").map(visible);
}

/** Text inside a Markdown paragraph, list item or table cell: no markup, no mention, no link. */
export function markdownText(text: string): string {
  return visible(text)
    .replace(/[\\`*[\]|~$]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/^(\s*)([#+]|-(?!$))/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, "$1\\$2")
    .replace(/(?<=\s)([@#])(?=[\p{L}\p{N}])|^@/gu, "\\$&")
    .replace(/:(?=\/\/)/g, ":\\")
    .replace(/\bwww\./gi, (start) => start.replace(".", "\\."));
}

/** A Markdown code span: nothing inside is markup, no name is pinged, no address becomes a link. */
export function markdownCode(text: string, inTable = false): string {
  const shown = inTable ? visible(text).replace(/\|/g, "\\|") : visible(text);
  if (shown.trim() === "") return "` `";
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Text of a CSV cell: a spreadsheet takes nothing in it for a formula (fullwidth signs count as well). */
export function csvText(text: string): string {
  const shown = visible(text);
  return /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(shown) ? `'${shown}` : shown;
}

/** Serialised JSON with nothing raw that steers a display or closes a script; the same value when parsed. */
export function jsonText(json: string): string {
  const unit = (code: number) => `\\u${code.toString(16).padStart(4, "0")}`;
  return json.replace(/<(?=[/!])/g, "\\u003c").replace(STEERING, (character) => {
    if (character === "\n") return character; // between tokens; inside strings JSON.stringify has escaped it
    return Array.from({ length: character.length }, (_, i) => unit(character.charCodeAt(i))).join("");
  });
}
