// Mail programs broke long kernel lines at column 72, and quoted-printable broke them anywhere with a `=`.
// What the first piece tells is told at once; the piece is remembered, in case the next line says more.

import type { Draft } from "./draft.ts";
import { extend, type ObservedLine, type Span, spanOf } from "./observed-line.ts";
import { plain } from "./plain.ts";
import { READERS } from "./readers.ts";
import type { ObservationRow } from "./row.ts";

export interface Unwrapped {
  readonly row: ObservationRow;
  readonly drafts: readonly Draft[];
  readonly span: Span;
}

export interface Wrapped {
  /** A line that matches its row's opening: what it tells by itself. */
  open(row: ObservationRow, line: ObservedLine, text: string): Unwrapped;
  /** The next line: what it adds to the one before, or null where it does not belong to it. */
  goOn(line: ObservedLine, text: string): Unwrapped | null;
  /** The next line is of another kind. */
  leave(): void;
  isIdle(): boolean;
}

/** Pieces that one line can be in. */
const MOST_PIECES = 3;

interface Piece {
  readonly row: ObservationRow;
  readonly text: string;
  readonly span: Span;
  readonly told: number;
  readonly pieces: number;
}

export function createWrapped(): Wrapped {
  let last: Piece | null = null;
  return {
    open(row, line, text) {
      const span = spanOf(line);
      const drafts = readText(row, line, text);
      last = { row, text, span, told: drafts.length, pieces: 1 };
      return { row, drafts, span };
    },
    goOn(line, text) {
      const piece = last;
      last = null;
      if (piece === null || line.fromLog || line.number !== piece.span.last.number + 1) return null;
      const { row } = piece;
      const span = extend(piece.span, line);
      const wholes = joins(piece.text, text).map((whole) => ({
        whole,
        drafts: readText(row, span.first, whole),
      }));
      const { whole, drafts } = wholes.find((one) => one.drafts.length > piece.told) ?? wholes[0] ?? NOTHING;
      const more = drafts.slice(piece.told);
      const open = row.opening?.test(whole) === true && piece.pieces < MOST_PIECES;
      if (open && (more.length > 0 || drafts.length === 0))
        last = { row, text: whole, span, told: drafts.length, pieces: piece.pieces + 1 };
      return more.length === 0 ? null : { row, drafts: more, span };
    },
    leave() {
      last = null;
    },
    isIdle: () => last === null,
  };
}

const NOTHING = { whole: "", drafts: [] };

/** What two pieces may make: broken between words, or (by a terminal's edge) within one. */
function joins(first: string, second: string): string[] {
  if (first.endsWith("=")) return [plain(first.slice(0, -1) + second)];
  return [plain(`${first} ${second}`), plain(first + second)];
}

function readText(row: ObservationRow, line: ObservedLine, text: string): Draft[] {
  return READERS[row.reader]?.(row, { ...line, text }) ?? [];
}
