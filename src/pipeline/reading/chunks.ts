// Streams looked at before they go on.

import type { ByteStream } from "../../model/bytes.ts";
import { fromFill } from "../../sources/byte-stream.ts";

/** The first bytes of a stream (up to `limit`), and the stream as if nothing had been taken from it. */
export async function peek(
  bytes: ByteStream,
  limit: number,
): Promise<{ head: Uint8Array; bytes: ByteStream }> {
  let room = Buffer.allocUnsafeSlow(Math.min(limit, 16 << 10));
  let size = 0;
  for (;;) {
    const count = await bytes.fill(room.subarray(size));
    size += count;
    if (count === 0 || size === limit) break;
    if (size < room.length) continue;
    const larger = Buffer.allocUnsafeSlow(Math.min(limit, 4 * room.length));
    room.copy(larger);
    room = larger;
  }
  const head = room.subarray(0, size);
  return { head, bytes: behind(head, bytes) };
}

/** The stream that begins with `head`. */
function behind(head: Uint8Array, bytes: ByteStream): ByteStream {
  let left = head;
  return fromFill((target) => {
    if (left.length === 0) return bytes.fill(target);
    const count = Math.min(target.length, left.length);
    target.set(left.subarray(0, count));
    // Nobody needs the bytes any more: a large head must not live as long as the stream.
    left = count === left.length ? new Uint8Array(0) : left.subarray(count);
    return count;
  });
}

/** The same stream without its first bytes. */
export function skip(bytes: ByteStream, count: number): ByteStream {
  let left = count;
  const pass = async (target: Uint8Array): Promise<number> => {
    const scratch = Buffer.allocUnsafe(Math.min(left, 64 << 10));
    while (left > 0) {
      const filled = await bytes.fill(scratch.subarray(0, Math.min(left, scratch.length)));
      if (filled === 0) return 0;
      left -= filled;
    }
    return await bytes.fill(target);
  };
  return fromFill((target) => (left > 0 ? pass(target) : bytes.fill(target)));
}
