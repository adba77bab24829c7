// journalctl -o verbose: a line with date and cursor, then one indented KEY=value line for each field.

import { journalEntry, WANTED_FIELDS } from "./journal-fields.ts";
import { type CutLine, createLineCutter } from "./line-cutter.ts";
import type { LogRecord, RecordReader } from "./record.ts";
import { createTroubles } from "./troubles.ts";

/** The line that opens a record. The cursor tells the entry's times and boot exactly, in hexadecimal. */
export const VERBOSE_HEAD =
  /^[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})? (?:\S{1,9} )?\[(s=[0-9a-f]{1,32};[^\s\]]{1,256})\]\s*$/;
const FIELD = /^ {4}([A-Z0-9_]{1,64})=(.*)$/s;

interface Open {
  readonly fields: Map<string, string>;
  readonly offset: number;
  /** Field that an indented line without a key continues, or null. */
  last: string | null;
  end: number;
}

export function createVerboseReader(format: string): RecordReader {
  const cutter = createLineCutter();
  const troubles = createTroubles();
  let open: Open | null = null;
  let number = 0;

  function close(): LogRecord[] {
    if (open === null) return [];
    const { fields, offset, end } = open;
    open = null;
    number += 1;
    return [
      {
        entry: journalEntry(format, (name) => fields.get(name) ?? null),
        offset,
        length: end - offset,
        number,
      },
    ];
  }

  function take(line: CutLine): LogRecord[] {
    const { text, offset, length } = line;
    if (text === null) {
      troubles.note("field-too-long", offset);
      if (open !== null) open = { ...open, last: null, end: offset + length };
      return [];
    }
    const head = VERBOSE_HEAD.exec(text);
    if (head !== null) {
      const before = close();
      open = { fields: readCursor(head[1] ?? ""), offset, last: null, end: offset + length };
      return before;
    }
    if (open === null || !text.startsWith("    ")) return text.trim() === "" ? [] : close();
    addField(open, text);
    open.end = offset + length;
    return [];
  }

  return {
    push: (chunk) => cutter.push(chunk).flatMap(take),
    end() {
      const last = cutter.end().flatMap(take);
      if (open !== null && !open.fields.has("MESSAGE")) troubles.note("cut-record", open.offset);
      return [...last, ...close()];
    },
    problems: troubles.problems,
  };
}

/** With -a, a value goes on over lines that are indented as far as its first character. */
function addField(open: Open, text: string): void {
  const match = FIELD.exec(text);
  if (match === null) {
    const value = open.last === null ? undefined : open.fields.get(open.last);
    if (open.last !== null && value !== undefined)
      open.fields.set(open.last, `${value}\n${text.trimStart()}`);
    return;
  }
  const [, name = "", value = ""] = match;
  open.last = WANTED_FIELDS.has(name) && !COMES_FROM_CURSOR.has(name) ? name : null;
  if (open.last !== null) open.fields.set(name, value);
}

const CURSOR_FIELDS: Readonly<Record<string, string>> = {
  t: "__REALTIME_TIMESTAMP",
  m: "__MONOTONIC_TIMESTAMP",
  b: "_BOOT_ID",
};
const COMES_FROM_CURSOR: ReadonlySet<string> = new Set(Object.values(CURSOR_FIELDS));

function readCursor(cursor: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const part of cursor.split(";")) {
    const name = CURSOR_FIELDS[part.slice(0, 1)];
    const value = part.slice(2);
    if (name === undefined || part[1] !== "=") continue;
    fields.set(name, name === "_BOOT_ID" ? value : String(Number.parseInt(value, 16)));
  }
  return fields;
}
