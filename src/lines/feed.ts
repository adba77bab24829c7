// Where a window gets its bytes from: anything that can put bytes into a buffer it is handed.

export interface Feed {
  /** Puts 1 or more bytes at the front of `target` and tells how many; 0 at the end. */
  read(target: Uint8Array): number | Promise<number>;
  /** Called once, also when the reader stops early. */
  close(): void | Promise<void>;
}

/** Chunks of any size, copied. A chunk is not touched after the next one was asked for. */
export function chunkFeed(chunks: AsyncIterable<Uint8Array>): Feed {
  const iterator = chunks[Symbol.asyncIterator]();
  let chunk: Uint8Array = new Uint8Array(0);
  let at = 0;
  let ended = false;

  function copy(target: Uint8Array): number {
    const count = Math.min(target.length, chunk.length - at);
    target.set(at === 0 && count === chunk.length ? chunk : chunk.subarray(at, at + count));
    at += count;
    return count;
  }

  async function next(target: Uint8Array): Promise<number> {
    while (at === chunk.length) {
      const step = await iterator.next();
      if (step.done === true) {
        ended = true;
        return 0;
      }
      chunk = step.value;
      at = 0;
    }
    return copy(target);
  }

  return {
    read: (target) => (at < chunk.length ? copy(target) : next(target)),
    async close() {
      if (!ended) await iterator.return?.();
    },
  };
}
