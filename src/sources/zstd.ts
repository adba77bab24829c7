// zstd within the process: a program writes into a pipe, and what goes through a pipe is copied twice. The decoder is
// given a block at a time, so that damage costs the damaged block alone.

import type { ByteStream } from "../model/bytes.ts";
import { fromFill } from "./byte-stream.ts";
import type { Bytes } from "./bytes.ts";
import type { Ledger } from "./ledger.ts";
import { bombVerdict, type Limits } from "./limits.ts";
import type { SourceProblem } from "./problems.ts";
import type { Step } from "./zstd-decoder.ts";
import {
  BLOCK_HEADER_BYTES,
  CHECKSUM_BYTES,
  MOST_HEADER_BYTES,
  readBlockHeader,
  readFrameHeader,
} from "./zstd-frames.ts";
import { discard, giveBack, takeWorks } from "./zstd-works.ts";

/** Streams whose first frame has a larger window are left to a program, which has memory of its own, if there is one. */
const MODEST_WINDOW_BYTES = 8 * 1024 * 1024;
/** False where the first frame asks for more memory than is to be taken here. */
export function isModest(head: Uint8Array): boolean {
  const header = readFrameHeader(head);
  return header.kind !== "frame" || header.windowBytes <= MODEST_WINDOW_BYTES;
}

/** The decompressed bytes. Never throws for bad input: ends early, and the ledger says why. Only where `hasZstd`. */
export function unzstd(input: Bytes, ledger: Ledger, limits: Limits): ByteStream {
  const unpacking = new Unzstd(input, ledger, limits);
  return fromFill(
    (target) => unpacking.fill(target),
    () => unpacking.close(),
  );
}

/** What comes next in the stored bytes. */
type Expected = "header" | "block" | "checksum" | "skipped";

class Unzstd {
  readonly #input: Bytes;
  readonly #ledger: Ledger;
  readonly #limits: Limits;
  readonly #works = takeWorks();
  readonly #stored = this.#works.stored;
  /** Stored bytes not yet used up stand in `[at, end)`. */
  #at = 0;
  #end = 0;
  #inputEnded = false;
  #expected: Expected = "header";
  /** Bytes of the part at hand that the decoder has not used up. */
  #part = 0;
  /** Bytes to be passed over. */
  #skip = 0;
  #hasChecksum = false;
  /** The output had no room left: there may be more without any further input. */
  #full = false;
  #ended = false;
  #out = 0;

  constructor(input: Bytes, ledger: Ledger, limits: Limits) {
    this.#input = input;
    this.#ledger = ledger;
    this.#limits = limits;
  }

  fill(target: Uint8Array): number | Promise<number> {
    while (!this.#ended) {
      if (this.#part > 0 || this.#full) {
        const count = this.#step(target);
        if (count > 0) return this.#filled(count);
        continue;
      }
      if (this.#plan()) continue;
      const filled = this.#input.fill(this.#roomForMore());
      if (typeof filled !== "number") return filled.then((size) => this.#feed(size).fill(target));
      this.#feed(filled);
    }
    return 0;
  }

  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    discard(this.#works);
  }

  /** Gives the decoder what is left of a part. */
  #step(target: Uint8Array): number {
    let step: Step;
    try {
      step = this.#works.decoder.step(this.#stored.subarray(this.#at, this.#at + this.#part), target);
    } catch (error) {
      this.#damage("corrupt", `zstd data is damaged (${(error as Error).message})`, true);
      return 0;
    }
    const { used, made } = step;
    this.#at += used;
    this.#part -= used;
    this.#full = made === target.length;
    // A decoder that does nothing with what it is given never will.
    if (used === 0 && made === 0 && this.#part > 0) this.#damage("corrupt", "zstd data is damaged", true);
    return made;
  }

  #filled(count: number): number {
    this.#out += count;
    const bytesIn = this.#input.taken - (this.#end - this.#at);
    const bomb = bombVerdict(this.#limits, bytesIn, this.#out);
    if (bomb !== null) this.#damage("compression-bomb", `zstd: ${bomb}; the rest was left unread`);
    return count;
  }

  /** Settles what the next part is; false where more has to be read for it. */
  #plan(): boolean {
    switch (this.#expected) {
      case "header":
        return this.#planHeader();
      case "block":
        return this.#planBlock();
      case "checksum":
        return this.#planPart(CHECKSUM_BYTES, "header");
      case "skipped":
        return this.#planSkipped();
    }
  }

  #planHeader(): boolean {
    const bytes = this.#end - this.#at;
    if (bytes < MOST_HEADER_BYTES && !this.#inputEnded) return false;
    if (bytes === 0) {
      this.#finish();
      return true;
    }
    const header = readFrameHeader(this.#stored.subarray(this.#at, this.#end));
    if (header.kind === "short") this.#endEarly();
    else if (header.kind === "none") this.#endAtRubbish();
    else if (header.kind === "skippable") {
      this.#skip = header.bytes + header.contentBytes;
      this.#expected = "skipped";
    } else {
      this.#hasChecksum = header.hasChecksum;
      return this.#planPart(header.bytes, "block");
    }
    return true;
  }

  #planBlock(): boolean {
    if (this.#end - this.#at < BLOCK_HEADER_BYTES) return this.#lacks();
    const { isLast, bytes } = readBlockHeader(this.#stored, this.#at);
    if (bytes === null) {
      this.#damage("corrupt", "zstd data is damaged (no block of any kind)");
      return true;
    }
    const then = !isLast ? "block" : this.#hasChecksum ? "checksum" : "header";
    return this.#planPart(BLOCK_HEADER_BYTES + bytes, then);
  }

  #planPart(bytes: number, then: Expected): boolean {
    if (this.#end - this.#at < bytes) return this.#lacks();
    this.#part = bytes;
    this.#expected = then;
    return true;
  }

  #planSkipped(): boolean {
    const bytes = Math.min(this.#skip, this.#end - this.#at);
    this.#at += bytes;
    this.#skip -= bytes;
    if (this.#skip === 0) {
      this.#expected = "header";
      return true;
    }
    return this.#lacks();
  }

  /** True where nothing more can come: then the stream ends here. */
  #lacks(): boolean {
    if (this.#inputEnded) this.#endEarly();
    return this.#inputEnded;
  }

  #endEarly(): void {
    this.#damage("truncated", "the zstd stream ends in the middle");
  }

  #endAtRubbish(): void {
    const what = "bytes that are no zstd data";
    if (this.#out === 0) this.#damage("corrupt", `zstd: ${what}`);
    else {
      this.#ledger.note("trailing-rubbish", `${what} behind a zstd frame were ignored`, this.#out);
      this.#finish();
    }
  }

  #damage(kind: SourceProblem, message: string, isDecoders = false): void {
    this.#ledger.damage(kind, message, this.#out);
    this.#part = 0;
    this.#full = false;
    this.#finish(isDecoders);
  }

  /** Where nobody writes into our buffer any more: whoever closes a stream from outside may do so while it is filled. */
  #finish(isDamaged = false): void {
    this.#ended = true;
    giveBack(this.#works, isDamaged);
  }

  #roomForMore(): Uint8Array {
    this.#stored.copyWithin(0, this.#at, this.#end);
    this.#end -= this.#at;
    this.#at = 0;
    return this.#stored.subarray(this.#end);
  }

  #feed(size: number): this {
    this.#end += size;
    if (size === 0) this.#inputEnded = true;
    return this;
  }
}
