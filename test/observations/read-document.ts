// Reads a whole document the way the program does.

import type { Observation } from "../../src/model/observation.ts";
import type { DocumentFacts, DocumentReader, DumpSummary } from "../../src/observations/document.ts";
import { createDocumentReader } from "../../src/observations/documents.ts";

export const ANY: DocumentFacts = { path: "upload", member: null, role: null };

export interface Read {
  readonly observations: Observation[];
  readonly problems: Record<string, number>;
  readonly occupancy: DumpSummary | null;
}

export function readAll(id: string, chunks: Iterable<Uint8Array>, place: DocumentFacts = ANY): Read {
  const reader: DocumentReader = createDocumentReader(id, place);
  const observations: Observation[] = [];
  for (const chunk of chunks) for (const one of reader.push(chunk)) observations.push(one);
  observations.push(...reader.end());
  const problems = Object.fromEntries(reader.problems().map(({ kind, count }) => [kind, count]));
  return { observations, problems, occupancy: reader.occupancy() };
}

export function read(id: string, text: string, place: DocumentFacts = ANY): Read {
  return readAll(id, [Buffer.from(text)], place);
}

export function epochUs({ stamp }: Observation): number | null {
  return stamp?.kind === "instant" ? stamp.atUs : null;
}
