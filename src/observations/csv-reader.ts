// CSV that samplers and metric systems write: a header that names the columns, and a row for each instant.
// Such files grow and are appended to, so a header may come again and the last row may be half written.

import type { Observation } from "../model/observation.ts";
import type { Problem } from "../model/problem.ts";
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

class CsvReader implements DocumentReader {
  readonly #form: CsvForm;
  readonly #netns: string | null;
  readonly #lines = createByteLines();
  readonly #tally = createTally();
  #names: readonly string[] = [];
  #separator = ",";

  constructor(form: CsvForm, netns: string | null) {
    this.#form = form;
    this.#netns = netns;
  }

  push(chunk: Uint8Array): Observation[] {
    return this.#lines.push(chunk).flatMap((line) => this.#readLine(line));
  }

  end(): Observation[] {
    const observations = this.#lines.end().flatMap((line) => this.#readLine(line));
    for (const offset of this.#lines.tooLong()) this.#tally.add("line-too-long", offset);
    return observations;
  }

  problems(): Problem[] {
    return this.#tally.problems();
  }

  occupancy(): null {
    return null;
  }

  #readLine(line: ByteLine): Observation[] {
    const text = decode(line.bytes).replace(/^\ufeff/, "");
    if (text.trim() === "" || text.startsWith("#")) return [];
    const mayBeHeader = this.#names.length === 0 || text.includes(this.#form.mark);
    if (mayBeHeader && this.#readHeader(text)) return [];
    if (this.#names.length > 0) return this.#readRow(line, text);
    this.#tally.add("bad-row", line.offset);
    return [];
  }

  #readHeader(text: string): boolean {
    const separator = separatorOf(text);
    const names = splitCells(text, separator).map((word) => word.toLowerCase());
    if (!this.#form.isHeader(names)) return false;
    this.#names = names;
    this.#separator = separator;
    return true;
  }

  #readRow(line: ByteLine, text: string): Observation[] {
    const cells = splitCells(text, this.#separator);
    const fits = cells.length === this.#names.length;
    const { good, drafts, stamp, uptimeUs, host, netns } = fits
      ? this.#form.readRow(this.#named(cells, line.ended))
      : BAD_ROW;
    if (!line.ended) this.#tally.add("cut-row", line.offset);
    else if (!good) this.#tally.add("bad-row", line.offset);
    if (!good) return [];
    const { offset, length } = line;
    const place = { offset, length, text, stamp, uptimeUs, host, netns: netns ?? this.#netns };
    return write(drafts, this.#form.origin, place, this.#tally);
  }

  /** Without a newline all cells but the last are whole: a separator follows them. */
  #named(cells: readonly string[], ended: boolean): Row {
    const whole = ended ? cells.length : cells.length - 1;
    const row = new Map<string, string>();
    this.#names.forEach((name, index) => {
      const cell = index < whole ? (cells[index] ?? "") : "";
      if (cell !== "") row.set(name, cell);
    });
    return row;
  }
}

export function createCsvReader(form: CsvForm, netns: string | null): DocumentReader {
  return new CsvReader(form, netns);
}
