// lnstat(8) of iproute2 over /proc/net/stat/{nf,ip}_conntrack: cells between bars, the file's name above each column,
// then the column's, both cut to the width, the latter over several lines. Each row below is a reading of its own.

import type { Block } from "./block.ts";
import type { Draft } from "./draft.ts";

const HEADER = /^(?:[a-z_]+ ?\|)+$/;
const NAMES = /^(?:[a-z_]* ?\| ?)+$/;
const VALUES = /^(?:\d+ ?\| ?)+$/;
/** A name of at least five letters, however narrow the columns are. */
const OURS = /^(?:nf|ip)_co(?:n(?:n(?:t(?:r(?:a(?:ck?)?)?)?)?)?)?$/;

function cells(text: string): string[] {
  return text
    .split("|")
    .slice(0, -1)
    .map((cell) => cell.trim());
}

/** True for the first line of a header with our file in it. */
export function beginsLnstat(text: string): boolean {
  return HEADER.test(text) && cells(text).some((cell) => OURS.test(cell));
}

export function lnstatBlock(): Block {
  let files: string[] = [];
  let names: string[] = [];
  let told: Draft[] = [];
  let inHeader = false;
  return {
    origin: "lnstat",
    add(text) {
      told = [];
      const row = cells(text);
      if (beginsLnstat(text)) {
        files = row;
        names = row.map(() => "");
        inHeader = true;
      } else if (row.length !== files.length) {
        return false;
      } else if (inHeader && NAMES.test(text)) {
        names = names.map((name, at) => name + (row[at] ?? ""));
      } else if (VALUES.test(text)) {
        inHeader = false;
        const at = files.findIndex((file, column) => OURS.test(file) && names[column] === "entries");
        // What else a row tells is the difference to the row above, which is no counter's value.
        if (at >= 0) told = [{ kind: "entries", key: "nf_conntrack_count", value: row[at] ?? "" }];
      } else return false;
      return true;
    },
    told: () => told,
    finish: () => ({ drafts: [], broken: false }),
  };
}
