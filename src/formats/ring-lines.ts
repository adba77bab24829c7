// dmesg -e: a line's time is told by the lines before it, so every line must be read, not only the interesting ones.

import { type CutLine, createLineCutter } from "./line-cutter.ts";
import { createParser } from "./parse.ts";
import type { LogRecord, RecordReader } from "./record.ts";
import { createTroubles } from "./troubles.ts";

export function createRingLineReader(): RecordReader {
  const cutter = createLineCutter();
  const parser = createParser();
  const troubles = createTroubles();
  let number = 0;

  function take({ text, offset, length }: CutLine): LogRecord[] {
    if (text === null) troubles.note("field-too-long", offset);
    const entry = text === null ? null : parser.parse(text);
    if (entry === null) return [];
    number += 1;
    return [{ entry, offset, length, number }];
  }

  return {
    push: (chunk) => cutter.push(chunk).flatMap(take),
    end: () => cutter.end().flatMap(take),
    problems: troubles.problems,
  };
}
