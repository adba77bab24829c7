// Sources whose records are not one line each: how they are told from logs of lines, and who reads them.

import type { Entry } from "../model/line.ts";
import { strip } from "./clean.ts";
import { ExportReader } from "./journal-export.ts";
import { ObjectReader } from "./journal-objects.ts";
import { createVerboseReader, VERBOSE_HEAD } from "./journal-verbose.ts";
import { readDmesgObject, readJournalObject } from "./objects.ts";
import { createParser, type Parser } from "./parse.ts";
import type { RecordReader } from "./record.ts";
import { createRingLineReader } from "./ring-lines.ts";

interface Reader {
  /** True for the first lines of a source in this format; blank lines and journalctl's notices are not among them. */
  readonly begins: (lines: readonly string[]) => boolean;
  readonly create: (format: string) => RecordReader;
}

/** Lines that may stand before the first record: a prompt, a command. */
const MOST_LINES_BEFORE = 5;
const MOST_LINES_SEEN = 60;

const READERS: Readonly<Record<string, Reader>> = {
  "journal-export": {
    begins: (lines) => {
      const at = lines.findIndex((line) => EXPORT_HEAD.test(line));
      // Behind a line of a log it is something that was logged.
      return at >= 0 && at < MOST_LINES_BEFORE && !lines.slice(0, at).some(isDated);
    },
    create: (format) => new ExportReader(format),
  },
  "journal-verbose": {
    begins: (lines) => lines.some((line, at) => at < MOST_LINES_BEFORE && VERBOSE_HEAD.test(line)),
    create: createVerboseReader,
  },
  "journal-json-pretty": {
    begins: (lines) =>
      opens(lines, /^\{$/, /^\s+"[A-Z0-9_]{1,64}" ?:/) && lines.some((line) => JOURNAL_KEY.test(line)),
    create: (format) => new ObjectReader((text) => readJournalObject(format, text)),
  },
  "dmesg-json": {
    begins: (lines) =>
      opens(lines, /^\{$/, /^\s*"dmesg" ?: ?\[/) || /^\{ ?"dmesg" ?: ?\[/.test(lines[0] ?? ""),
    create: (format) => new ObjectReader((text) => readDmesgObject(format, text)),
  },
  "service-json": {
    begins: (lines) =>
      (opens(lines, /^\[?\{?$/, /^\s*(?:\{|"[@\w]+" ?:)/) || /^\[ ?\{ ?"/.test(lines[0] ?? "")) &&
      (lines.some((line) => SERVICE_KEY.test(line)) || isDocument(lines)),
    create: (format) => {
      const parser = createParser();
      return new ObjectReader((text) => readServiceObject(format, text, parser), true);
    },
  },
  "dmesg-reltime": {
    begins: isRelative,
    create: createRingLineReader,
  },
};

const EXPORT_HEAD = /^(?:__CURSOR=s=[0-9a-f]+;|__REALTIME_TIMESTAMP=\d{10,17}$)/;

function isDated(line: string): boolean {
  return createParser().parse(line)?.stamp != null;
}

const JOURNAL_KEY = /^\s+"(?:__CURSOR|__REALTIME_TIMESTAMP|_BOOT_ID|_TRANSPORT)" ?:/;

/** Google's log service, by what each of its records has. */
const SERVICE_KEY = /"(?:insertId|logName|jsonPayload|textPayload)" ?:/;

/** Of Elasticsearch, or of what feeds it; where an object holds a list of them, each is read by its lines. */
function isDocument(lines: readonly string[]): boolean {
  const lists = lines.some(
    (line, at) => /" ?: ?\[$/.test(line.trimEnd()) && /^\s*\{/.test(lines[at + 1] ?? ""),
  );
  return !lists && lines.some((line) => /^\s{1,8}"(?:_source|@timestamp)" ?:/.test(line));
}

/** On a line of its own it is one that a collector wrote. */
function readServiceObject(format: string, text: string, parser: Parser): Entry | null {
  try {
    const entry = parser.parse(JSON.stringify(JSON.parse(text)));
    return entry === null ? null : { ...entry, format };
  } catch {
    return null;
  }
}

/** A line alone, and the one behind it. */
function opens(lines: readonly string[], first: RegExp, second: RegExp): boolean {
  return lines.some(
    (line, at) => at < MOST_LINES_BEFORE && first.test(line.trimEnd()) && second.test(lines[at + 1] ?? ""),
  );
}

const MINUTE =
  /^(?:[a-z]{2,9}\d? *:[a-z]{3,6} *: ?)?\[ *\d{0,2}[^\s\d[\]+<>.,:;=]{1,10}\.? *\d{1,2} \d\d:\d\d\]/;
const INCREMENT = /^(?:[a-z]{2,9}\d? *:[a-z]{3,6} *: ?)?\[ *\+\d{1,10}\.\d{6}\]/;

function isRelative(lines: readonly string[]): boolean {
  const plain = lines.map(strip);
  const minutes = plain.filter((line) => MINUTE.test(line)).length;
  const increments = plain.filter((line) => INCREMENT.test(line)).length;
  return minutes > 0 && (minutes + increments) * 2 > lines.length;
}

/** The record format that the first bytes of a source are in, or null: it is read line by line. */
export function detectRecords(head: Uint8Array): string | null {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
    .toString()
    .replace(/^\ufeff/, "");
  const lines = text
    .split("\n", MOST_LINES_SEEN * 2)
    .filter((line) => line.trim() !== "" && !line.startsWith("-- "))
    .slice(0, MOST_LINES_SEEN);
  return Object.keys(READERS).find((format) => READERS[format]?.begins(lines)) ?? null;
}

/** A reader for a format that `detectRecords` named. Throws for another: a defect, not input. */
export function createRecordReader(format: string): RecordReader {
  const reader = READERS[format];
  if (reader === undefined) throw new Error(`no record format ${format}`);
  return reader.create(format);
}
