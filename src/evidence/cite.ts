// The hash that ties a number to its bytes.

import { hash } from "node:crypto";

/** SHA-256 of a line's bytes. `raw` is one byte per character (latin1). */
export function hashLine(raw: string): Uint8Array {
  // In one call: making a hash object costs more than hashing a line.
  return hash("sha256", Buffer.from(raw, "latin1"), "buffer");
}

const PLAIN = /^[\t\n\x20-\x7e]*$/;

/** True where a text of at most `limit` characters tells its bytes: no hash of them need be kept. */
export function tellsBytes(raw: string, limit: number): boolean {
  return raw.length <= limit && PLAIN.test(raw);
}

/**
 * Hash of bytes that a text tells: `byteLength` bytes, in which the text stands once, or several times with newlines
 * between. Null where that cannot be.
 */
export function hashText(text: string, byteLength: number): Uint8Array | null {
  const times = (byteLength + 1) / (text.length + 1);
  if (!Number.isInteger(times) || times < 1 || !PLAIN.test(text)) return null;
  return hashLine(`${`${text}\n`.repeat(times - 1)}${text}`);
}

/** Hash of the bytes that a decoded text was read from; null where it was cut, or holds bytes that are no UTF-8. */
export function hashDecoded(text: string, byteLength: number): Uint8Array | null {
  const bytes = Buffer.from(text, "utf8");
  return bytes.length === byteLength && !text.includes("\ufffd") ? hash("sha256", bytes, "buffer") : null;
}

/** Text of a line as shown and stored: UTF-8 with replacement, at most `limit` characters. */
export function decodeLine(raw: string, limit: number): string {
  const text = decode(raw);
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}

/** UTF-8 text of latin1-held bytes; bytes that are no UTF-8 become U+FFFD. */
export function decode(raw: string): string {
  for (let i = 0; i < raw.length; i++) {
    if (raw.charCodeAt(i) > 127) return Buffer.from(raw, "latin1").toString("utf8");
  }
  return raw;
}
