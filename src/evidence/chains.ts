// Hashes of what was read, as chains of short hashes: a chain can be kept as text and gone on with, which a running
// hash cannot.

import { createHash, type Hash } from "node:crypto";

const BLOCK_BYTES = 64 << 10;
/** Bytes at the head that are taken whole: small sources are known by all of their bytes. */
const HEAD_BYTES = 1 << 20;
/** Bytes taken at the start of every further block. */
const SAMPLE_BYTES = 4096;
/** Counted lines that end within one stretch of this many bytes are hashed as one. */
export const STRETCH_BYTES = 256 << 10;

/** A hash that goes on with a chain. */
function follow(chain: string): Hash {
  return createHash("sha256").update(`${chain}:`);
}

export type ContentChain = ReturnType<typeof contentChain>;
export type LineChain = ReturnType<typeof lineChain>;

/** Samples of the bytes, one of each block, a stretch at a time: making a hash costs as much as hashing 2 KiB. */
export function contentChain(seenBefore: number, from: string, keepFrom: number) {
  const borders = new Map<number, string>([[seenBefore, from]]);
  let seen = seenBefore;
  let chain = from;
  let stretch = follow(chain);
  return {
    seen: () => seen,
    now: () => (seen % STRETCH_BYTES === 0 ? chain : stretch.copy().digest("hex")),
    border(at: number) {
      const known = borders.get(at) ?? null;
      for (const border of borders.keys()) if (border < at) borders.delete(border);
      return known;
    },
    /** Takes what belongs to the sample of chunk[from, to). */
    add(chunk: Uint8Array, first: number, to: number) {
      for (let at = first; at < to; ) {
        const within = seen % BLOCK_BYTES;
        const limit = seen < HEAD_BYTES ? BLOCK_BYTES : SAMPLE_BYTES;
        const step = Math.min(to - at, (within < limit ? limit : BLOCK_BYTES) - within);
        if (within < limit) stretch.update(chunk.subarray(at, at + step));
        at += step;
        seen += step;
        if (seen % STRETCH_BYTES !== 0) continue;
        chain = stretch.digest("hex");
        stretch = follow(chain);
        if (seen >= keepFrom) borders.set(seen, chain);
      }
    },
  };
}

/** Counted lines, a stretch (by where they begin) at a time. */
export function lineChain(from: string) {
  let chain = from;
  let stretch = -1;
  let hash = follow(chain);
  // Gathered as text: one call of the hash costs as much as a hundred bytes.
  let text = "";
  let last: { readonly end: number; readonly raw: string } | null = null;
  const flush = () => {
    if (text !== "") hash.update(text, "latin1");
    text = "";
  };
  const take = () => {
    if (last === null) return;
    const own = Math.floor((last.end - last.raw.length) / STRETCH_BYTES);
    if (own !== stretch && stretch !== -1) fold();
    stretch = own;
    text += `${last.end}:${last.raw}\n`;
    last = null;
    if (text.length > 4096) flush();
  };
  const fold = () => {
    flush();
    chain = hash.digest("hex");
    hash = follow(chain);
    stretch = -1;
  };
  return {
    add(end: number, raw: string) {
      take();
      last = { end, raw };
    },
    /** Leaves out the last line where it ends here. */
    forgetFrom(end: number) {
      if (last !== null && last.end >= end) last = null;
    },
    now() {
      take();
      flush();
      return stretch === -1 ? chain : hash.copy().digest("hex");
    },
    chain(border: number) {
      take();
      if (stretch !== -1 && (stretch + 1) * STRETCH_BYTES > border) return null;
      if (stretch !== -1) fold();
      return chain;
    },
  };
}
