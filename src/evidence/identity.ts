// What a source is known by, whatever its name, its place or its compression: its length, its bytes (all of the
// first MiB, a sample of every 64 KiB behind it) and every line that was counted. It does not depend on a hash
// of all bytes, which costs more than reading them. The same is asked of every shorter length that a known source
// has: a log that was read before it had grown is a beginning of what it is now.
//
// Both hashes are chains of short ones, so that they can be kept as text and gone on with when a log has grown.

import { createHash } from "node:crypto";
import type { Earlier } from "../model/source.ts";
import { type ContentChain, contentChain, type LineChain, lineChain, STRETCH_BYTES } from "./chains.ts";

/** Sources that are not even this long are never taken for the beginning of another. */
const KEY_BYTES = 64;

/** Where a reading of a source stood, at a block's border. */
export interface IdentityState {
  readonly bytes: number;
  readonly content: string;
  readonly lines: string;
}

export interface Identity {
  /** Decompressed bytes in order. */
  bytes(chunk: Uint8Array): void;
  /** A line that was counted, by where it ends and its bytes (latin1). In file order, some time after its bytes. */
  counted(end: number, raw: string): void;
  /**
   * What has to be known to go on from a border (a multiple of `BORDER_BYTES`) when all lines counted so far begin
   * before it; null where one does not, or where the border lies before what was asked to be kept.
   */
  stateAt(border: number): IdentityState | null;
  finish(): { readonly identity: string; readonly beginnings: readonly number[] };
}

/** Hash of a source's first bytes: sources that begin differently need not be compared. Empty for very short ones. */
export function headKey(head: Uint8Array): string {
  if (head.length < KEY_BYTES) return "";
  return createHash("sha256").update(head.subarray(0, KEY_BYTES)).digest("hex");
}

/** Offsets at which a reading can be gone on with. */
export const BORDER_BYTES = STRETCH_BYTES;

/**
 * Begins the identity of one source, or goes on with it. `earlier`: known sources that begin alike. Borders from
 * `keepFrom` on are kept, so that `stateAt` knows them.
 */
export function createIdentity(
  earlier: readonly Earlier[],
  from: IdentityState = { bytes: 0, content: "", lines: "" },
  keepFrom = Number.POSITIVE_INFINITY,
): Identity {
  return new ContentIdentity(earlier, from, keepFrom);
}

class ContentIdentity implements Identity {
  readonly #content: ContentChain;
  readonly #lines: LineChain;
  readonly #waiting: Earlier[];
  /** Lengths whose bytes have passed, and whose lines have not all been counted yet. */
  readonly #passed: { one: Earlier; content: string }[] = [];
  readonly #beginnings: number[] = [];

  constructor(earlier: readonly Earlier[], from: IdentityState, keepFrom: number) {
    this.#content = contentChain(from.bytes, from.content, keepFrom);
    this.#lines = lineChain(from.lines);
    this.#waiting = earlier.filter((one) => one.bytes > from.bytes).sort((a, b) => a.bytes - b.bytes);
  }

  bytes(chunk: Uint8Array): void {
    const base = this.#content.seen();
    let at = 0;
    for (const one of this.#waiting) {
      if (one.bytes > base + chunk.length) break;
      this.#content.add(chunk, at, one.bytes - base);
      at = one.bytes - base;
      this.#passed.push({ one, content: this.#content.now() });
    }
    this.#content.add(chunk, at, chunk.length);
    while (this.#waiting[0] !== undefined && this.#waiting[0].bytes <= this.#content.seen())
      this.#waiting.shift();
  }

  counted(end: number, raw: string): void {
    if (this.#passed.length > 0) this.#settle(end);
    this.#lines.add(end, raw);
  }

  stateAt(bytes: number): IdentityState | null {
    const [content, lines] = [this.#content.border(bytes), this.#lines.chain(bytes)];
    return content === null || lines === null ? null : { bytes, content, lines };
  }

  finish(): { identity: string; beginnings: readonly number[] } {
    const bytes = this.#content.seen();
    // A last line without its newline may still be written: it is no part of what the source is known by.
    this.#lines.forgetFrom(bytes);
    // A source of the same length is the same source, and told so by its identity.
    this.#settle(bytes);
    return { identity: combine(bytes, this.#content.now(), this.#lines.now()), beginnings: this.#beginnings };
  }

  /** A line that ends at `end` was not whole within a length up to there. */
  #settle(end: number): void {
    for (let next = this.#passed[0]; next !== undefined && next.one.bytes <= end; next = this.#passed[0]) {
      this.#passed.shift();
      const { bytes, identity, sourceId } = next.one;
      if (combine(bytes, next.content, this.#lines.now()) === identity) this.#beginnings.push(sourceId);
    }
  }
}

function combine(bytes: number, content: string, lines: string): string {
  return createHash("sha256").update(`${bytes}:${content}:${lines}`).digest("hex");
}
