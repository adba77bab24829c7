// A stream of chunks that can be looked into before it is taken: formats are told by their first bytes.

import type { ReadMode } from "./read.ts";

export class Bytes {
  readonly #input: AsyncIterator<Uint8Array>;
  readonly #ahead: Uint8Array[] = [];
  #aheadBytes = 0;
  #ended = false;
  /** Bytes handed out so far. */
  taken = 0;
  /** Reads the same bytes again from an offset, where the stream can do that. */
  readonly again: ((from: number) => AsyncIterable<Uint8Array>) | null;
  /** How they are read, where that can be chosen. */
  readonly mode: ReadMode | null;

  constructor(
    input: AsyncIterable<Uint8Array>,
    again: ((from: number) => AsyncIterable<Uint8Array>) | null = null,
    mode: ReadMode | null = null,
  ) {
    this.#input = input[Symbol.asyncIterator]();
    this.again = again;
    this.mode = mode;
  }

  /** The next `count` bytes without taking them; fewer only at the end. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#aheadBytes < count && !this.#ended) {
      const last = this.#ahead.length - 1;
      if (this.mode?.fleeting && last >= 0) this.#ahead[last] = Buffer.from(this.#ahead[last] as Uint8Array);
      const next = await this.#input.next();
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

  /** For a reader that is done with each chunk before it asks for the next: see `ReadMode`. */
  readFleeting(): void {
    if (this.mode !== null) this.mode.fleeting = true;
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

  /** Takes exactly `count` bytes; fewer only at the end. */
  async read(count: number): Promise<Uint8Array> {
    const head = await this.peek(count);
    const first = this.#ahead[0];
    if (first !== undefined && head.length > 0) {
      if (head.length === first.length) this.#ahead.shift();
      else this.#ahead[0] = first.subarray(head.length);
      this.#aheadBytes -= head.length;
      this.taken += head.length;
    }
    return head;
  }

  /** Puts back the last `chunk.length` bytes taken. */
  unread(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#ahead.unshift(chunk);
    this.#aheadBytes += chunk.length;
    this.taken -= chunk.length;
  }

  async *rest(): AsyncGenerator<Uint8Array> {
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
    await this.#input.return?.();
  }
}
