// Which five neighbouring bytes of each needle are looked for, and which needles share a bucket: chosen so that
// ordinary log text seldom looks like one. A bad choice costs time, never a line.

import { PRINT } from "./wasm/layout.ts";

export interface Placed {
  readonly needle: string;
  /** Where its fingerprint begins in the needle; below 0 where the needle is shorter than that. */
  readonly at: number;
  readonly bucket: number;
}

export const BUCKETS = 8;
/** Places of a needle that are tried in every bucket: its rarest ones. */
const TRIED = 8;

/** Bytes of logs from the most common on; each is taken to be 7 % rarer than the one before, the rest rarer still. */
const BY_RANK = ` 0e1tonairsl2d:5c34[].u6p798mhgf-]bykv_w=/x(),AST"CDEIPMRNLOFBz'>j<q+*#U;GHKVWXY%&`;
const BY_LOW = new Float64Array(16).fill((128 - BY_RANK.length) * (0.0003 / 16));
for (const [rank, char] of [...BY_RANK].entries()) {
  const low = char.charCodeAt(0) & 15;
  BY_LOW[low] = (BY_LOW[low] ?? 0) + 0.09 * 0.93 ** rank;
}
/** What a bucket lets through at each place of a fingerprint, as masks of low nibbles. */
interface Bucket {
  readonly lows: readonly number[];
  /** Share of the places in a log that get through. */
  readonly share: number;
}
const EMPTY: Bucket = { lows: Array<number>(PRINT).fill(0), share: 0 };
const ANY = 0xffff;

export function place(needles: readonly string[]): Placed[] {
  const buckets = Array<Bucket>(BUCKETS).fill(EMPTY);
  // The hardest to tell from ordinary text choose first.
  const queue = needles.map(withPrints).sort((a, b) => b.share - a.share);
  return queue.map(({ needle, prints }) => {
    let best = { bucket: 0, at: 0, grown: EMPTY, cost: Number.POSITIVE_INFINITY };
    for (const at of prints) {
      for (const [bucket, old] of buckets.entries()) {
        const grown = grow(old, needle, at);
        const cost = grown.share - old.share;
        if (cost < best.cost) best = { bucket, at, grown, cost };
      }
    }
    buckets[best.bucket] = best.grown;
    return { needle, at: best.at, bucket: best.bucket };
  });
}

function withPrints(needle: string): { needle: string; prints: number[]; share: number } {
  const last = needle.length - PRINT;
  const all = Array.from({ length: Math.max(1, last + 1) }, (_, index) => {
    const at = Math.min(index, last);
    return { at, share: grow(EMPTY, needle, at).share };
  }).sort((a, b) => a.share - b.share);
  return { needle, prints: all.slice(0, TRIED).map(({ at }) => at), share: all[0]?.share ?? 0 };
}

function grow(bucket: Bucket, needle: string, at: number): Bucket {
  let share = 1;
  const lows = bucket.lows.map((mask, index) => {
    const grown = at + index < 0 ? ANY : mask | (1 << (needle.charCodeAt(at + index) & 15));
    share *= shareOf(grown);
    return grown;
  });
  return { lows, share };
}

/** Share of the bytes that have any of the low nibbles in a mask. */
function shareOf(mask: number): number {
  let share = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) share += BY_LOW[31 - Math.clz32(rest & -rest)] ?? 0;
  return share;
}
