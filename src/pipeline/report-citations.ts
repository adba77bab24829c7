// The bytes behind a number, read from the rows that keep them.

import type { Citation } from "../model/report.ts";
import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";

interface CitationRow {
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

function toCitation(row: CitationRow | undefined): Citation {
  if (row === undefined) return NO_CITATION;
  const { path, member, byte_offset, byte_length, sha256, text } = row;
  return { path, member, byteOffset: byte_offset, byteLength: byte_length, sha256, text };
}

/** The line of an event, or nothing. */
export function eventCitation(db: Db, id: number | null): Citation {
  return id === null ? NO_CITATION : citation(db, "event", id);
}

/** The line of a reading. */
export function observationCitation(db: Db, id: number): Citation {
  return citation(db, "observation", id);
}

/** What was pruned is asked for first: where a source was taken back, its ids may have been given anew. */
function citation(db: Db, kind: "event" | "observation", id: number): Citation {
  const kept = statement(db, "citation_kept").get({ kind, id }) as CitationRow | undefined;
  return toCitation(kept ?? (statement(db, `citation_of_${kind}`).get({ id }) as CitationRow | undefined));
}
