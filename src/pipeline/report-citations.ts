// The bytes behind a number, read from the rows that keep them.

import { hashText } from "../evidence/cite.ts";
import type { Citation } from "../model/report.ts";
import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";

interface CitationRow {
  readonly id: number;
  readonly path: string;
  readonly member: string | null;
  readonly byte_offset: number;
  readonly byte_length: number;
  readonly sha256: string | null;
  readonly text: string;
}

/** Where there is nothing to cite. */
export const NO_CITATION: Citation = {
  path: "",
  member: null,
  byteOffset: 0,
  byteLength: 0,
  sha256: null,
  text: "",
};

/** The lines of events or readings, by id. One that was pruned, and is cited no more, is not among them. */
export function readCitations(
  db: Db,
  of: "events" | "observations",
  ids: readonly (number | null)[],
): ReadonlyMap<number, Citation> {
  const wanted = JSON.stringify([...new Set(ids.filter((id) => id !== null))]);
  const rows = statement(db, `citations_of_${of}`).iterate({ ids: wanted }) as Iterable<CitationRow>;
  const found = new Map<number, Citation>();
  for (const { id, byte_offset, byte_length, ...rest } of rows) {
    const told = of === "events" && rest.sha256 === null ? hashText(rest.text, byte_length) : null;
    const sha256 = told === null ? rest.sha256 : Buffer.from(told).toString("hex");
    found.set(id, { ...rest, sha256, byteOffset: byte_offset, byteLength: byte_length });
  }
  return found;
}
