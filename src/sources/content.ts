// Text or not, told by the first bytes. A damaged head is no reason to leave a log unread, so a stream is called
// binary only for a known magic, or when all of its first 64 KiB look so.

import { isUtf8 } from "node:buffer";
import type { Bytes } from "./bytes.ts";

export const HEAD_BYTES = 4096;
const SURE_BYTES = 64 * 1024;
/** What is shorter than this has too few bytes to count runs in. */
const LEAST_BYTES = 64;

/** A log that was damaged behind its first line: structures and compressed data do not begin with one. */
const FIRST_LINE = /^[\t\x1b\x20-\x7e\x80-\xff]{32,}\r?\n/;

export type Content = "text" | "journal" | "zone" | "binary";

const MAGICS: readonly { readonly magic: string; readonly content: Content }[] = [
  { magic: "LPKSHHRH", content: "journal" }, // systemd journal-def.h, HEADER_SIGNATURE
  { magic: "TZif", content: "zone" }, // RFC 8536
  { magic: "\x7fELF", content: "binary" },
  { magic: "SQLite format 3\0", content: "binary" },
  { magic: "\x89PNG\r\n\x1a\n", content: "binary" },
  { magic: "\xff\xd8\xff", content: "binary" },
  { magic: "GIF8", content: "binary" },
  { magic: "%PDF-", content: "binary" },
  { magic: "KDUMP   ", content: "binary" },
  { magic: "7z\xbc\xaf\x27\x1c", content: "binary" },
  { magic: "Rar!\x1a\x07", content: "binary" },
  { magic: "\xed\xab\xee\xdb", content: "binary" }, // RPM package
  { magic: "!<arch>\n", content: "binary" }, // ar, Debian package
  { magic: "\xff\xfe", content: "binary" }, // UTF-16 that begins with no letter
  { magic: "\xfe\xff", content: "binary" },
];

export async function judgeContent(bytes: Bytes): Promise<Content> {
  const head = await bytes.peek(HEAD_BYTES);
  const start = Buffer.from(head.subarray(0, 16)).toString("latin1");
  const known = MAGICS.find(({ magic }) => start.startsWith(magic));
  if (known !== undefined) return known.content;
  if (!looksBinary(head) || FIRST_LINE.test(Buffer.from(head).toString("latin1"))) return "text";
  const more = await bytes.peek(SURE_BYTES);
  for (let at = 0; at < more.length; at += HEAD_BYTES) {
    const block = more.subarray(at, at + HEAD_BYTES);
    if (block.length >= LEAST_BYTES && !looksBinary(block)) return "text";
  }
  return "binary";
}

// A crash leaves NULs in a log as a few long runs; structures and compressed data hold many short ones, or
// control bytes that no terminal takes.
function looksBinary(block: Uint8Array): boolean {
  if (block.length < LEAST_BYTES) return looksBinaryInShort(block);
  let runs = 0;
  let strange = 0;
  let shown = 0;
  let previous = 0;
  for (const byte of block) {
    if (byte === 0) {
      if (previous !== 0) runs += 1;
    } else {
      shown += 1;
      if (isStrange(byte)) strange += 1;
    }
    previous = byte;
  }
  return (runs + strange) * 25 > shown && shown > 0 && runs + strange > 4;
}

/** A whole file of a few bytes: text has few control bytes, and few that are neither ASCII nor UTF-8. */
function looksBinaryInShort(bytes: Uint8Array): boolean {
  const isHigh = isUtf8(bytes) ? () => false : (byte: number) => byte >= 0x80;
  const shown = bytes.filter((byte) => byte !== 0);
  return shown.filter((byte) => isStrange(byte) || isHigh(byte)).length * 3 > shown.length;
}

/** A control byte that no terminal takes. */
function isStrange(byte: number): boolean {
  return byte < 32 && !(byte >= 7 && byte <= 13) && byte !== 27;
}
