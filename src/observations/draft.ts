// What a reader says of a line before it is known where the line stands: a draft. `write` makes observations
// of drafts, and is the one place that judges numbers.

import type { Force, Observation, ObservationKind } from "../model/observation.ts";
import type { Stamp } from "../model/stamp.ts";
import type { Tally } from "./tally.ts";

export interface Draft {
  readonly kind: ObservationKind;
  readonly key: string;
  /** Digits as written, or a number already made. */
  readonly value: string | number;
  readonly force?: Force;
  readonly netns?: string | null;
  readonly host?: string | null;
  readonly stamp?: Stamp | null;
  readonly uptimeUs?: number | null;
}

/** The bytes drafts were read from, and what is known around them. */
export interface Place {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
  readonly stamp: Stamp | null;
  readonly uptimeUs: number | null;
  readonly host: string | null;
  readonly netns: string | null;
}

/** Longest text kept of a citation, characters. */
const TEXT_LIMIT = 1024;

/** A number written in digits, or in floating point (`1.048576e+06`, `464.000000`); null: not a whole number. */
export function wholeNumber(text: string): number | null {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  if (!/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) return null;
  const value = Number(text);
  return Number.isInteger(value) ? value : null;
}

/** The value as a record may hold it, or null after telling the tally why not. */
function judge(draft: Draft, offset: number, tally: Tally): number | null {
  const value = typeof draft.value === "number" ? draft.value : wholeNumber(draft.value);
  if (value === null) return null;
  if (!Number.isSafeInteger(value)) {
    tally.add("number-too-large", offset);
    return null;
  }
  if (value < 0 && draft.kind !== "setting") {
    tally.add("impossible-value", offset);
    return null;
  }
  return value === 0 ? 0 : value;
}

export function write(drafts: readonly Draft[], origin: string, place: Place, tally: Tally): Observation[] {
  const observations: Observation[] = [];
  for (const draft of drafts) {
    const value = judge(draft, place.offset, tally);
    if (value === null) continue;
    observations.push({
      kind: draft.kind,
      key: draft.key,
      value,
      force: draft.force ?? "effective",
      origin,
      netns: draft.netns ?? place.netns,
      host: draft.host ?? place.host,
      stamp: draft.stamp ?? place.stamp,
      uptimeUs: draft.uptimeUs ?? place.uptimeUs,
      offset: place.offset,
      length: place.length,
      text: place.text.slice(0, TEXT_LIMIT),
    });
  }
  return observations;
}
