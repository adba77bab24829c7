// Ties between streams: texts they share that can occur in one boot only. Of streams with the very same texts, as
// copies of a log have them, the first speaks for all: what it is joined with, they are joined with.

export interface Teller {
  /** Real name of what is known to be its boot; null: none yet. */
  readonly name: string | null;
  /** It says its boot's id. */
  readonly isIdentified: boolean;
}

/** Indexes of two tellers, the smaller first, and how many texts they share. */
interface Tie {
  readonly a: number;
  readonly b: number;
  readonly count: number;
}

/**
 * Ties that can join anything, the strongest first: none between two names. `texts`: for each text that several
 * have, their indexes, ascending; the same each time.
 */
export function findTies(tellers: readonly Teller[], texts: () => Iterable<readonly number[]>): Tie[] {
  const classes = classesOf(tellers, texts);
  const firsts = new Map<number, number>();
  const ties = new Map<number, number>();
  const tie = (a: number, b: number) => {
    const key = Math.min(a, b) * tellers.length + Math.max(a, b);
    ties.set(key, (ties.get(key) ?? 0) + 1);
  };
  for (const members of texts()) {
    const speaking: number[] = [];
    for (const i of members) {
      const own = classes[i] ?? i;
      const first = firsts.get(own) ?? i;
      firsts.set(own, first);
      if (first === i) speaking.push(i);
      else tie(first, i);
    }
    tieCompatible(tellers, speaking, tie);
  }
  const size = tellers.length;
  const found = Array.from(ties, ([key, count]) => ({ a: Math.floor(key / size), b: key % size, count }));
  return found.sort((x, y) => y.count - x.count || x.a - y.a || x.b - y.b);
}

/** Equal numbers: of one name or of none, and with the same texts. Who says a boot id is alone: it may be joined already. */
function classesOf(tellers: readonly Teller[], texts: () => Iterable<readonly number[]>): number[] {
  const names = new Map<string | null, number>();
  let next = tellers.length;
  const classes = tellers.map(({ name, isIdentified }, i) => {
    if (isIdentified) return i;
    const known = names.get(name) ?? next++;
    names.set(name, known);
    return known;
  });
  for (const members of texts()) {
    const parts = new Map<number, number>();
    for (const i of members) {
      const whole = classes[i] ?? i;
      if (whole < tellers.length) continue;
      const part = parts.get(whole) ?? next++;
      parts.set(whole, part);
      classes[i] = part;
    }
  }
  return classes;
}

/** Ties those of one name with each other, and those without one with all. */
function tieCompatible(
  tellers: readonly Teller[],
  members: readonly number[],
  tie: (a: number, b: number) => void,
): void {
  const byName = new Map<string | null, number[]>();
  for (const i of members) {
    const name = tellers[i]?.name ?? null;
    const same = byName.get(name);
    for (const other of same ?? []) tie(other, i);
    if (same) same.push(i);
    else byName.set(name, [i]);
  }
  const open = byName.get(null) ?? [];
  for (const [name, named] of byName) {
    if (name !== null) for (const a of named) for (const b of open) tie(a, b);
  }
}
