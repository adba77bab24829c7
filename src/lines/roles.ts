// Which lines go on, and as what. This page is the definition; frame follows it line by line, scan by leaps.
//
// A line is what stands between two newlines; an unterminated rest at the end of a source is a line, nothing is
// none. A line within `maxLineBytes` is readable as it stands, leading NULs and trailing CR included. Of a longer
// one, what follows its leading NULs is readable if that fits; else what follows its last NUL, if that fits and is
// not empty; else the line is passed over. (A crash or a truncation under a writer leaves NULs by the gigabyte in
// front of the next line.) A passed-over line has a number, and is nothing else: no candidate, nobody's neighbour.
//
// Of the readable lines, each known by the offset of its first readable byte:
// - candidate: holds a needle; with `everyLine`, any.
// - neighbour: no candidate, but its number is one less or one more than that of a candidate.
// - waymark: neither, but it is the first or the last readable line of the source; or the first readable line that
//   begins in its stretch, stretch n being the offsets from n * waymarkBytes to before (n + 1) * waymarkBytes; or
//   the first line in its stretch that holds a clock needle and no needle.
// Equal candidates right behind one another may come as one line, which says how many times it stands there.
//
// The rest stays behind. What has the first place in a stretch keeps it, whatever its role: the next line does not
// move up where the first is a candidate or a neighbour, nor where the first with a clock needle is a neighbour.

import type { Line, LineRole } from "../model/line.ts";
import type { LineOptions } from "./options.ts";

/** Gives each readable line its role, one line late, since the next one may make it a neighbour. */
export class Roles {
  readonly #options: LineOptions;
  readonly #keep: (line: Line) => void;
  #held: (Omit<Line, "role"> & { readonly role: LineRole | null }) | null = null;
  #stretch = -1;
  #clockStretch = -1;

  constructor(options: LineOptions, keep: (line: Line) => void) {
    this.#options = options;
    this.#keep = keep;
  }

  see(offset: number, number: number, raw: string): void {
    const before = this.#held;
    const adjacent = before !== null && before.number === number - 1;
    const own = this.#own(offset, raw);
    if (before !== null) {
      const turned = adjacent && own === "candidate" && before.role !== "candidate";
      this.#release(turned ? "neighbour" : before.role);
    }
    const role = own !== "candidate" && adjacent && before.role === "candidate" ? "neighbour" : own;
    this.#held = { offset, length: raw.length, number, raw, times: 1, role };
  }

  /** After the last line. */
  end(): void {
    this.#release(this.#held?.role ?? "waymark");
    this.#held = null;
  }

  /** The role a line has whatever stands beside it. */
  #own(offset: number, raw: string): LineRole | null {
    const { needles, clockNeedles, everyLine, waymarkBytes } = this.#options;
    const stretch = Math.floor(offset / waymarkBytes);
    const opens = stretch !== this.#stretch;
    this.#stretch = stretch;
    if (everyLine || holdsAny(raw, needles)) return "candidate";
    if (stretch !== this.#clockStretch && holdsAny(raw, clockNeedles)) {
      this.#clockStretch = stretch;
      return "waymark";
    }
    return opens ? "waymark" : null;
  }

  #release(role: LineRole | null): void {
    if (this.#held === null || role === null) return;
    this.#keep({ ...this.#held, role });
  }
}

/** A needle that is empty, not ASCII or holds a newline is a defect of its catalogue. */
export function checkNeedles(options: LineOptions): void {
  for (const needle of [...options.needles, ...options.clockNeedles]) {
    if (!/^[\x01-\x09\x0b-\x7f]+$/.test(needle)) throw new Error(`not a needle: ${JSON.stringify(needle)}`);
  }
}

function holdsAny(raw: string, needles: readonly string[]): boolean {
  for (const needle of needles) if (raw.includes(needle)) return true;
  return false;
}
