// journalctl -o export. systemd, Journal Export Format: fields as KEY=value lines, or, where the value may hold any
// byte, KEY, newline, length as 64 bit little endian, the bytes, newline; an empty line ends an entry.

import { isJournal, journalEntry, WANTED_FIELDS } from "./journal-fields.ts";
import { createPieces } from "./pieces.ts";
import { type LogRecord, MOST_FIELD_BYTES, type RecordReader } from "./record.ts";
import { createTroubles } from "./troubles.ts";

// systemd src/libsystemd/sd-journal/journal-file.h, field names; src/shared/journal-importer.h, DATA_SIZE_MAX.
const MOST_KEY_BYTES = 64;
const MOST_DATA_BYTES = 768n * 1024n * 1024n;

const NEWLINE = 10;
const EQUALS = 61;
const UNDERSCORE = 95;

/**
 * `key`: at the start of a line. `text`: behind the equals sign. `size`: in the eight bytes of a length. `data`: so
 * many bytes follow. `close`: one newline must follow. `lost`: until an empty line and two underscores.
 */
type State = "key" | "text" | "size" | "data" | "close" | "lost";

export function createExportReader(format: string): RecordReader {
  const troubles = createTroubles();
  const key = createPieces(MOST_KEY_BYTES);
  const value = createPieces(MOST_FIELD_BYTES);
  const size = Buffer.alloc(8);
  let fields = new Map<string, string>();
  let found: LogRecord[] = [];
  let state: State = "key";
  let name = "";
  /** Bytes still to come of `size` or `data`. */
  let missing = 0;
  /** Offset of the chunk's first byte. */
  let base = 0;
  let start = 0;
  /** Behind the last whole field of the record, its newline not counted; -1 where it has none. */
  let end = -1;
  let number = 0;
  /** How much of "\n\n__" was just seen. */
  let resynced = 0;

  function closeField(at: number): void {
    if (WANTED_FIELDS.has(name) && value.length <= MOST_FIELD_BYTES && !fields.has(name)) {
      fields.set(name, value.text());
    }
    if (value.length > MOST_FIELD_BYTES) troubles.note("field-too-long", start);
    value.clear();
    end = at;
    state = "key";
  }

  /** What was read of a record goes on, if it can be one. */
  function closeRecord(): void {
    const known = fields;
    const get = (field: string): string | null => known.get(field) ?? null;
    if (end >= 0 && isJournal(get)) {
      number += 1;
      found.push({ entry: journalEntry(format, get), offset: start, length: end - start, number });
    } else if (end >= 0) troubles.note("bad-record", start);
    fields = new Map();
    end = -1;
  }

  function lose(): void {
    troubles.note("bad-record", start);
    if (fields.has("MESSAGE")) closeRecord();
    fields = new Map();
    end = -1;
    key.clear();
    value.clear();
    resynced = 0;
    state = "lost";
  }

  function closeKey(delimiter: number, at: number): void {
    name = key.text();
    key.clear();
    if (name === "" && delimiter === NEWLINE) {
      closeRecord();
      start = at + 1;
    } else if (!/^[A-Z0-9_]{1,64}$/.test(name)) lose();
    else if (delimiter === EQUALS) state = "text";
    else {
      missing = 8;
      state = "size";
    }
  }

  function readKey(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length && chunk[at] !== NEWLINE && chunk[at] !== EQUALS) at += 1;
    if (end < 0 && key.length === 0) start = base + from;
    if (!key.add(chunk.subarray(from, at))) lose();
    else if (at < chunk.length) closeKey(chunk[at] ?? 0, base + at);
    else return at;
    // A newline that ends rubbish may be the first of the two that end its record.
    return state === "lost" ? at : at + 1;
  }

  function readText(chunk: Uint8Array, from: number): number {
    const newline = chunk.indexOf(NEWLINE, from);
    const to = newline < 0 ? chunk.length : newline;
    value.add(chunk.subarray(from, to));
    if (newline < 0) return to;
    closeField(base + to);
    return to + 1;
  }

  function readSize(chunk: Uint8Array, from: number): number {
    const to = Math.min(chunk.length, from + missing);
    size.set(chunk.subarray(from, to), 8 - missing);
    missing -= to - from;
    if (missing > 0) return to;
    const length = size.readBigUInt64LE();
    if (length > MOST_DATA_BYTES) lose();
    else {
      missing = Number(length);
      state = missing === 0 ? "close" : "data";
    }
    return to;
  }

  function readData(chunk: Uint8Array, from: number): number {
    const to = Math.min(chunk.length, from + missing);
    value.add(chunk.subarray(from, to));
    missing -= to - from;
    if (missing === 0) state = "close";
    return to;
  }

  function readClose(chunk: Uint8Array, from: number): number {
    if (chunk[from] === NEWLINE) closeField(base + from);
    else lose();
    return from + 1;
  }

  function resync(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === NEWLINE) resynced = resynced === 1 || resynced === 2 ? 2 : 1;
      else resynced = byte === UNDERSCORE && resynced >= 2 ? resynced + 1 : 0;
      if (resynced < 4) continue;
      start = base + at - 1;
      key.add(new Uint8Array([UNDERSCORE, UNDERSCORE]));
      state = "key";
      return at + 1;
    }
    return chunk.length;
  }

  const readers = {
    key: readKey,
    text: readText,
    size: readSize,
    data: readData,
    close: readClose,
    lost: resync,
  };

  function take(): LogRecord[] {
    const records = found;
    found = [];
    return records;
  }

  return {
    push(chunk) {
      let at = 0;
      while (at < chunk.length) at = readers[state](chunk, at);
      base += chunk.length;
      return take();
    },
    end() {
      const open = end >= 0 || state === "text" || state === "size" || state === "data" || state === "close";
      if (state === "lost" || (!open && key.length === 0)) return [];
      troubles.note("cut-record", start);
      // A message is matched as a whole, so a cut one does no harm; a cut stamp would.
      if (state === "text" && name === "MESSAGE") closeField(base);
      if (fields.size > 0) closeRecord();
      return take();
    },
    problems: troubles.problems,
  };
}
