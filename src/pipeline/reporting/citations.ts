// The bytes behind a number, read from the rows that keep them.

import { hashDecoded, hashLine } from "../../evidence/cite.ts";
import type { Citation } from "../../model/report.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";

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

/** Of an event that stands for several equal lines, the first and the last of them; else both are all there is. */
export interface EventLines {
  readonly first: Citation;
  readonly last: Citation;
}

/** The lines of events, by id. */
export function readEventLines(db: Db, ids: readonly (number | null)[]): ReadonlyMap<number, EventLines> {
  const found = [...readCitations(db, "events", ids)];
  return new Map(found.map(([id, citation]) => [id, linesOf(citation)]));
}

/** Without a hash the text tells the bytes of each line. */
function linesOf(citation: Citation): EventLines {
  const { byteOffset, byteLength, sha256, text } = citation;
  if (sha256 !== null) return { first: citation, last: citation };
  const line = { ...citation, byteLength: text.length, sha256: hex(hashLine(text)) };
  return { first: line, last: { ...line, byteOffset: byteOffset + byteLength - text.length } };
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** The bytes of readings, by id, with the hash that their text tells. */
export function readReadingLines(db: Db, ids: readonly (number | null)[]): ReadonlyMap<number, Citation> {
  const found = [...readCitations(db, "observations", ids)];
  return new Map(found.map(([id, citation]) => [id, hashed(citation)]));
}

function hashed(citation: Citation): Citation {
  const told = citation.sha256 === null ? hashDecoded(citation.text, citation.byteLength) : null;
  return told === null ? citation : { ...citation, sha256: hex(told) };
}

/** The lines of events or readings, by id. One that was pruned, and is cited no more, is not among them. */
function readCitations(
  db: Db,
  of: "events" | "observations",
  ids: readonly (number | null)[],
): ReadonlyMap<number, Citation> {
  const wanted = JSON.stringify([...new Set(ids.filter((id) => id !== null))]);
  const rows = statement(db, `citations_of_${of}`).iterate({ ids: wanted }) as Iterable<CitationRow>;
  const found = new Map<number, Citation>();
  for (const { id, byte_offset, byte_length, ...rest } of rows) {
    found.set(id, { ...rest, byteOffset: byte_offset, byteLength: byte_length });
  }
  return found;
}
