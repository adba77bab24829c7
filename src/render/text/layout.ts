// Columns of a terminal: how wide text is drawn, where it is wrapped, and tables that fit or turn into records.

import { max } from "d3-array";

// East Asian wide and fullwidth blocks and pictographs take two columns, combining marks none (UAX #11).
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}/u;
const MARK = /^\p{M}/u;

export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** Cuts at the width wherever that falls: for log lines, whose blanks matter. */
export function chop(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const character of text) {
    const own = widthOf(character);
    if (used + own > width && line !== "") {
      lines.push(line.trimEnd());
      line = "";
      used = 0;
    }
    line += character;
    used += own;
  }
  return [...lines, line.trimEnd()];
}

// A number and its unit stay together.
const BREAK = / +(?!(?:s|min|h|d|B|[KMGT]iB|%)(?![\p{L}\p{N}]))/u;
const BREAKS = new RegExp(BREAK, "gu");

/** Breaks at blanks; words wider than a line are cut. Blanks within a line stay as many as they were. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let from = 0;
  const add = (word: string, blanks: string) => {
    const joined = `${line}${line === "" && lines.length > 0 ? "" : blanks}${word}`;
    if (widthOf(joined) <= width) {
      line = joined;
      return;
    }
    if (line !== "") lines.push(line);
    const pieces = chop(word, width);
    line = pieces.pop() ?? "";
    lines.push(...pieces);
  };
  let blanks = "";
  for (const { 0: run, index } of text.matchAll(BREAKS)) {
    add(text.slice(from, index), blanks);
    blanks = run;
    from = index + run.length;
  }
  add(text.slice(from), blanks);
  return [...lines, line].filter((one, i, all) => one !== "" || all.length === 1 || i < all.length - 1);
}

/** Wrapped with a first prefix (a bullet) and as many blanks below it. */
export function hang(prefix: string, text: string, width: number, split = wrap): string[] {
  const blank = " ".repeat(widthOf(prefix));
  const room = Math.max(8, width - blank.length);
  return split(text, room).map((line, i) => `${i === 0 ? prefix : blank}${line}`.trimEnd());
}

export interface Column {
  readonly head: string;
  /** Numbers stand to the right. */
  readonly right?: boolean;
  /** Never wrapped: dates. */
  readonly keep?: boolean;
}

const GAP = "  ";

function pad(text: string, width: number, right: boolean): string {
  const blanks = " ".repeat(Math.max(0, width - widthOf(text)));
  return right ? blanks + text : text + blanks;
}

/**
 * A table; where it is too wide its widest text column is wrapped, then dates between day and time, and where that is
 * not enough each row becomes a record.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const heads = columns.map((column) => column.head);
  const widths = columns.map((_, i) => max([heads, ...rows], (row) => widthOf(row[i] ?? "")) ?? 0);
  const room = width - GAP.length * (columns.length - 1);
  const longest = (i: number) =>
    max([heads, ...rows], (row) => max((row[i] ?? "").split(BREAK), widthOf)) ?? 0;
  const least = (keep: boolean) =>
    columns.map((column, i) =>
      column.right === true || (keep && column.keep === true) ? (widths[i] ?? 0) : Math.min(24, longest(i)),
    );
  const fitted = squeeze(widths, least(true), room) ?? squeeze(widths, least(false), room);
  if (fitted === null) return records(heads, rows, width);
  const draw = (row: readonly string[]) => {
    const cells = columns.map((_, i) => wrap(row[i] ?? "", fitted[i] ?? 1));
    const height = Math.max(...cells.map((cell) => cell.length));
    return Array.from({ length: height }, (_, y) =>
      cells
        .map((cell, i) => pad(cell[y] ?? "", fitted[i] ?? 0, columns[i]?.right === true))
        .join(GAP)
        .trimEnd(),
    );
  };
  const rule = fitted.map((w) => "-".repeat(w)).join(GAP);
  return [...draw(heads), rule, ...rows.flatMap(draw)];
}

/** Takes from the widest column that can still give; null where all are at their least and it is too much. */
function squeeze(widths: readonly number[], least: readonly number[], room: number): number[] | null {
  const fitted = widths.map((width, i) => Math.max(width, least[i] ?? 0));
  let excess = fitted.reduce((sum, w) => sum + w, 0) - room;
  while (excess > 0) {
    const spare = fitted.map((w, i) => (w > (least[i] ?? 0) ? w : 0));
    const widest = Math.max(...spare);
    if (widest === 0) return null;
    fitted[spare.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return fitted;
}

function records(heads: readonly string[], rows: readonly (readonly string[])[], width: number): string[] {
  const label = Math.min(24, Math.max(...heads.map(widthOf)));
  return rows.flatMap((row, r) => [
    ...(r === 0 ? [] : [""]),
    ...heads.flatMap((head, i) => {
      const value = row[i] ?? "";
      return value === "" ? [] : hang(`${pad(head, label, false)}${GAP}`, value, width);
    }),
  ]);
}
