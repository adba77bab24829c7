// How tests read a source of records, and what they expect of an entry.

import type { Expected } from "../../src/formats/format.ts";
import type { LogRecord } from "../../src/formats/record.ts";
import { createRecordReader } from "../../src/formats/records.ts";
import type { Entry } from "../../src/model/line.ts";
import type { Problem } from "../../src/model/problem.ts";

export function read(
  format: string,
  chunks: readonly Uint8Array[],
): { records: LogRecord[]; problems: Problem[] } {
  const reader = createRecordReader(format);
  const records = chunks.flatMap((chunk) => reader.push(chunk));
  return { records: [...records, ...reader.end()], problems: reader.problems() };
}

export function kinds(problems: readonly Problem[]): readonly [string, number][] {
  return problems.map(({ kind, count }) => [kind, count]);
}

export function texts(records: readonly LogRecord[]): readonly string[] {
  return records.map((record) => record.entry.text);
}

const NOTHING: Omit<Entry, "format"> = {
  stamp: null,
  uptimeUs: null,
  host: null,
  tag: null,
  fromKernel: false,
  priority: null,
  bootId: null,
  doubts: [],
  text: "",
};

/** An entry of which a sample tells what is there, and is silent of the rest. */
export function whole(format: string, expected: Expected): Entry {
  return { format, ...NOTHING, ...expected };
}
