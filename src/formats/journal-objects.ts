// JSON that is spread over lines: journalctl -o json-pretty, dmesg -J. Neither puts objects into its records, so a
// record is what stands between an opening brace and the next closing one, strings left out. Records of a log service
// are nested: theirs end with the brace that closes the outermost.

import type { Entry } from "../model/line.ts";
import type { Problem } from "../model/problem.ts";
import { createPieces } from "./pieces.ts";
import type { LogRecord, RecordReader } from "./record.ts";
import { createTroubles } from "./troubles.ts";

/** A field of 1 MiB as an array of bytes, each on a line of its own, is several times as long. */
const MOST_OBJECT_BYTES = 8 << 20;

const NEWLINE = 10;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

/** What dmesg puts around all its records, and what it prints where it has none. */
const ENVELOPE = /^\{\s*"dmesg"\s*:\s*\[\s*$/;
const EMPTY = /^\{\s*"dmesg"\s*:\s*\[\s*\]\s*\}$/;

export class ObjectReader implements RecordReader {
  readonly #read: (text: string) => Entry | null;
  readonly #troubles = createTroubles();
  readonly #held = createPieces(MOST_OBJECT_BYTES);
  readonly #nested: boolean;
  #depth = 0;
  #within: "nothing" | "object" | "string" | "escape" = "nothing";
  #found: LogRecord[] = [];
  #number = 0;
  /** Offset of the chunk's first byte. */
  #base = 0;
  #start = 0;
  /** First byte of the chunk that belongs to the open object and is not held yet. */
  #from = 0;

  /** `read` makes an entry of one object's text, or null. `nested`: objects stand in objects. */
  constructor(read: (text: string) => Entry | null, nested = false) {
    this.#read = read;
    this.#nested = nested;
  }

  push(chunk: Uint8Array): LogRecord[] {
    this.#from = 0;
    for (let at = 0; at < chunk.length; at++) this.#step(chunk, at);
    if (this.#within !== "nothing") this.#held.add(chunk.subarray(this.#from));
    this.#base += chunk.length;
    const records = this.#found;
    this.#found = [];
    return records;
  }

  end(): LogRecord[] {
    if (this.#within !== "nothing" && !this.#isEnvelope()) this.#troubles.note("cut-record", this.#start);
    this.#within = "nothing";
    return [];
  }

  problems(): Problem[] {
    return this.#troubles.problems();
  }

  #step(chunk: Uint8Array, at: number): void {
    const byte = chunk[at];
    switch (this.#within) {
      case "escape":
        this.#within = "string";
        break;
      case "string":
        if (byte === QUOTE) this.#within = "object";
        else if (byte === BACKSLASH) this.#within = "escape";
        else if (byte === NEWLINE) this.#abandon();
        break;
      case "object":
        if (byte === QUOTE) this.#within = "string";
        else if (byte === OPEN) {
          if (this.#nested) this.#depth += 1;
          else this.#openAnother(chunk, at);
        } else if (byte === CLOSE) {
          if (this.#depth > 0) this.#depth -= 1;
          else this.#close(chunk, at + 1);
        }
        break;
      case "nothing":
        if (byte === OPEN) this.#open(at);
        break;
    }
  }

  #open(at: number): void {
    this.#held.clear();
    this.#start = this.#base + at;
    this.#from = at;
    this.#depth = 0;
    this.#within = "object";
  }

  /** While another is open: that one was cut, unless it is the envelope. */
  #openAnother(chunk: Uint8Array, at: number): void {
    this.#held.add(chunk.subarray(this.#from, at));
    if (!this.#isEnvelope()) this.#troubles.note("bad-record", this.#start);
    this.#open(at);
  }

  #close(chunk: Uint8Array, to: number): void {
    this.#held.add(chunk.subarray(this.#from, to));
    this.#within = "nothing";
    const text = this.#held.text();
    const long = this.#held.length > MOST_OBJECT_BYTES;
    const entry = long ? null : this.#read(text);
    this.#held.clear();
    if (entry !== null) {
      this.#number += 1;
      const length = this.#base + to - this.#start;
      this.#found.push({ entry, offset: this.#start, length, number: this.#number });
    } else if (!EMPTY.test(text)) this.#troubles.note(long ? "field-too-long" : "bad-record", this.#start);
  }

  /** No string has a newline of its own: the record was cut. */
  #abandon(): void {
    this.#troubles.note("bad-record", this.#start);
    this.#held.clear();
    this.#within = "nothing";
  }

  #isEnvelope(): boolean {
    return this.#held.length < 64 && ENVELOPE.test(this.#held.text());
  }
}
