// Which six neighbouring bytes of each needle are looked for, and which needles share a bucket: chosen so that
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
/** Share of the bytes whose low nibble is in a mask of 0 to 7, and in one of 8 to 15. */
const HALVES = [0, 8].map((first) => {
  return Float64Array.from({ length: 256 }, (_, mask) => {
    let share = 0;
    for (let bit = 0; bit < 8; bit++) if (((mask >> bit) & 1) === 1) share += BY_LOW[first + bit] ?? 0;
    return share;
  });
});
const [LOWER = new Float64Array(0), UPPER = new Float64Array(0)] = HALVES;
const ANY = 0xffff;

/** What a bucket lets through at each place of a fingerprint, as masks of low nibbles; and what share of a log that is. */
interface Bucket {
  readonly lows: readonly number[];
  readonly share: number;
}
const EMPTY: Bucket = { lows: Array<number>(PRINT).fill(0), share: 0 };

export function place(needles: readonly string[]): Placed[] {
  const buckets = Array<Bucket>(BUCKETS).fill(EMPTY);
  // The hardest to tell from ordinary text choose first.
  const queue = needles.map(withPrints).sort((a, b) => b.share - a.share);
  return queue.map(({ needle, prints }) => {
    let best = { bucket: 0, at: 0, cost: Number.POSITIVE_INFINITY };
    for (const at of prints) {
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        const old = buckets[bucket] ?? EMPTY;
        const cost = shareWith(old, needle, at) - old.share;
        if (cost < best.cost) best = { bucket, at, cost };
      }
    }
    const old = buckets[best.bucket] ?? EMPTY;
    const lows = old.lows.map((mask, index) => mask | lowsOf(needle, best.at + index));
    buckets[best.bucket] = { lows, share: old.share + best.cost };
    return { needle, at: best.at, bucket: best.bucket };
  });
}

function withPrints(needle: string): { needle: string; prints: number[]; share: number } {
  const last = needle.length - PRINT;
  const all = Array.from({ length: Math.max(1, last + 1) }, (_, index) => {
    const at = Math.min(index, last);
    return { at, share: shareWith(EMPTY, needle, at) };
  }).sort((a, b) => a.share - b.share);
  return { needle, prints: all.slice(0, TRIED).map(({ at }) => at), share: all[0]?.share ?? 0 };
}

/** Share of a bucket if one more fingerprint were in it. */
function shareWith({ lows }: Bucket, needle: string, at: number): number {
  let share = 1;
  for (let index = 0; index < PRINT; index++) {
    const mask = (lows[index] ?? 0) | lowsOf(needle, at + index);
    share *= (LOWER[mask & 0xff] ?? 0) + (UPPER[mask >> 8] ?? 0);
  }
  return share;
}

function lowsOf(needle: string, at: number): number {
  return at < 0 ? ANY : 1 << (needle.charCodeAt(at) & 15);
}
