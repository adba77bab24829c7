// Bytes on their way to whoever pulls them.

/** Bytes in order. They may be taken either way, also in turns. */
export interface ByteStream extends AsyncIterable<Uint8Array> {
  /**
   * Puts one or more bytes at the front of `target`, which is not empty, and tells how many; 0 at the end. Nothing is
   * allocated for them, and where they are at hand nothing is waited for.
   */
  fill(target: Uint8Array): number | Promise<number>;
}
