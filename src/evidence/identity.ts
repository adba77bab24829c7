// What a source is known by, whatever its name, its place or its compression: its length, its bytes (all of the
// first MiB, a sample of every 64 KiB behind it) and every line that was counted. It does not depend on a hash
// of all bytes, which costs more than reading them. The same is asked of every shorter length that a known source
// has: a log that was read before it had grown is a beginning of what it is now.
//
// Both hashes are chains of short ones, so that they can be kept as text and gone on with when a log has grown.

import { createHash, type Hash } from "node:crypto";
import type { Earlier } from "../model/source.ts";

const BLOCK_BYTES = 64 << 10;
/** Bytes at the head that are taken whole: small sources are known by all of their bytes. */
const HEAD_BYTES = 1 << 20;
/** Bytes taken at the start of every further block. */
const SAMPLE_BYTES = 4096;
/** Counted lines that end within one stretch of this many bytes are hashed as one. */
const STRETCH_BYTES = 256 << 10;
/** Sources that are not even this long are never taken for the beginning of another. */
const KEY_BYTES = 64;

/** Where a reading of a source stood, at a block's border. */
export interface IdentityState {
  readonly bytes: number;
  readonly content: string;
  readonly lines: string;
}

export interface Identity {
  /** Decompressed bytes in order. */
  bytes(chunk: Uint8Array): void;
  /** A line that was counted, by where it ends and its bytes (latin1). In file order, some time after its bytes. */
  counted(end: number, raw: string): void;
  /** The chain over the lines counted so far; all of them must end before the border of a stretch. */
  lines(border: number): string;
  /** The chain over the bytes before the last border of a block that was passed, and that border. */
  content(): { readonly bytes: number; readonly chain: string };
  finish(): { readonly identity: string; readonly beginnings: readonly number[] };
}

/** Hash of a source's first bytes: sources that begin differently need not be compared. Empty for very short ones. */
export function headKey(head: Uint8Array): string {
  if (head.length < KEY_BYTES) return "";
  return createHash("sha256").update(head.subarray(0, KEY_BYTES)).digest("hex");
}

/** Begins the identity of one source, or goes on with it. `earlier`: known sources that begin alike. */
export function createIdentity(
  earlier: readonly Earlier[],
  from: IdentityState = { bytes: 0, content: "", lines: "" },
): Identity {
  const content = createContent(from);
  const lines = createLines(from.lines);
  const waiting = earlier.filter((one) => one.bytes > from.bytes).sort((a, b) => a.bytes - b.bytes);
  /** Lengths whose bytes have passed, and whose lines have not all been counted yet. */
  const passed: { one: Earlier; content: string }[] = [];
  const beginnings: number[] = [];

  const settle = (before: number) => {
    for (let next = passed[0]; next !== undefined && next.one.bytes < before; next = passed[0]) {
      passed.shift();
      if (combine(next.one.bytes, next.content, lines.now()) === next.one.identity)
        beginnings.push(next.one.sourceId);
    }
  };

  return {
    bytes(chunk) {
      let at = 0;
      const base = content.seen();
      for (
        let next = waiting[0];
        next !== undefined && next.bytes <= base + chunk.length;
        next = waiting[0]
      ) {
        waiting.shift();
        content.add(chunk, at, next.bytes - base);
        at = next.bytes - base;
        passed.push({ one: next, content: content.now() });
      }
      content.add(chunk, at, chunk.length);
    },
    counted(end, raw) {
      if (passed.length > 0) settle(end);
      lines.add(end, raw);
    },
    lines: (border) => lines.chain(border),
    content: () => content.border(),
    finish() {
      // A source of the same length is the same source, and told so by its identity.
      settle(content.seen());
      return { identity: combine(content.seen(), content.now(), lines.now()), beginnings };
    },
  };
}

function combine(bytes: number, content: string, lines: string): string {
  return createHash("sha256").update(`${bytes}:${content}:${lines}`).digest("hex");
}

function link(chain: string, hash: Hash): string {
  return createHash("sha256").update(`${chain}:`).update(hash.copy().digest()).digest("hex");
}

/** Samples of the bytes, a block at a time. */
function createContent(from: IdentityState) {
  let seen = from.bytes;
  let chain = from.content;
  let block = createHash("sha256");
  return {
    seen: () => seen,
    now: () => (seen % BLOCK_BYTES === 0 ? chain : link(chain, block)),
    border: () => ({ bytes: seen - (seen % BLOCK_BYTES), chain }),
    /** Takes what belongs to the sample of chunk[from, to). */
    add(chunk: Uint8Array, first: number, to: number) {
      for (let at = first; at < to; ) {
        const within = seen % BLOCK_BYTES;
        const limit = seen < HEAD_BYTES ? BLOCK_BYTES : SAMPLE_BYTES;
        const step = Math.min(to - at, (within < limit ? limit : BLOCK_BYTES) - within);
        if (within < limit) block.update(chunk.subarray(at, at + step));
        at += step;
        seen += step;
        if (seen % BLOCK_BYTES !== 0) continue;
        chain = link(chain, block);
        block = createHash("sha256");
      }
    },
  };
}

/** Counted lines, a stretch at a time. Gathered as text: one call of the hash costs as much as a hundred bytes. */
function createLines(from: string) {
  let chain = from;
  let stretch = -1;
  let hash = createHash("sha256");
  let text = "";
  const flush = () => {
    if (text !== "") hash.update(text, "latin1");
    text = "";
  };
  const fold = () => {
    flush();
    chain = link(chain, hash);
    hash = createHash("sha256");
    stretch = -1;
  };
  return {
    add(end: number, raw: string) {
      const own = Math.floor(end / STRETCH_BYTES);
      if (own !== stretch && stretch !== -1) fold();
      stretch = own;
      text += `${end}:${raw}\n`;
      if (text.length > 4096) flush();
    },
    now() {
      flush();
      return stretch === -1 ? chain : link(chain, hash);
    },
    chain(border: number) {
      if (stretch !== -1 && (stretch + 1) * STRETCH_BYTES > border) {
        throw new Error("a line was counted behind the border");
      }
      if (stretch !== -1) fold();
      return chain;
    },
  };
}
