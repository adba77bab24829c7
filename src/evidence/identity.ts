// What a source is known by, whatever its name, its place or its compression: its length, its head, a sample
// of every MiB, and every line that was counted. It does not depend on a hash of all bytes, which costs more
// than reading them.

import { createHash } from "node:crypto";

const MIB = 1 << 20;
/** Bytes at the head that are taken whole: small sources are known by all of their bytes. */
const HEAD_BYTES = MIB;
/** Bytes taken at the start of every further MiB. */
const SAMPLE_BYTES = 4096;

export interface Identity {
  /** Decompressed bytes in order. */
  bytes(chunk: Uint8Array): void;
  /** A line that was counted: where, and its hash. */
  counted(offset: number, sha256: Uint8Array): void;
  finish(): string;
}

/** Begins the identity of one source. */
export function createIdentity(): Identity {
  const content = createHash("sha256");
  const lines = createHash("sha256");
  let seen = 0;
  return {
    bytes(chunk) {
      for (let at = 0; at < chunk.length; ) {
        const offset = seen + at;
        const { take, skip } = stretch(offset);
        if (take > 0) content.update(chunk.subarray(at, at + take));
        at += take > 0 ? take : skip;
      }
      seen += chunk.length;
    },
    counted(offset, sha256) {
      lines.update(`${offset}:`).update(sha256);
    },
    finish() {
      return createHash("sha256")
        .update(`${seen}:`)
        .update(content.digest())
        .update(lines.digest())
        .digest("hex");
    },
  };
}

/** From `offset` on, how many bytes belong to the sample, or how many to pass over. */
function stretch(offset: number): { take: number; skip: number } {
  if (offset < HEAD_BYTES) return { take: HEAD_BYTES - offset, skip: 0 };
  const within = offset % MIB;
  if (within < SAMPLE_BYTES) return { take: SAMPLE_BYTES - within, skip: 0 };
  return { take: 0, skip: MIB - within };
}
