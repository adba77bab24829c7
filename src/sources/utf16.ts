// Text of 16-bit characters, as Windows programs save logs, to UTF-8: what everything behind reads, and what offsets
// count, as they count decompressed bytes.

import type { ByteStream } from "../model/bytes.ts";
import { fromChunks } from "./byte-stream.ts";
import type { Bytes } from "./bytes.ts";
import type { Ledger } from "./ledger.ts";

/** A byte order mark, and a first character that begins a text: other formats may have the mark by chance. */
const LITTLE = /^\xff\xfe[\t\n\r -~]\0/;
const BIG = /^\xfe\xff\0[\t\n\r -~]/;

export function isUtf16(head: Buffer): boolean {
  const start = head.toString("latin1", 0, 4);
  return LITTLE.test(start) || BIG.test(start);
}

/** The text in UTF-8, without the mark. Ends early for no input; half a character at the end is told. */
export function fromUtf16(input: Bytes, ledger: Ledger, head: Uint8Array): ByteStream {
  return fromChunks(decoded(input, ledger, head[0] === 0xfe));
}

async function* decoded(input: Bytes, ledger: Ledger, big: boolean): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder("utf-16le");
  let half: Buffer = Buffer.alloc(0);
  let out = 0;
  for await (const chunk of input) {
    const bytes = Buffer.concat([half, chunk]);
    const whole = bytes.length - (bytes.length % 2);
    half = bytes.subarray(whole);
    const units = bytes.subarray(0, whole);
    const text = Buffer.from(decoder.decode(big ? units.swap16() : units, { stream: true }));
    out += text.length;
    if (text.length > 0) yield text;
  }
  const rest = Buffer.from(decoder.decode());
  if (rest.length > 0) yield rest;
  if (half.length + rest.length > 0) {
    ledger.damage("truncated", "the text ends within a character of 16 bits", out);
  }
}
