// SGR colours, and runs of drawn cells. Every colour doubles something that is also said in characters.

export type Tone = "plain" | "bold" | "printed" | "reported" | "count" | "dim";

// ECMA-48 SGR parameters.
const CODES: Readonly<Record<Tone, string>> = {
  plain: "",
  bold: "1",
  printed: "31",
  reported: "33",
  count: "36",
  dim: "2",
};

export type Paint = (tone: Tone, text: string) => string;

export function painter(colour: boolean): Paint {
  return (tone, text) =>
    !colour || CODES[tone] === "" || text.trim() === "" ? text : `\x1b[${CODES[tone]}m${text}\x1b[0m`;
}

export interface Cell {
  readonly char: string;
  readonly tone: Tone;
}

export const BLANK: Cell = { char: " ", tone: "plain" };

/** Cells in a row, neighbours of one tone painted together, blanks at the end left out. */
export function drawRow(cells: readonly Cell[], paint: Paint): string {
  const used = cells.slice(0, cells.findLastIndex((cell) => cell.char !== " ") + 1);
  const runs: { tone: Tone; text: string }[] = [];
  for (const { char, tone } of used) {
    const last = runs.at(-1);
    if (last !== undefined && last.tone === tone) last.text += char;
    else runs.push({ tone, text: char });
  }
  return runs.map(({ tone, text }) => paint(tone, text)).join("");
}
