// The hash that ties a number to its bytes.

import { hash } from "node:crypto";

/** SHA-256 of a line's bytes. `raw` is one byte per character (latin1). */
export function hashLine(raw: string): Uint8Array {
  // In one call: making a hash object costs more than hashing a line.
  return hash("sha256", Buffer.from(raw, "latin1"), "buffer");
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
