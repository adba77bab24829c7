// A zstd decoder of Node's own (22.15 and later), which is called in place, and used again for stream after stream.

import zlib from "node:zlib";
import { type Handle, handleOf, type Left } from "./zlib-handle.ts";
import { MOST_BLOCK_BYTES } from "./zstd-frames.ts";

/** The largest part of a stream fits in, and some more. */
const STORED_BYTES = 2 * MOST_BLOCK_BYTES;

interface Decoder {
  close(): void;
}

/** A decoder of Node's, and what it is fed from. */
export interface Works {
  readonly decoder: Decoder;
  readonly handle: Handle;
  readonly left: Left;
  readonly stored: Buffer;
}

/** As far as the types of the oldest Node go. */
const { createZstdDecompress, constants } = zlib as unknown as {
  readonly createZstdDecompress?: (options: { readonly chunkSize: number }) => Decoder;
  readonly constants: { readonly ZSTD_e_continue: number };
};

/** What a decoder of Node's allocates for its own streams, which are not used: the least it takes. */
const UNUSED = { chunkSize: 64 };

let works: boolean | null = null;

/** True where this Node decompresses zstd in place. */
export function hasZstd(): boolean {
  works ??= tryInPlace();
  return works;
}

/** A frame of one block that is not compressed, and the beginning of another. */
const TRIAL = Buffer.from("28b52ffd2004210000" + "74657374" + "28b5", "hex");

function tryInPlace(): boolean {
  const found = makeWorks();
  if (found === null) return false;
  const { decoder, handle, left } = found;
  try {
    const out = Buffer.alloc(16);
    handle.writeSync(constants.ZSTD_e_continue, TRIAL, 0, TRIAL.length, out, 0, out.length);
    return left[0] === out.length - 4 && left[1] === 2 && out.toString("latin1", 0, 4) === "test";
  } catch {
    return false;
  } finally {
    decoder.close();
  }
}

function makeWorks(): Works | null {
  const decoder = createZstdDecompress?.(UNUSED);
  const found = decoder === undefined ? null : handleOf(decoder);
  if (decoder === undefined || typeof found?.handle.reset !== "function") return null;
  return { decoder, ...found, stored: Buffer.allocUnsafeSlow(STORED_BYTES) };
}

/** Of streams that came to their end. What a decoder holds is freed with the garbage, and a thousand small files hold much. */
const spare: Works[] = [];
/** As many as one may lie within another. */
const MOST_SPARE = 4;

/** Only where `hasZstd`. */
export function takeWorks(): Works {
  const works = spare.pop() ?? makeWorks();
  if (works === null) throw new Error("node:zlib has no zstd");
  return works;
}

/** For the next stream. One that met damage goes on telling of it, whatever it is given next. */
export function giveBack(works: Works, isDamaged: boolean): void {
  if (isDamaged || spare.length >= MOST_SPARE) discard(works);
  else {
    works.handle.reset();
    spare.push(works);
  }
}

export function discard({ handle, decoder }: Works): void {
  // Frees what it holds; closing alone leaves that to the garbage collector.
  handle.reset();
  decoder.close();
}

/** Gives it `size` stored bytes from `at` on, and room in `target`. */
export function decompress({ handle, stored }: Works, at: number, size: number, target: Uint8Array): void {
  handle.writeSync(constants.ZSTD_e_continue, stored, at, size, target, 0, target.length);
}
