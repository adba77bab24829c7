// JSON that is spread over lines: journalctl -o json-pretty, dmesg -J. Neither puts objects into its records, so a
// record is what stands between an opening brace and the next closing one, strings left out.

import type { Entry } from "../model/line.ts";
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

/** What dmesg puts around all its records. */
const ENVELOPE = /^\{\s*"dmesg"\s*:\s*\[\s*$/;
const EMPTY = /^\{\s*"dmesg"\s*:\s*\[\s*\]\s*\}$/;

export function createObjectReader(read: (text: string) => Entry | null): RecordReader {
  const troubles = createTroubles();
  const held = createPieces(MOST_OBJECT_BYTES);
  let found: LogRecord[] = [];
  let within: "nothing" | "object" | "string" | "escape" = "nothing";
  let base = 0;
  let start = 0;
  let number = 0;

  /** An object opens while another is open: the first was cut, unless it is the envelope. */
  function open(at: number): void {
    if (within === "object" && !(held.length < 64 && ENVELOPE.test(held.text()))) {
      troubles.note("bad-record", start);
    }
    held.clear();
    start = at;
    within = "object";
  }

  function close(at: number): void {
    within = "nothing";
    const long = held.length > MOST_OBJECT_BYTES;
    const text = held.text();
    const entry = long ? null : read(text);
    held.clear();
    if (EMPTY.test(text)) return;
    if (entry === null) troubles.note(long ? "field-too-long" : "bad-record", start);
    else {
      number += 1;
      found.push({ entry, offset: start, length: at - start, number });
    }
  }

  function push(chunk: Uint8Array): LogRecord[] {
    /** First byte of the chunk that belongs to the open object and is not held yet. */
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (within === "escape") within = "string";
      else if (within === "string") {
        if (byte === QUOTE) within = "object";
        else if (byte === BACKSLASH) within = "escape";
        else if (byte === NEWLINE) {
          // No string has a newline of its own: the record was cut.
          troubles.note("bad-record", start);
          held.clear();
          within = "nothing";
        }
      } else if (byte === OPEN) {
        if (within === "object") held.add(chunk.subarray(from, at));
        open(base + at);
        from = at;
      } else if (within === "object" && byte === QUOTE) within = "string";
      else if (within === "object" && byte === CLOSE) {
        held.add(chunk.subarray(from, at + 1));
        close(base + at + 1);
      }
    }
    if (within !== "nothing") held.add(chunk.subarray(from));
    base += chunk.length;
    const records = found;
    found = [];
    return records;
  }

  return {
    push,
    end() {
      const envelope = within === "object" && ENVELOPE.test(held.text());
      if (within !== "nothing" && !envelope) troubles.note("cut-record", start);
      within = "nothing";
      return [];
    },
    problems: troubles.problems,
  };
}
