// tar-stream as a pull: one entry at a time off a stream of bytes, up to the end or the first damaged header.

import { type Extract, type ExtractEvents, extract, type Header } from "tar-stream";
import { Bytes } from "./bytes.ts";
import type { Ledger } from "./ledger.ts";
import { BLOCK_BYTES, isTarBlock, isZeroBlock, longHeaderBytes } from "./tar-block.ts";

type Body = ExtractEvents["entry"][1];

export interface Entry {
  readonly header: Header;
  readonly body: Body;
  readonly next: () => void;
}

export interface TarDamage {
  /** Stored bytes to look at next: those behind the damaged block. */
  readonly rest: Uint8Array;
  /** The block stands behind an end mark: rubbish, and no member is lost. */
  readonly behindEnd: boolean;
}

export class TarRun {
  readonly #input: Bytes;
  readonly #extract: Extract;
  readonly #pumping: Promise<void>;
  #entry: Entry | null = null;
  /** The last entry's body, and the offset at which it should end. */
  #open: { readonly body: Body; readonly end: number } | null = null;
  #failed = false;
  #ended = false;
  #stopped = false;
  #wakeReader = () => {};
  #wakePump = () => {};
  #chunk: Uint8Array = new Uint8Array(0);
  #written = 0;
  #nextHeader = 0;
  #zeroBefore = false;
  /** The last whole block was an end mark. */
  sawEnd = false;
  /** Bytes behind the last whole block that are no NULs. */
  oddBytes = 0;

  constructor(input: Bytes) {
    this.#input = input;
    // With a mark of one byte there is never more than one chunk inside the extractor.
    const options = { allowUnknownFormat: true, highWaterMark: 1 };
    this.#extract = extract(options);
    this.#extract.on("entry", (header, body, next) => this.#take({ header, body, next: () => next() }));
    this.#extract.on("error", () => {
      this.#failed = true;
      this.#wakeReader();
    });
    for (const event of ["drain", "close"]) this.#extract.on(event, () => this.#wakePump());
    this.#pumping = this.#pump();
  }

  /** The next entry; `release` the one before first. */
  async next(): Promise<Entry | null> {
    while (this.#entry === null && !this.#failed && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
    const entry = this.#entry;
    this.#entry = null;
    return entry;
  }

  release({ header, body, next }: Entry): void {
    if (bodyBytes(header) > 0) body.resume();
    next();
  }

  bodyOf({ header, body }: Entry, ledger: Ledger): Bytes {
    return new Bytes(readBody(body, bodyBytes(header), ledger));
  }

  /** Where and how reading failed, or null where the end was reached. */
  damage(): TarDamage | null {
    if (!this.#failed) return null;
    const start = this.#written - this.#chunk.length;
    const first = Math.max(this.#nextHeader, start) - start;
    let behindEnd = first === 0 && this.#zeroBefore;
    let at = first;
    for (; at + BLOCK_BYTES <= this.#chunk.length; at += BLOCK_BYTES) {
      const block = this.#chunk.subarray(at, at + BLOCK_BYTES);
      if (isZeroBlock(block)) behindEnd = true;
      else if (isTarBlock(block, false)) {
        behindEnd = false;
        at += longHeaderBytes(block);
      } else return { rest: this.#chunk.subarray(at + BLOCK_BYTES), behindEnd };
    }
    return { rest: this.#chunk.subarray(first + BLOCK_BYTES), behindEnd: false };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#extract.destroy();
    this.#wakePump();
    // Stopped in the middle, the pump may still wait for input that never comes.
    if (this.#failed || this.#ended) await this.#pumping;
  }

  #take(entry: Entry): void {
    const { header, body } = entry;
    const start = "byteOffset" in header ? Number(header.byteOffset) : 0;
    const end = start + bodyBytes(header);
    body.on("error", () => {});
    this.#open = { body, end };
    this.#nextHeader = Math.ceil(end / BLOCK_BYTES) * BLOCK_BYTES;
    this.#entry = entry;
    this.#wakeReader();
  }

  async #pump(): Promise<void> {
    for (;;) {
      const chunk = await wholeBlocks(this.#input);
      if (chunk === null || this.#stopped) break;
      this.#zeroBefore = this.sawEnd;
      if (chunk.length >= BLOCK_BYTES) this.sawEnd = isZeroBlock(chunk.subarray(-BLOCK_BYTES));
      else if (!this.#insideBody() && !isZeroBlock(chunk)) this.oddBytes = chunk.length;
      this.#chunk = chunk;
      this.#written += chunk.length;
      this.#extract.write(chunk);
      await new Promise<void>((resolve) => {
        this.#wakePump = resolve;
      });
      if (this.#failed || this.#stopped) return;
    }
    // A body that the input does not fill would wait for ever.
    if (this.#insideBody()) this.#open?.body.push(null);
    this.#ended = true;
    this.#wakeReader();
  }

  #insideBody(): boolean {
    return this.#open !== null && this.#written < this.#open.end;
  }
}

function bodyBytes(header: Header): number {
  return header.type === "directory" ? 0 : header.size;
}

/** The next chunk cut to whole blocks; less than a block only at the end. */
async function wholeBlocks(input: Bytes): Promise<Uint8Array | null> {
  const head = await input.peek(BLOCK_BYTES);
  if (head.length === 0) return null;
  const chunk = await input.take();
  if (chunk === null || chunk.length < BLOCK_BYTES) return chunk;
  const whole = chunk.length - (chunk.length % BLOCK_BYTES);
  input.unread(chunk.subarray(whole));
  return chunk.subarray(0, whole);
}

// The iterator is never told to return: that would destroy the whole extractor.
async function* readBody(body: Body, size: number, ledger: Ledger): AsyncGenerator<Uint8Array> {
  if (size === 0) return;
  const chunks = body[Symbol.asyncIterator]();
  let read = 0;
  for (;;) {
    const next = await chunks.next().catch(() => null);
    if (next === null || next.done === true || !(next.value instanceof Uint8Array)) break;
    read += next.value.length;
    yield next.value;
  }
  if (read < size) {
    ledger.damage("truncated", `the archive ends inside this member, after ${read} of ${size} bytes`, read);
  }
}
