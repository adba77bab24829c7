// Tar's 512-byte header blocks (pax(1), "ustar Interchange Format"; GNU tar manual, "Basic Tar Format").

export const BLOCK_BYTES = 512;

/** Types whose body names the next member: GNU long link and name, pax and its global form. */
const LONG_TYPES = new Set(["K", "L", "N", "x", "g"]);

export function looksLikeTar(head: Uint8Array): boolean {
  return hasMagic(head) || (head[0] !== 0 && isTarBlock(head, false));
}

/** Blocks of zeros that end an archive. */
const END_BLOCKS = 2;
const TAR_NAME = /\.(?:tar|t[bgx]z|tbz2|tzst|taz|tlz)(?:\.[a-z0-9]{1,4})?$/i;

/** An archive without a member: its end mark alone. A crash leaves NULs in a log as well, so its name must say so. */
export function looksLikeEmptyTar(head: Uint8Array, name: string): boolean {
  const mark = head.subarray(0, END_BLOCKS * BLOCK_BYTES);
  return mark.length === END_BLOCKS * BLOCK_BYTES && isZeroBlock(mark) && TAR_NAME.test(name);
}

/** A sound header. `marked`: with the magic that all but the oldest archives carry. */
export function isTarBlock(block: Uint8Array, marked: boolean): boolean {
  if (block.length < BLOCK_BYTES || (marked && !hasMagic(block))) return false;
  const told = /^ *([0-7]+)[\0 ]/.exec(latin1(block, 148, 156));
  // The sum is taken with its own eight bytes as blanks.
  let sum = 8 * 32;
  for (let i = 0; i < BLOCK_BYTES; i += 1) if (i < 148 || i >= 156) sum += block[i] ?? 0;
  return told !== null && Number.parseInt(told[1] ?? "", 8) === sum;
}

export function isZeroBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** Bytes of the body that belongs to a header of a long name, rounded to blocks; 0 for all other headers. */
export function longHeaderBytes(block: Uint8Array): number {
  if (!LONG_TYPES.has(latin1(block, 156, 157))) return 0;
  const size = Number.parseInt(latin1(block, 124, 136), 8) || 0;
  return Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
}

function hasMagic(head: Uint8Array): boolean {
  return /^ustar[\0 ]/.test(latin1(head, 257, 263));
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString("latin1");
}
