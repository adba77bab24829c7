// Node's own zstd decoder, called in place: its streams read the first frame only, and do not tell of a cut end.

import zlib from "node:zlib";
import { type Handle, handleOf, type Left } from "./zlib-handle.ts";
import type { Step, ZstdDecoder } from "./zstd-decoder.ts";

interface Closable {
  close(): void;
}

/** As far as the types of the oldest Node go. */
const { createZstdDecompress, constants } = zlib as unknown as {
  readonly createZstdDecompress?: (options: { readonly chunkSize: number }) => Closable;
  readonly constants: { readonly ZSTD_e_continue: number };
};

/** What Node allocates for its own streams, which are not used: the least it takes. */
const UNUSED = { chunkSize: 64 };

/** Null before Node 22.15. */
export function nodeDecoder(): ZstdDecoder | null {
  const stream = createZstdDecompress?.(UNUSED);
  const found = stream === undefined ? null : handleOf(stream);
  if (stream === undefined || typeof found?.handle.reset !== "function") return null;
  return new NodeDecoder(stream, found.handle, found.left);
}

class NodeDecoder implements ZstdDecoder {
  readonly #stream: Closable;
  readonly #handle: Handle;
  readonly #left: Left;
  #error: string | null = null;

  constructor(stream: Closable, handle: Handle, left: Left) {
    this.#stream = stream;
    this.#handle = handle;
    this.#left = left;
    handle.onerror = (message) => {
      this.#error = message;
    };
  }

  step(stored: Uint8Array, target: Uint8Array): Step {
    const { length } = stored;
    this.#handle.writeSync(constants.ZSTD_e_continue, stored, 0, length, target, 0, target.length);
    if (this.#error !== null) throw new Error(this.#error);
    return { used: length - this.#left[1], made: target.length - this.#left[0] };
  }

  reset(): void {
    this.#handle.reset();
  }

  close(): void {
    this.#stream.close();
  }
}
