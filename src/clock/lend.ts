// Anchors for a boot that has none of its own: lent by another log of the same machine that tells the same events,
// or by the only sampled boot of the machine. What is lent is cited like every other anchor.

/** A notice with a number, on either clock. */
export interface Told {
  /** What was said, its number included: equal texts are the same notice. */
  readonly text: string;
  /** Uptime in one log, instant in the other; microseconds. */
  readonly us: number;
  /** Opaque: whatever cites it. */
  readonly id: number;
}

export interface Pair {
  readonly uptimeUs: number;
  readonly atUs: number;
  readonly id: number;
}

/** Stamps of whole seconds and a late reader put pairs of one boot apart by this much. */
const AGREE_US = 3_000_000;
/** Pairs that must agree, and no fewer than do not: small numbers come in floods of other boots by chance, scattered. */
const ENOUGH = 2;

/**
 * Pairs of uptime and instant from notices that occur once in each of two logs, as far as they agree on one
 * instant of booting. Empty where fewer than two agree, or fewer than half.
 */
export function matchNotices(byUptime: readonly Told[], byInstant: readonly Told[]): Pair[] {
  const instants = onlyOnce(byInstant);
  const pairs: Pair[] = [];
  for (const [text, one] of onlyOnce(byUptime)) {
    const other = instants.get(text);
    if (other !== undefined) pairs.push({ uptimeUs: one.us, atUs: other.us, id: other.id });
  }
  pairs.sort((a, b) => offset(a) - offset(b) || a.uptimeUs - b.uptimeUs);
  let best: Pair[] = [];
  for (let from = 0, to = 0; from < pairs.length; from++) {
    const first = pairs[from];
    if (first === undefined) break;
    while (to < pairs.length && offset(pairs[to] ?? first) - offset(first) <= AGREE_US) to++;
    if (to - from > best.length) best = pairs.slice(from, to);
  }
  return best.length < Math.max(ENOUGH, pairs.length / 2) ? [] : best;
}

/** What several logs lend: the most that agree. Empty where as many in another log agree on another instant of booting. */
export function mostAgreeing(lent: readonly (readonly Pair[])[]): readonly Pair[] {
  const [best, ...others] = [...lent].sort((a, b) => b.length - a.length);
  const [first] = best ?? [];
  if (best === undefined || first === undefined) return [];
  const rivals = others.filter(({ length }) => length === best.length);
  const agree = rivals.every(
    ([one]) => one !== undefined && Math.abs(offset(one) - offset(first)) <= AGREE_US,
  );
  return agree ? best : [];
}

function offset(pair: Pair): number {
  return pair.atUs - pair.uptimeUs;
}

function onlyOnce(list: readonly Told[]): Map<string, Told> {
  const found = new Map<string, Told>();
  const twice = new Set<string>();
  for (const one of list) {
    if (found.has(one.text)) twice.add(one.text);
    found.set(one.text, one);
  }
  for (const text of twice) found.delete(text);
  return found;
}
