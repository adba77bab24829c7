// Rows into one file of JSON objects, one a line. Keys are the columns; NULL is null.

import { writeSync } from "node:fs";
import { type ExportView, placesOf } from "./exported.ts";
import { isoTime } from "./iso-time.ts";
import type { RowFile } from "./row-file.ts";

const PIECE_CHARACTERS = 1 << 18;

/** Begins a file at the start of the open descriptor `fd`. Integers of its rows are numbers. */
export function createNdjsonFile(fd: number, view: ExportView): RowFile {
  const places = placesOf(view);
  const keys = view.columns.map(({ name }, i) => `${i === 0 ? "{" : ","}${JSON.stringify(name)}:`);
  let held = "";
  const drain = () => {
    writeSync(fd, held);
    held = "";
  };
  return {
    push(row) {
      for (let i = 0; i < keys.length; i++) {
        const value = row[places[i] ?? i] ?? null;
        const told = view.columns[i]?.from != null && typeof value === "number" ? isoTime(value) : value;
        held += `${keys[i]}${JSON.stringify(told)}`;
      }
      held += "}\n";
      if (held.length >= PIECE_CHARACTERS) drain();
    },
    end: drain,
  };
}
