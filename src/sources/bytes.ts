// A stream that can be looked into before it is taken: formats are told by their first bytes.

import type { ByteStream } from "../model/bytes.ts";
import { fromChunks } from "./byte-stream.ts";

export class Bytes implements ByteStream {
  readonly #input: ByteStream;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #ahead: Uint8Array[] = [];
  #aheadBytes = 0;
  #ended = false;
  /** Bytes handed out so far. */
  taken = 0;
  /** Reads the same bytes again from an offset, where the stream can do that. */
  readonly again: ((from: number) => AsyncIterable<Uint8Array>) | null;

  constructor(
    input: AsyncIterable<Uint8Array> | ByteStream,
    again: ((from: number) => AsyncIterable<Uint8Array>) | null = null,
  ) {
    this.#input = "fill" in input ? input : fromChunks(input);
    this.#chunks = this.#input[Symbol.asyncIterator]();
    this.again = again;
  }

  /** The next `count` bytes without taking them; fewer only at the end. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#aheadBytes < count && !this.#ended) {
      const next = await this.#chunks.next();
      if (next.done === true) this.#ended = true;
      else if (next.value.length > 0) {
        this.#ahead.push(next.value);
        this.#aheadBytes += next.value.length;
      }
    }
    const first = this.#ahead[0];
    if (first === undefined) return new Uint8Array(0);
    if (first.length < count && this.#ahead.length > 1) {
      const joined = Buffer.concat(this.#ahead);
      this.#ahead.length = 0;
      this.#ahead.push(joined);
      return joined.subarray(0, count);
    }
    return first.subarray(0, count);
  }

  /** The next chunk, never empty, or null at the end. */
  async take(): Promise<Uint8Array | null> {
    if (this.#ahead.length === 0) await this.peek(1);
    const chunk = this.#ahead.shift();
    if (chunk === undefined) return null;
    this.#aheadBytes -= chunk.length;
    this.taken += chunk.length;
    return chunk;
  }

  fill(target: Uint8Array): number | Promise<number> {
    const first = this.#ahead[0];
    if (first !== undefined) {
      const count = Math.min(target.length, first.length);
      target.set(first.subarray(0, count));
      this.#drop(count);
      return count;
    }
    if (this.#ended) return 0;
    const filled = this.#input.fill(target);
    return typeof filled === "number" ? this.#filled(filled) : filled.then((count) => this.#filled(count));
  }

  /** Takes exactly `count` bytes; fewer only at the end. */
  async read(count: number): Promise<Uint8Array> {
    const head = await this.peek(count);
    if (head.length > 0) this.#drop(head.length);
    return head;
  }

  /** Puts back the last `chunk.length` bytes taken. */
  unread(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#ahead.unshift(chunk);
    this.#aheadBytes += chunk.length;
    this.taken -= chunk.length;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = await this.take();
      if (chunk === null) return;
      yield chunk;
    }
  }

  async drain(): Promise<void> {
    while ((await this.take()) !== null);
  }

  /** Ends the stream early and lets its makers clean up. */
  async close(): Promise<void> {
    this.#ended = true;
    this.#ahead.length = 0;
    this.#aheadBytes = 0;
    await this.#chunks.return?.();
  }

  /** Takes bytes off the front of what was looked at: no more than its first chunk. */
  #drop(count: number): void {
    const first = this.#ahead[0];
    if (first === undefined || count === first.length) this.#ahead.shift();
    else this.#ahead[0] = first.subarray(count);
    this.#aheadBytes -= count;
    this.taken += count;
  }

  #filled(count: number): number {
    if (count === 0) this.#ended = true;
    this.taken += count;
    return count;
  }
}
