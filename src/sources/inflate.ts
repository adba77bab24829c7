// One deflate stream (RFC 1951) off the front of some bytes. zlib is called in place, from our buffers into the
// caller's: by way of node's streams, each chunk goes to another thread and back, which costs half as much again.

import { constants, createInflateRaw, deflateRawSync } from "node:zlib";
import { fromChunks } from "./byte-stream.ts";
import type { Bytes } from "./bytes.ts";
import { type Handle, handleOf, type Left } from "./zlib-handle.ts";

const INPUT_BYTES = 64 * 1024;
/** For the way through node's streams: twice as fast as its default of 16 KiB. */
const STREAM_OPTIONS = { chunkSize: 256 * 1024, finishFlush: constants.Z_SYNC_FLUSH };

export interface Inflating {
  /** Stored bytes that the decoder was given, and those that it used up. */
  readonly fed: number;
  readonly consumed: number;
  /** As a ByteStream's. Throws at damage. At the end of the stream, bytes behind it are put back. */
  fill(target: Uint8Array): number | Promise<number>;
  close(): void;
}

/** `keep` is shown the stored bytes, which do not last. */
export type Inflate = (input: Bytes, keep?: (stored: Uint8Array) => void) => Inflating;

export const inflate: Inflate = (input, keep) =>
  inPlaceWorks() ? new InPlace(input, keep) : new ByStream(input, keep);

let works: boolean | null = null;

function inPlaceWorks(): boolean {
  works ??= tryInPlace();
  return works;
}

function tryInPlace(): boolean {
  const text = Buffer.from("table full, dropping packet");
  const stored = Buffer.concat([deflateRawSync(text), Buffer.from("rest")]);
  const inflater = createInflateRaw();
  try {
    const found = handleOf(inflater);
    const out = Buffer.alloc(2 * text.length);
    found?.handle.writeSync(constants.Z_NO_FLUSH, stored, 0, stored.length, out, 0, out.length);
    return found?.left[0] === text.length && found.left[1] === 4 && out.subarray(0, text.length).equals(text);
  } catch {
    return false;
  } finally {
    inflater.close();
  }
}

export class InPlace implements Inflating {
  readonly #input: Bytes;
  readonly #keep: ((stored: Uint8Array) => void) | undefined;
  readonly #inflater = createInflateRaw();
  readonly #handle: Handle;
  readonly #left: Left;
  readonly #stored = Buffer.allocUnsafeSlow(INPUT_BYTES);
  /** Stored bytes not yet used up stand in `[at, end)`. */
  #at = 0;
  #end = 0;
  /** The output had no room left: there may be more without any further input. */
  #full = false;
  #ended = false;
  #error: Error | null = null;
  fed = 0;

  constructor(input: Bytes, keep?: (stored: Uint8Array) => void) {
    this.#input = input;
    this.#keep = keep;
    const found = handleOf(this.#inflater);
    if (found === null) throw new Error("node:zlib has no synchronous calls");
    this.#handle = found.handle;
    this.#left = found.left;
    this.#handle.onerror = (message) => {
      this.#error = new Error(message);
    };
  }

  get consumed(): number {
    return this.fed - (this.#end - this.#at);
  }

  fill(target: Uint8Array): number | Promise<number> {
    while (!this.#ended) {
      if (this.#at < this.#end || this.#full) {
        const count = this.#step(target);
        if (count > 0) return count;
        continue;
      }
      const filled = this.#input.fill(this.#stored);
      if (typeof filled !== "number")
        return filled.then((size) => this.#feed(size)).then(() => this.fill(target));
      this.#feed(filled);
    }
    return 0;
  }

  close(): void {
    this.#inflater.close();
  }

  #step(target: Uint8Array): number {
    const size = this.#end - this.#at;
    this.#handle.writeSync(constants.Z_NO_FLUSH, this.#stored, this.#at, size, target, 0, target.length);
    if (this.#error !== null) throw this.#error;
    this.#full = this.#left[0] === 0;
    this.#at = this.#end - this.#left[1];
    // With input and room left, only the end of the stream can have stopped it.
    if (!this.#full && this.#left[1] > 0) this.#finish();
    return target.length - this.#left[0];
  }

  #feed(size: number): void {
    this.#at = 0;
    this.#end = size;
    this.fed += size;
    if (size === 0) this.#ended = true;
    else this.#keep?.(this.#stored.subarray(0, size));
  }

  #finish(): void {
    this.#ended = true;
    this.#input.unread(Buffer.from(this.#stored.subarray(this.#at, this.#end)));
    this.fed -= this.#end - this.#at;
    this.#end = this.#at;
  }
}

/** The same by way of node's streams, where the calls in place are not to be had. */
export class ByStream implements Inflating {
  readonly #input: Bytes;
  readonly #keep: ((stored: Uint8Array) => void) | undefined;
  readonly #inflater = createInflateRaw(STREAM_OPTIONS);
  readonly #chunks = fromChunks(this.#inflate());
  #last: Uint8Array = new Uint8Array(0);
  fed = 0;

  constructor(input: Bytes, keep?: (stored: Uint8Array) => void) {
    this.#input = input;
    this.#keep = keep;
  }

  get consumed(): number {
    return this.#inflater.bytesWritten;
  }

  fill(target: Uint8Array): number | Promise<number> {
    return this.#chunks.fill(target);
  }

  close(): void {
    this.#inflater.destroy();
  }

  async *#inflate(): AsyncGenerator<Uint8Array> {
    const feeding = this.#feed();
    try {
      yield* this.#inflater;
    } finally {
      this.#inflater.destroy();
    }
    await feeding;
    this.#input.unread(this.#last.subarray(this.#last.length - (this.fed - this.consumed)));
  }

  // One chunk in flight, so that what lies behind the end is always within the last one.
  async #feed(): Promise<void> {
    const inflater = this.#inflater;
    let wake = () => {};
    for (const event of ["close", "error"]) inflater.once(event, () => wake());
    while (!inflater.destroyed) {
      const chunk = await this.#input.take();
      if (inflater.destroyed) return;
      if (chunk === null) {
        inflater.end();
        return;
      }
      this.#last = chunk;
      this.fed += chunk.length;
      this.#keep?.(chunk);
      await new Promise<void>((resolve) => {
        wake = resolve;
        inflater.write(chunk, () => resolve());
      });
      // Bytes left over: the deflate stream has ended, and a further write would be an error.
      if (this.consumed < this.fed) return;
    }
  }
}

/** Inflates piece by piece, losing nothing that was decoded before the damaged piece. */
export async function* inflateSteps(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const inflater = createInflateRaw(STREAM_OPTIONS);
  const outs: Uint8Array[] = [];
  const collect = () => {
    for (let out = inflater.read(); out !== null; out = inflater.read()) outs.push(out);
  };
  inflater.on("readable", collect);
  try {
    for await (const piece of pieces) {
      await new Promise<void>((resolve, reject) => {
        inflater.once("error", reject);
        inflater.write(piece, (error) => {
          inflater.off("error", reject);
          if (error) reject(error);
          else resolve();
        });
      });
      collect();
      yield* outs.splice(0);
    }
  } finally {
    inflater.on("error", () => {});
    inflater.destroy();
  }
}
