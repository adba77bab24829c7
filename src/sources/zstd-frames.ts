// Where the parts of a zstd stream (RFC 8878, section 3.1) begin and end. What is in them is the decoder's business.

/** Bytes of the longest header of a frame, its magic number among them. */
export const MOST_HEADER_BYTES = 18;
export const BLOCK_HEADER_BYTES = 3;
export const CHECKSUM_BYTES = 4;
/** Of one block, whatever the window. */
export const MOST_BLOCK_BYTES = 128 * 1024;

const FRAME = 0xfd2fb528;
const FRAME_BYTES = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const SKIPPABLE = 0x184d2a50;
const SKIPPABLE_HEADER_BYTES = 8;
const DICTIONARY_BYTES = [0, 1, 2, 4] as const;
const SIZE_BYTES = [0, 2, 4, 8] as const;
const RLE = 1;
const RESERVED = 3;

export type FrameHeader =
  | {
      readonly kind: "frame";
      readonly bytes: number;
      /** Memory that a decoder needs, in bytes; it may be any number that the header says. */
      readonly windowBytes: number;
      readonly hasChecksum: boolean;
    }
  | { readonly kind: "skippable"; readonly bytes: number; readonly contentBytes: number }
  /** It goes on behind these bytes. */
  | { readonly kind: "short" }
  | { readonly kind: "none" };

/** The header that `bytes` begin with; `MOST_HEADER_BYTES` are enough. */
export function readFrameHeader(bytes: Uint8Array): FrameHeader {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MOST_HEADER_BYTES));
  if (head.length < 4) {
    const begins = FRAME_BYTES.subarray(0, head.length).equals(head);
    return { kind: begins ? "short" : "none" };
  }
  const magic = head.readUInt32LE(0);
  if ((magic & ~0xf) >>> 0 === SKIPPABLE) {
    if (head.length < SKIPPABLE_HEADER_BYTES) return { kind: "short" };
    return { kind: "skippable", bytes: SKIPPABLE_HEADER_BYTES, contentBytes: head.readUInt32LE(4) };
  }
  if (magic !== FRAME) return { kind: "none" };
  const descriptor = head[4];
  if (descriptor === undefined) return { kind: "short" };
  const isSingle = (descriptor & 0x20) !== 0;
  const dictionaryBytes = DICTIONARY_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3];
  const sizeFlag = (descriptor >> 6) as 0 | 1 | 2 | 3;
  const sizeBytes = isSingle && sizeFlag === 0 ? 1 : SIZE_BYTES[sizeFlag];
  const sizeAt = 5 + (isSingle ? 0 : 1) + dictionaryBytes;
  if (head.length < sizeAt + sizeBytes) return { kind: "short" };
  const windowBytes = isSingle ? contentSize(head, sizeAt, sizeBytes) : windowSize(head[5] ?? 0);
  return { kind: "frame", bytes: sizeAt + sizeBytes, windowBytes, hasChecksum: (descriptor & 4) !== 0 };
}

export interface BlockHeader {
  readonly isLast: boolean;
  /** Stored bytes behind the header; null where the header cannot be one. */
  readonly bytes: number | null;
}

/** The header at `at`, where three bytes are. */
export function readBlockHeader(bytes: Uint8Array, at: number): BlockHeader {
  const header = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
  const type = (header >> 1) & 3;
  const size = type === RLE ? 1 : header >> 3;
  const isSound = type !== RESERVED && size <= MOST_BLOCK_BYTES;
  return { isLast: (header & 1) === 1, bytes: isSound ? size : null };
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function contentSize(head: Buffer, at: number, bytes: number): number {
  if (bytes === 8) return Number(head.readBigUInt64LE(at));
  // Two bytes begin to count at 256.
  return head.readUIntLE(at, bytes) + (bytes === 2 ? 256 : 0);
}
