// The limiter's size read off its own lines. Between two notices a window printed exactly its size, and
// windows that are all used up start one length apart, or a little more.

import { SECOND_US } from "../model/units.ts";
import type { Family, LimiterRecord } from "./windows-records.ts";

export interface InferredWindow {
  readonly costUs: number;
  /** Null: the lines of a token bucket do not show its capacity. */
  readonly burst: number | null;
  /** Windows that agree. */
  readonly windows: number;
}

/** Fewer agreeing windows prove nothing. */
const MIN_WINDOWS = 3;
/** Share of the evidence that has to agree. */
const MIN_SHARE = 0.6;
/** Sizes seen beyond this many are chaos, not a size. */
const MAX_SIZES = 64;
/** A stamp may come this much before the whole second that the length is. */
const EARLY_US = 50_000;

/** message_cost is in whole seconds, so lengths are tallied by second. */
type Tally = Map<number, number>;

/** Null unless several windows agree on the length and, for window families, on the size. */
export function inferWindow(windows: WindowTally, family: Family): InferredWindow | null {
  const lengthsBySize = windows.lengthsBySize;
  const groups = [...lengthsBySize].map(([lines, lengths]) => ({ lines, lengths, windows: sum(lengths) }));
  const all = groups.reduce((total, group) => total + group.windows, 0);
  // Windows that closed without a notice add their lines to the next: the smallest size is the true one.
  const smallest = groups.sort((a, b) => a.lines - b.lines)[0];
  if (smallest === undefined || lengthsBySize.size > MAX_SIZES) return null;
  if (smallest.windows < MIN_WINDOWS || smallest.windows < all * MIN_SHARE) return null;
  const [seconds, agreeing] = [...smallest.lengths].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? [0, 0];
  if (seconds < 1 || agreeing < MIN_WINDOWS || agreeing < smallest.windows / 2) return null;
  if (family === "T")
    return smallest.lines === 1 ? { costUs: seconds * SECOND_US, burst: null, windows: agreeing } : null;
  if (family === "unknown" && smallest.lines === 1) return null;
  return { costUs: seconds * SECOND_US, burst: smallest.lines, windows: agreeing };
}

/** Windows of a witness counted by size and length, while its records pass. */
export class WindowTally {
  /** Lines seen between two notices -> whole seconds between the notices -> how often. */
  readonly lengthsBySize = new Map<number, Tally>();
  #openedUs: number | null = null;
  #lines = 0;

  add(record: LimiterRecord): void {
    if (record.kind === "loss") this.#openedUs = null;
    if (record.kind === "drop" || record.kind === "other") this.#lines += record.amount ?? 1;
    if (record.kind !== "notice" || record.ownerKnown === false) return;
    if (this.#openedUs !== null && this.#lines > 0 && this.lengthsBySize.size <= MAX_SIZES) {
      const lengths = this.lengthsBySize.get(this.#lines) ?? new Map<number, number>();
      const seconds = Math.floor((record.atUs - this.#openedUs + EARLY_US) / SECOND_US);
      if (lengths.size <= MAX_SIZES) lengths.set(seconds, (lengths.get(seconds) ?? 0) + 1);
      this.lengthsBySize.set(this.#lines, lengths);
    }
    this.#openedUs = record.atUs;
    this.#lines = 0;
  }
}

function sum(tally: Tally): number {
  let total = 0;
  for (const count of tally.values()) total += count;
  return total;
}
