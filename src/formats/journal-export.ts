// journalctl -o export. systemd, Journal Export Format: fields as KEY=value lines, or, where the value may hold any
// byte, KEY, newline, length as 64 bit little endian, the bytes, newline; an empty line ends an entry.

import type { Problem } from "../model/problem.ts";
import { isJournal, journalEntry, WANTED_FIELDS } from "./journal-fields.ts";
import { createPieces } from "./pieces.ts";
import { type LogRecord, MOST_FIELD_BYTES, type RecordReader } from "./record.ts";
import { createTroubles } from "./troubles.ts";

// systemd src/libsystemd/sd-journal/journal-file.c, journal_field_valid; src/shared/journal-importer.h, DATA_SIZE_MAX.
const MOST_KEY_BYTES = 64;
const KEY = /^[A-Z0-9_]{1,64}$/;
const MOST_DATA_BYTES = 768n * 1024n * 1024n;

const NEWLINE = 10;
const EQUALS = 61;
const UNDERSCORE = 95;

/**
 * `key`: at the start of a line. `text`: behind the equals sign. `size`: in the eight bytes of a length. `data`: so
 * many bytes follow. `close`: one newline must follow. `lost`: until an empty line and two underscores.
 */
type State = "key" | "text" | "size" | "data" | "close" | "lost";

export class ExportReader implements RecordReader {
  readonly #format: string;
  readonly #troubles = createTroubles();
  readonly #key = createPieces(MOST_KEY_BYTES);
  readonly #value = createPieces(MOST_FIELD_BYTES);
  readonly #size = Buffer.alloc(8);
  #state: State = "key";
  /** Name of the field being read. */
  #name = "";
  #fields = new Map<string, string>();
  #found: LogRecord[] = [];
  #number = 0;
  /** Bytes still to come of `size` or `data`. */
  #missing = 0;
  /** Offset of the chunk's first byte. */
  #base = 0;
  #start = 0;
  /** Behind the last whole field of the record, its newline not counted; -1 where it has none. */
  #end = -1;
  /** How much of "\n\n__" was just seen. */
  #resynced = 0;

  constructor(format: string) {
    this.#format = format;
  }

  push(chunk: Uint8Array): LogRecord[] {
    let at = 0;
    while (at < chunk.length) at = this.#step(chunk, at);
    this.#base += chunk.length;
    return this.#take();
  }

  end(): LogRecord[] {
    const between = this.#state === "key" && this.#end < 0 && this.#key.length === 0;
    if (between || this.#state === "lost") return [];
    this.#troubles.note("cut-record", this.#start);
    // A message is matched as a whole, so a cut one does no harm; a cut stamp would.
    if (this.#state === "text" && this.#name === "MESSAGE") this.#closeField(this.#base);
    if (this.#fields.size > 0) this.#closeRecord();
    return this.#take();
  }

  problems(): Problem[] {
    return this.#troubles.problems();
  }

  /** Reads on from `from`; returns where the next step begins. */
  #step(chunk: Uint8Array, from: number): number {
    switch (this.#state) {
      case "key":
        return this.#readKey(chunk, from);
      case "text":
        return this.#readText(chunk, from);
      case "size":
        return this.#readSize(chunk, from);
      case "data":
        return this.#readData(chunk, from);
      case "close":
        return this.#readClose(chunk, from);
      case "lost":
        return this.#resync(chunk, from);
    }
  }

  #readKey(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length && chunk[at] !== NEWLINE && chunk[at] !== EQUALS) at += 1;
    if (this.#end < 0 && this.#key.length === 0) this.#start = this.#base + from;
    if (!this.#key.add(chunk.subarray(from, at))) this.#lose();
    else if (at < chunk.length) this.#closeKey(chunk[at] ?? 0);
    // A newline that ends rubbish may be the first of the two that end its record.
    return this.#state === "lost" || at === chunk.length ? at : at + 1;
  }

  #closeKey(delimiter: number): void {
    this.#name = this.#key.text();
    this.#key.clear();
    if (this.#name === "" && delimiter === NEWLINE) this.#closeRecord();
    else if (!KEY.test(this.#name)) this.#lose();
    else if (delimiter === EQUALS) this.#state = "text";
    else {
      this.#missing = this.#size.length;
      this.#state = "size";
    }
  }

  #readText(chunk: Uint8Array, from: number): number {
    const newline = chunk.indexOf(NEWLINE, from);
    const to = newline < 0 ? chunk.length : newline;
    this.#value.add(chunk.subarray(from, to));
    if (newline < 0) return to;
    this.#closeField(this.#base + to);
    return to + 1;
  }

  #readSize(chunk: Uint8Array, from: number): number {
    const to = Math.min(chunk.length, from + this.#missing);
    this.#size.set(chunk.subarray(from, to), this.#size.length - this.#missing);
    this.#missing -= to - from;
    if (this.#missing > 0) return to;
    const length = this.#size.readBigUInt64LE();
    if (length > MOST_DATA_BYTES) this.#lose();
    else {
      this.#missing = Number(length);
      this.#state = length === 0n ? "close" : "data";
    }
    return to;
  }

  #readData(chunk: Uint8Array, from: number): number {
    const to = Math.min(chunk.length, from + this.#missing);
    this.#value.add(chunk.subarray(from, to));
    this.#missing -= to - from;
    if (this.#missing === 0) this.#state = "close";
    return to;
  }

  #readClose(chunk: Uint8Array, from: number): number {
    if (chunk[from] === NEWLINE) this.#closeField(this.#base + from);
    else this.#lose();
    return from + 1;
  }

  #closeField(at: number): void {
    const tooLong = this.#value.length > MOST_FIELD_BYTES;
    if (tooLong) this.#troubles.note("field-too-long", this.#start);
    else if (WANTED_FIELDS.has(this.#name) && !this.#fields.has(this.#name)) {
      this.#fields.set(this.#name, this.#value.text());
    }
    this.#value.clear();
    this.#end = at;
    this.#state = "key";
  }

  /** What was read of a record goes on, if it can be one. */
  #closeRecord(): void {
    const fields = this.#fields;
    const get = (name: string): string | null => fields.get(name) ?? null;
    if (this.#end >= 0 && isJournal(get)) {
      this.#number += 1;
      this.#found.push({
        entry: journalEntry(this.#format, get),
        offset: this.#start,
        length: this.#end - this.#start,
        number: this.#number,
      });
    } else if (this.#end >= 0) this.#troubles.note("bad-record", this.#start);
    this.#forget();
  }

  /** The bytes no longer make sense. What was read of the record is used if its message was among it. */
  #lose(): void {
    this.#troubles.note("bad-record", this.#start);
    if (this.#fields.has("MESSAGE")) this.#closeRecord();
    this.#forget();
    this.#resynced = 0;
    this.#state = "lost";
  }

  #forget(): void {
    this.#fields = new Map();
    this.#end = -1;
    this.#key.clear();
    this.#value.clear();
  }

  #resync(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === NEWLINE) this.#resynced = this.#resynced === 1 || this.#resynced === 2 ? 2 : 1;
      else this.#resynced = byte === UNDERSCORE && this.#resynced >= 2 ? this.#resynced + 1 : 0;
      if (this.#resynced < 4) continue;
      this.#start = this.#base + at - 1;
      this.#key.add(new Uint8Array([UNDERSCORE, UNDERSCORE]));
      this.#state = "key";
      return at + 1;
    }
    return chunk.length;
  }

  #take(): LogRecord[] {
    const records = this.#found;
    this.#found = [];
    return records;
  }
}
