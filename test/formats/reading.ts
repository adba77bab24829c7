// How tests read a source of records.

import type { LogRecord } from "../../src/formats/record.ts";
import { createRecordReader } from "../../src/formats/records.ts";
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
