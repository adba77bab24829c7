// Chunks of a stream looked at before they go on.

/** The first bytes of a stream (up to `limit`), and the stream as if nothing had been taken from it. */
export async function peek(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<{ head: Uint8Array; chunks: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let size = 0;
  let done = false;
  while (size < limit && !done) {
    const next = await iterator.next();
    if (next.done) done = true;
    else {
      taken.push(next.value);
      size += next.value.length;
    }
  }
  async function* replay(): AsyncGenerator<Uint8Array> {
    for (const chunk of taken.splice(0)) yield chunk;
    while (!done) {
      const next = await iterator.next();
      if (next.done) return;
      yield next.value;
    }
  }
  return { head: Buffer.concat(taken), chunks: replay() };
}

/** The same chunks, each shown to `onChunk` before it goes on. */
export async function* tap(
  chunks: AsyncIterable<Uint8Array>,
  onChunk: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onChunk(chunk);
    yield chunk;
  }
}

/** The same stream without its first bytes. */
export async function* skip(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of chunks) {
    if (left < chunk.length) yield left === 0 ? chunk : chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}
