// What record readers could not read, by name, with the first place of each.

import type { Problem } from "../model/problem.ts";

const TROUBLES = {
  "field-too-long": "a field longer than 1 MiB was passed over; the rest of its record was read",
  "bad-record": "a record could not be read and was left out; reading went on with the next one",
  "cut-record": "the source ends within a record; what was complete of it was read",
} as const;

export type Trouble = keyof typeof TROUBLES;

export interface Troubles {
  note(kind: Trouble, offset: number): void;
  problems(): Problem[];
}

export function createTroubles(): Troubles {
  const seen = new Map<Trouble, { offset: number; count: number }>();
  return {
    note(kind, offset) {
      const before = seen.get(kind);
      if (before === undefined) seen.set(kind, { offset, count: 1 });
      else before.count += 1;
    },
    problems: () =>
      [...seen].map(([kind, { offset, count }]) => ({ kind, message: TROUBLES[kind], offset, count })),
  };
}
