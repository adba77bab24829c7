// What V8 made of the program when it was built: to make it anew at each start takes as long as to search 100 MB.

import { readFileSync, writeFileSync } from "node:fs";
import { crc32 } from "node:zlib";

/** V8 knows its own version and flags, and no more. */
const MAKER = `${process.version} ${process.platform} ${process.arch}`;

const SUM_BYTES = 4;

/** V8 trusts what it is given: a flipped bit would be run. CRC-32 of who made it, what of, and the code. */
function sumOf(text: Uint8Array, code: Uint8Array): number {
  return crc32(code, crc32(text, crc32(MAKER)));
}

/**
 * V8's code for the file `path`, which holds `text`. Undefined where none was kept, it is damaged, or another Node or
 * another text has made it: the program starts as well, a little later.
 */
export function readCompiled(path: string, text: Uint8Array): Buffer | undefined {
  try {
    const kept = readFileSync(`${path}.code`);
    const code = kept.subarray(SUM_BYTES);
    return kept.readUInt32LE() === sumOf(text, code) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** @throws where the file cannot be written. */
export function writeCompiled(path: string, text: Uint8Array, code: Uint8Array): void {
  const sum = Buffer.alloc(SUM_BYTES);
  sum.writeUInt32LE(sumOf(text, code));
  writeFileSync(`${path}.code`, Buffer.concat([sum, code]));
}
