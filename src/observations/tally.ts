// Problems are counted, not listed: one record a kind, with the first place it was met.

import type { Problem } from "../model/problem.ts";

const MESSAGES = {
  "alias-conflict":
    "two names of one kernel variable have different values in one dump or file; both values are kept",
  "number-too-large": "a value is beyond 2^53 - 1 and cannot be counted with; it was left out",
  "impossible-value": "a count or limit is negative; it was left out",
  "bad-row": "a row does not have the form of the others; it was left out",
  "cut-row": "the last row has no newline, so it may be cut; what cannot be trusted of it was left out",
  "cut-document": "the document ends before it is closed; what stands before was read",
  "line-too-long": "a line is longer than a row can be; it was passed over",
  "unnamed-series": "a series does not say which metric it is, or of which kind; it was left out",
} as const;

export type ProblemKind = keyof typeof MESSAGES;

export interface Tally {
  add(kind: ProblemKind, offset: number): void;
  problems(): Problem[];
}

export function createTally(): Tally {
  const found = new Map<ProblemKind, { offset: number; count: number }>();
  return {
    add(kind, offset) {
      const known = found.get(kind);
      if (known === undefined) found.set(kind, { offset, count: 1 });
      else known.count += 1;
    },
    problems: () => [...found].map(([kind, at]) => ({ kind, message: MESSAGES[kind], ...at })),
  };
}
