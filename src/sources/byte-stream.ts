// Streams of bytes made of what gives them: chunks that somebody hands over, or a function that fills a buffer.

import type { ByteStream } from "../model/bytes.ts";

type Fill = ByteStream["fill"];

const CHUNK_BYTES = 64 * 1024;

/** The stream that `chunks` are; an empty chunk is none. */
export function fromChunks(chunks: AsyncIterable<Uint8Array>): ByteStream {
  return new ChunkStream(chunks);
}

class ChunkStream implements ByteStream, AsyncIterator<Uint8Array> {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #left: Uint8Array = new Uint8Array(0);
  #ended = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    if (this.#left.length === 0) await this.#pull();
    const value = this.#left;
    this.#left = value.subarray(value.length);
    return value.length > 0 ? { done: false, value } : { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    this.#ended = true;
    this.#left = this.#left.subarray(this.#left.length);
    await this.#chunks.return?.();
    return { done: true, value: undefined };
  }

  fill(target: Uint8Array): number | Promise<number> {
    return this.#left.length > 0 ? this.#copy(target) : this.#pull().then(() => this.#copy(target));
  }

  async #pull(): Promise<void> {
    while (this.#left.length === 0 && !this.#ended) {
      const step = await this.#chunks.next();
      if (step.done === true) this.#ended = true;
      else this.#left = step.value;
    }
  }

  #copy(target: Uint8Array): number {
    const left = this.#left;
    const count = Math.min(target.length, left.length);
    target.set(count === left.length ? left : left.subarray(0, count));
    this.#left = left.subarray(count);
    return count;
  }
}

/** The stream that `fill` gives. `close` is called where its chunks are left, or have come to their end. */
export function fromFill(fill: Fill, close: () => void = () => {}): ByteStream {
  return { fill, [Symbol.asyncIterator]: () => chunksOf(fill, close) };
}

async function* chunksOf(fill: Fill, close: () => void): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
      const count = await fill(chunk);
      if (count === 0) return;
      yield chunk.subarray(0, count);
    }
  } finally {
    close();
  }
}

/** The same bytes, each stretch shown to `see` as it is taken. Where `see` gives false, the stream ends behind it. */
export function tap(stream: ByteStream, see: (bytes: Uint8Array) => boolean): ByteStream {
  let ended = false;
  const show = (bytes: Uint8Array) => {
    ended = !see(bytes);
  };
  return {
    fill(target) {
      if (ended) return 0;
      const filled = stream.fill(target);
      const seen = (count: number) => {
        if (count > 0) show(target.subarray(0, count));
        return count;
      };
      return typeof filled === "number" ? seen(filled) : filled.then(seen);
    },
    async *[Symbol.asyncIterator]() {
      if (ended) return;
      for await (const chunk of stream) {
        show(chunk);
        yield chunk;
        if (ended) return;
      }
    },
  };
}

/** The same bytes, none of which is asked for while what `wait` gives is not settled. */
export function paced(stream: ByteStream, wait: () => Promise<void> | null): ByteStream {
  return {
    fill(target) {
      const waiting = wait();
      return waiting === null ? stream.fill(target) : waiting.then(() => stream.fill(target));
    },
    async *[Symbol.asyncIterator]() {
      await wait();
      for await (const chunk of stream) {
        yield chunk;
        await wait();
      }
    },
  };
}
