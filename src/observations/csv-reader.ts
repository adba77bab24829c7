// CSV that samplers and metric systems write: a header that names the columns, and a row for each instant.
// Such files grow and are appended to, so a header may come again and the last row may be half written.

import type { Observation } from "../model/observation.ts";
import type { Stamp } from "../model/stamp.ts";
import { type ByteLine, createByteLines, decode } from "./byte-lines.ts";
import { separatorOf, splitCells } from "./csv-cells.ts";
import type { DocumentReader } from "./document.ts";
import { type Draft, write } from "./draft.ts";
import { createTally } from "./tally.ts";

/** Cells of a row by column name, lower case; only cells that hold something. */
export type Row = ReadonlyMap<string, string>;

export interface RowMeaning {
  readonly drafts: readonly Draft[];
  /** What the row says of where and when, for all its values. */
  readonly stamp: Stamp | null;
  readonly uptimeUs: number | null;
  readonly host: string | null;
  readonly netns: string | null;
  /** False: the row does not have the form, and nothing of it is used. */
  readonly good: boolean;
}

export const BAD_ROW: RowMeaning = {
  drafts: [],
  stamp: null,
  uptimeUs: null,
  host: null,
  netns: null,
  good: false,
};

/** A kind of CSV: how its header is known, and what a row says. */
export interface CsvForm {
  readonly origin: string;
  /** Column that no header of this kind is without. */
  readonly mark: string;
  isHeader(names: readonly string[]): boolean;
  readRow(row: Row): RowMeaning;
}

export function createCsvReader(form: CsvForm, netns: string | null): DocumentReader {
  const lines = createByteLines();
  const tally = createTally();
  let names: readonly string[] = [];
  let separator = ",";

  function readHeader(text: string): boolean {
    const mark = separatorOf(text);
    const words = splitCells(text, mark).map((word) => word.toLowerCase());
    if (!form.isHeader(words)) return false;
    names = words;
    separator = mark;
    return true;
  }

  function readRow(line: ByteLine, text: string): Observation[] {
    const cells = splitCells(text, separator);
    if (!line.ended) tally.add("cut-row", line.offset);
    if (cells.length !== names.length) {
      if (line.ended) tally.add("bad-row", line.offset);
      return [];
    }
    // Without a newline all cells but the last are whole: a separator follows them.
    const whole = line.ended ? cells.length : cells.length - 1;
    const row = new Map<string, string>();
    names.forEach((name, index) => {
      const cell = index < whole ? (cells[index] ?? "") : "";
      if (cell !== "") row.set(name, cell);
    });
    const meaning = form.readRow(row);
    if (!meaning.good && line.ended) tally.add("bad-row", line.offset);
    if (!meaning.good) return [];
    const { stamp, uptimeUs, host } = meaning;
    const place = {
      offset: line.offset,
      length: line.length,
      text,
      stamp,
      uptimeUs,
      host,
      netns: meaning.netns ?? netns,
    };
    return write(meaning.drafts, form.origin, place, tally);
  }

  function readLine(line: ByteLine): Observation[] {
    const text = decode(line.bytes).replace(/^\ufeff/, "");
    if (text.trim() === "" || text.startsWith("#")) return [];
    if ((names.length === 0 || text.includes(form.mark)) && readHeader(text)) return [];
    if (names.length > 0) return readRow(line, text);
    tally.add("bad-row", line.offset);
    return [];
  }

  return {
    push: (chunk) => lines.push(chunk).flatMap(readLine),
    end() {
      const observations = lines.end().flatMap(readLine);
      for (const offset of lines.tooLong()) tally.add("line-too-long", offset);
      return observations;
    },
    problems: () => tally.problems(),
    occupancy: () => null,
  };
}
