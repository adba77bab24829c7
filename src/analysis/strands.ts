// Which sources of one channel continue each other, and which tell the same stretch again. Only the first may
// be added up; the others are witnesses of their own.

export interface Piece {
  readonly sourceId: number;
  /** Names of one rotated log share it. */
  readonly family: string;
  /** Place in the family, oldest first. */
  readonly rank: number | null;
  /** First and last instant, microseconds; null where nothing in it is dated. */
  readonly firstUs: number | null;
  readonly lastUs: number | null;
}

/**
 * A rotated file can hold a folded repeat whose stamp is older than the end of the file before: syslogd
 * flushes repeats after 30, 120 and 600 s (sysklogd syslogd.c, TIMERINTVL and repeatinterval).
 */
export const OVERLAP_US = 600_000_000;

/** True where the later of two pieces whose times overlap tells again what the earlier ends with: a copy of it. */
export type Retold = (before: Piece, piece: Piece) => boolean;

/**
 * Sorts the pieces of one channel of one host into strands: within a strand no stretch of time is told twice.
 * Pieces without any instant stand alone. The result does not depend on the order of `pieces`.
 */
export function strands(pieces: readonly Piece[], isRetold: Retold): Piece[][] {
  const dated = pieces.filter((piece) => piece.firstUs !== null).sort(byTime);
  const found: Piece[][] = [];
  // Those that end after the next begins.
  let lasting: Piece[] = [];
  for (const piece of dated) {
    lasting = lasting.filter((one) => (piece.firstUs ?? 0) < (one.lastUs ?? 0));
    const isCopy = lasting.some((one) => isRotated(one, piece) && isNear(one, piece) && isRetold(one, piece));
    lasting.push(piece);
    const open = found.filter((strand) => continues(strand[strand.length - 1], piece, isCopy));
    const best = open.find((strand) => strand.some((one) => one.family === piece.family)) ?? open[0];
    if (best) best.push(piece);
    else found.push([piece]);
  }
  const undated = pieces.filter((piece) => piece.firstUs === null).sort((a, b) => a.sourceId - b.sourceId);
  return [...found, ...undated.map((piece) => [piece])];
}

function byTime(a: Piece, b: Piece): number {
  return (
    (a.firstUs ?? 0) - (b.firstUs ?? 0) ||
    (a.lastUs ?? 0) - (b.lastUs ?? 0) ||
    (a.rank ?? 0) - (b.rank ?? 0) ||
    a.sourceId - b.sourceId
  );
}

/** Ranks may be equal: what was rotated away keeps the last name it was seen under, and another has it now. */
function isRotated(before: Piece, piece: Piece): boolean {
  return before.family === piece.family && before.rank !== null && piece.rank !== null;
}

function isNear(before: Piece, piece: Piece): boolean {
  return (piece.firstUs ?? 0) >= (before.lastUs ?? 0) - OVERLAP_US;
}

/** `isCopy`: the piece tells again what another of its log tells. */
function continues(before: Piece | undefined, piece: Piece, isCopy: boolean): boolean {
  if (before === undefined) return false;
  const from = piece.firstUs ?? 0;
  const end = before.lastUs ?? 0;
  // The clock went back, or a repeat came late.
  if (from < end) {
    return isRotated(before, piece) && !isCopy && isNear(before, piece) && (piece.lastUs ?? 0) >= end;
  }
  // Whole-second stamps let one piece end and the next begin in the same second; two copies begin together.
  return (
    (isRotated(before, piece) && before.rank !== piece.rank) || !(from === before.firstUs && from === end)
  );
}
