// What a reader of a whole document offers, and what is known of the document before it is read.

import type { Observation } from "../model/observation.ts";
import type { Problem } from "../model/problem.ts";

export interface DocumentFacts {
  readonly path: string;
  readonly member: string | null;
  readonly role: string | null;
  /** Namespace that the source's place names, or null. */
  readonly netns?: string | null;
}

export interface Ranked {
  readonly label: string;
  /** Entries of the label: all of them where the ranking is exact, else at least so many. */
  readonly entries: number;
}

/** Who filled the table. */
export interface DumpSummary {
  readonly total: number;
  /** `tcp ESTABLISHED`, `udp`, `udp UNREPLIED`, ... */
  readonly byProtoState: readonly Ranked[];
  /** Source address of the first packet. */
  readonly bySource: readonly Ranked[];
  /** `tcp/443`: destination port of the first packet. */
  readonly byDestPort: readonly Ranked[];
  readonly assured: number;
  readonly unreplied: number;
  /** True: every number above is exact. */
  readonly exact: boolean;
  /** Most entries that any label above can have beyond its number. */
  readonly missedMost: number;
}

export interface DocumentReader {
  push(chunk: Uint8Array): Observation[];
  end(): Observation[];
  problems(): Problem[];
  /** Known after `end`; null where the document is no table dump. */
  occupancy(): DumpSummary | null;
}

export type CreateReader = (origin: string, facts: DocumentFacts) => DocumentReader;
