// xz programs call rubbish behind a stream "corrupt", as they call damage in its middle. Which it is shows in the
// stored bytes: a stream ends in an index that tells its decompressed size, and a footer with a checksum
// (The .xz File Format 1.2, sections 2.1.2, 2.2 and 4).

import { crc32 } from "node:zlib";
import { Bytes } from "./bytes.ts";

const FOOTER_BYTES = 12;
const INDEX_WINDOW_BYTES = 64 * 1024;
const NUL_CHUNK = Buffer.alloc(64 * 1024);

export class XzTail {
  readonly #sizes: number[] = [];
  #window: Buffer = Buffer.alloc(0);
  /** NULs at the very end, which the decoder never sees: a multiple of four is legal padding, any other is not. */
  trailingNuls = 0;

  /** The same bytes, watched, without the NULs at their end. */
  watch(input: Bytes): Bytes {
    return new Bytes(this.#pass(input));
  }

  /** True where a whole stream, or all streams so far, hold exactly this many decompressed bytes. */
  endsAt(decompressedBytes: number): boolean {
    let sum = 0;
    return this.#sizes.some((size) => {
      sum += size;
      return size === decompressedBytes || sum === decompressedBytes;
    });
  }

  async *#pass(input: Bytes): AsyncGenerator<Uint8Array> {
    for await (const chunk of input) {
      let end = chunk.length;
      while (end > 0 && chunk[end - 1] === 0) end -= 1;
      if (end > 0) {
        for (let left = this.trailingNuls; left > 0; left -= NUL_CHUNK.length) {
          yield NUL_CHUNK.subarray(0, Math.min(left, NUL_CHUNK.length));
        }
        this.#look(chunk.subarray(0, end));
        this.trailingNuls = 0;
        yield chunk.subarray(0, end);
      }
      this.trailingNuls += chunk.length - end;
    }
  }

  #look(chunk: Uint8Array): void {
    // NULs that were held back belong before this chunk; more of them than a footer holds end any index.
    const nuls = NUL_CHUNK.subarray(0, Math.min(this.trailingNuls, NUL_CHUNK.length));
    const seen = this.#window.length;
    const bytes = Buffer.concat([this.#window, nuls, chunk]);
    for (let at = bytes.indexOf("YZ", Math.max(0, seen - 1)); at >= 0; at = bytes.indexOf("YZ", at + 1)) {
      const size = streamSize(bytes, at + 2);
      if (size !== null) this.#sizes.push(size);
    }
    this.#window = Buffer.from(bytes.subarray(Math.max(0, bytes.length - INDEX_WINDOW_BYTES)));
  }
}

/** Decompressed size of the stream whose footer ends at `end`, or null where there is no footer. */
function streamSize(bytes: Buffer, end: number): number | null {
  const footer = end - FOOTER_BYTES;
  if (footer < 0 || crc32(bytes.subarray(footer + 4, footer + 10)) !== bytes.readUInt32LE(footer))
    return null;
  const index = footer - (bytes.readUInt32LE(footer + 4) + 1) * 4;
  if (index < 0 || bytes[index] !== 0) return null;
  const numbers = varints(bytes.subarray(index + 1, footer - 4));
  const [records = 0, ...sizes] = numbers;
  let sum = 0;
  // What the index says of its length may be anything; what it holds is bounded by its bytes.
  for (let i = 0; i < Math.min(records, sizes.length / 2); i += 1) sum += sizes[2 * i + 1] ?? 0;
  return sum;
}

function varints(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte >= 0x80) continue;
    numbers.push(value);
    value = 0;
    scale = 1;
  }
  return numbers;
}
