// What a source is known by, whatever its name, its place or its compression: its length, its bytes (all of the
// first MiB, a sample of every 64 KiB behind it) and every line that was counted. It does not depend on a hash
// of all bytes, which costs more than reading them. The same is asked of every shorter length that a known source
// has: a log that was read before it had grown is a beginning of what it is now.

import { createHash, type Hash } from "node:crypto";
import type { Earlier } from "../model/source.ts";

const BLOCK_BYTES = 64 << 10;
/** Bytes at the head that are taken whole: small sources are known by all of their bytes. */
const HEAD_BYTES = 1 << 20;
/** Bytes taken at the start of every further block. */
const SAMPLE_BYTES = 4096;
/** Sources that are not even this long are never taken for the beginning of another. */
const KEY_BYTES = 64;

export interface Identity {
  /** Decompressed bytes in order. */
  bytes(chunk: Uint8Array): void;
  /** A line that was counted: where it ends, and its hash. In file order, some time after its bytes. */
  counted(end: number, sha256: Uint8Array): void;
  finish(): { readonly identity: string; readonly beginnings: readonly number[] };
}

/** Hash of a source's first bytes: sources that begin differently need not be compared. Empty for very short ones. */
export function headKey(head: Uint8Array): string {
  if (head.length < KEY_BYTES) return "";
  return createHash("sha256").update(head.subarray(0, KEY_BYTES)).digest("hex");
}

/** Begins the identity of one source. `earlier`: known sources that begin alike. */
export function createIdentity(earlier: readonly Earlier[]): Identity {
  const content = createHash("sha256");
  const lines = createHash("sha256");
  const waiting = [...earlier].sort((a, b) => a.bytes - b.bytes);
  /** Lengths whose bytes have passed, and whose lines have not all been counted yet. */
  const passed: { one: Earlier; content: string }[] = [];
  const beginnings: number[] = [];
  let seen = 0;

  const settle = (before: number) => {
    for (let next = passed[0]; next !== undefined && next.one.bytes < before; next = passed[0]) {
      passed.shift();
      if (combine(next.one.bytes, next.content, lines) === next.one.identity)
        beginnings.push(next.one.sourceId);
    }
  };

  return {
    bytes(chunk) {
      let at = 0;
      for (
        let next = waiting[0];
        next !== undefined && next.bytes <= seen + chunk.length;
        next = waiting[0]
      ) {
        waiting.shift();
        sample(content, chunk, at, next.bytes - seen, seen);
        at = next.bytes - seen;
        passed.push({ one: next, content: content.copy().digest("hex") });
      }
      sample(content, chunk, at, chunk.length, seen);
      seen += chunk.length;
    },
    counted(end, sha256) {
      settle(end);
      lines.update(`${end}:`).update(sha256);
    },
    finish() {
      const own = content.copy().digest("hex");
      // A source of the same length is the same source, and told so by its identity.
      settle(seen);
      return { identity: combine(seen, own, lines), beginnings };
    },
  };
}

function combine(bytes: number, content: string, lines: Hash): string {
  return createHash("sha256").update(`${bytes}:${content}:`).update(lines.copy().digest()).digest("hex");
}

/** Takes what belongs to the sample of chunk[from, to); `base`: offset of the chunk in the stream. */
function sample(content: Hash, chunk: Uint8Array, from: number, to: number, base: number): void {
  for (let at = from; at < to; ) {
    const offset = base + at;
    const within = offset % BLOCK_BYTES;
    const limit = offset < HEAD_BYTES ? BLOCK_BYTES : SAMPLE_BYTES;
    const end = Math.min(to, at + (within < limit ? limit - within : BLOCK_BYTES - within));
    if (within < limit) content.update(chunk.subarray(at, end));
    at = end;
  }
}
