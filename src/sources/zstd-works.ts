// Decoders that are called in place, Node's own (22.15 and later) or an addon's, each used for stream after stream.

import { addonDecoder } from "./zstd-addon.ts";
import type { ZstdDecoder } from "./zstd-decoder.ts";
import { MOST_BLOCK_BYTES } from "./zstd-frames.ts";
import { nodeDecoder } from "./zstd-node.ts";

/** A decoder, and what it is fed from. */
export interface Works {
  readonly decoder: ZstdDecoder;
  readonly stored: Buffer;
}

/** The largest part of a stream fits in, and some more. */
const STORED_BYTES = 2 * MOST_BLOCK_BYTES;

/** A frame of one block that is not compressed, and the beginning of another. */
const TRIAL = Buffer.from("28b52ffd2004210000" + "74657374" + "28b5", "hex");

type Make = () => ZstdDecoder | null;
/** Not settled yet where undefined. */
let make: Make | null | undefined;

/** True where zstd is decompressed in place. */
export function hasZstd(): boolean {
  make ??= [nodeDecoder, addonDecoder].find(works) ?? null;
  return make !== null;
}

function works(candidate: Make): boolean {
  const decoder = candidate();
  if (decoder === null) return false;
  try {
    const out = Buffer.alloc(16);
    const { used, made } = decoder.step(TRIAL, out);
    return used === TRIAL.length - 2 && out.toString("latin1", 0, made) === "test";
  } catch {
    return false;
  } finally {
    decoder.close();
  }
}

/** Of streams that came to their end. What a decoder holds is freed with the garbage, and a thousand small files hold much. */
const spare: Works[] = [];
/** As many as one may lie within another. */
const MOST_SPARE = 4;

/** Only where `hasZstd`. */
export function takeWorks(): Works {
  const before = spare.pop();
  if (before !== undefined) return before;
  const decoder = hasZstd() ? (make?.() ?? null) : null;
  if (decoder === null) throw new Error("no zstd decoder");
  return { decoder, stored: Buffer.allocUnsafeSlow(STORED_BYTES) };
}

/** For the next stream, unless it met damage. */
export function giveBack(works: Works, isDamaged: boolean): void {
  if (isDamaged || spare.length >= MOST_SPARE) discard(works);
  else {
    works.decoder.reset();
    spare.push(works);
  }
}

export function discard({ decoder }: Works): void {
  // Frees what it holds; closing alone leaves that to the garbage collector.
  decoder.reset();
  decoder.close();
}
