// Which four neighbouring bytes of each needle are looked for, and which needles share a bucket: chosen so that
// ordinary log text seldom looks like one. A bad choice costs time, never a line.

import { HIGH_TABLES } from "./wasm/layout.ts";

export interface Placed {
  readonly needle: string;
  /** Place of its fingerprint's first byte in the needle. */
  readonly at: number;
  readonly bucket: number;
}

export const PRINT_BYTES = 4;
export const BUCKETS = 8;
/** Places of a needle that are tried in every bucket: its rarest ones. */
const TRIED = 8;

/** Bytes of logs from the most common on; each is taken to be 7 % rarer than the one before, the rest rarer still. */
const BY_RANK = ` 0e1tonairsl2d:5c34[].u6p798mhgf-]bykv_w=/x(),AST"CDEIPMRNLOFBz'>j<q+*#U;GHKVWXY%&`;
const SHARE = new Float64Array(128).fill(0.0003);
for (const [rank, char] of [...BY_RANK].entries()) SHARE[char.charCodeAt(0)] = 0.09 * 0.93 ** rank;
/** Share of the bytes with a given high nibble and any of the low nibbles in a mask of 8; low nibbles 8 to 15 apart. */
const SUMS = Array.from({ length: 16 }, (_, half) => {
  return Float64Array.from({ length: 256 }, (_, mask) => {
    let sum = 0;
    for (let low = 0; low < 8; low++) if ((mask >> low) % 2 !== 0) sum += SHARE[half * 8 + low] ?? 0;
    return sum;
  });
});

/** What a bucket lets through at each place of a fingerprint: masks of its needles' low and high nibbles there. */
interface Bucket {
  readonly lows: readonly number[];
  readonly highs: readonly number[];
  /** Share of the places in a log that get through. */
  readonly share: number;
}
const ANY = 0xff;
const EMPTY: Bucket = {
  lows: [0, 0, 0, 0],
  highs: HIGH_TABLES.map((table) => (table === null ? ANY : 0)),
  share: 0,
};

/** Needles of `PRINT_BYTES` ASCII bytes or more. */
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
  const all = Array.from({ length: needle.length - PRINT_BYTES + 1 }, (_, at) => {
    return { at, share: grow(EMPTY, needle, at).share };
  }).sort((a, b) => a.share - b.share);
  return { needle, prints: all.slice(0, TRIED).map(({ at }) => at), share: all[0]?.share ?? 0 };
}

function grow(bucket: Bucket, needle: string, at: number): Bucket {
  const lows = bucket.lows.map((mask, index) => mask | (1 << (needle.charCodeAt(at + index) & 15)));
  const highs = bucket.highs.map((mask, index) => mask | (1 << (needle.charCodeAt(at + index) >> 4)));
  return {
    lows,
    highs,
    share: lows.reduce((share, low, index) => share * shareOf(low, highs[index] ?? 0), 1),
  };
}

function shareOf(lows: number, highs: number): number {
  let share = 0;
  for (let high = 0; high < 8; high++) {
    if ((highs >> high) % 2 === 0) continue;
    share += (SUMS[high * 2]?.[lows & 255] ?? 0) + (SUMS[high * 2 + 1]?.[lows >> 8] ?? 0);
  }
  return share;
}
