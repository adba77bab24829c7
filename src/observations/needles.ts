// What the rest of the program asks of the catalogue: the literals a line prefilter must let through, and the
// list of forms for people.

import { CATALOGUE } from "./catalogue.ts";
import { DOCUMENTS } from "./documents.ts";

export interface ObservationListing {
  readonly id: string;
  readonly means: string;
  readonly source: string;
  readonly example: string;
}

const LITERALS = [...new Set(CATALOGUE.filter((row) => row.inLogs).flatMap((row) => row.needles))];

/**
 * Every line that tells something in a log, or the half of it that is held for the next, has one of these. One
 * that holds another needs no search of its own.
 */
export const OBSERVATION_NEEDLES: readonly string[] = LITERALS.filter(
  (needle) => !LITERALS.some((other) => other !== needle && needle.includes(other)),
);

/** All forms that are read, lines and whole documents, in catalogue order. */
export function listObservations(): ObservationListing[] {
  const lines = CATALOGUE.map(({ id, means, source, samples }) => ({
    id,
    means,
    source,
    example: samples[0]?.text ?? "",
  }));
  const documents = DOCUMENTS.map(({ id, means, source, example }) => ({ id, means, source, example }));
  return [...lines, ...documents];
}
