// Anything that could not be read, dated or trusted. Never thrown: counted, named, shown.

export interface Problem {
  /** Kebab-case name; reports have words for each (`problemKinds`). */
  readonly kind: string;
  /** What, where, and what it means for the reader, in one sentence. */
  readonly message: string;
  /** First byte the problem was met at, or null. */
  readonly offset: number | null;
  /** How often; at least 1. */
  readonly count: number;
}
