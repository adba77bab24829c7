// A flood without its notices: lines as only a limiter at work lets them through, in a log that has no notice at all.
// BOUNDS.md, section 3.

import type { Window, WindowRule } from "./windows-records.ts";

/** Windows that follow each other at once; a bucket prints single lines, which traffic may do as well. */
const FOLLOWING = { windows: 2, larger: 3, bucket: 3 } as const;

/** Lines of the same moment. */
interface Clump {
  readonly begin: number;
  end: number;
  lines: number;
}

/** Told of a burst's windows in order. Seconds are enough: many logs have no finer stamps. */
export class FloodShape {
  /** Used-up budgets followed each other so that calls must have been refused. */
  isFlood = false;
  readonly #burst: number;
  readonly #lengthS: number;
  readonly #isBucket: boolean;
  #clump: Clump | null = null;
  #following = 0;
  /** Lines of each of those that follow each other. */
  #size = 0;

  constructor({ family, costUs, burst }: WindowRule) {
    this.#lengthS = Math.round(costUs / 1_000_000);
    this.#burst = burst;
    this.#isBucket = family === "T";
  }

  add({ drops, others, noticeRef }: Window): void {
    if (this.isFlood || this.#lengthS < 2) return;
    if (noticeRef !== null || others > 0) {
      this.#clump = null;
      this.#following = 0;
      return;
    }
    const seconds = new Map<number, number>();
    for (const one of drops) {
      for (let at = 0; at < one.seconds.length; at += 2) {
        const second = one.seconds[at] ?? 0;
        seconds.set(second, (seconds.get(second) ?? 0) + (one.seconds[at + 1] ?? 0));
      }
    }
    for (const [second, lines] of [...seconds].sort((a, b) => a[0] - b[0])) this.#take(second, lines);
  }

  #take(second: number, lines: number): void {
    const clump = this.#clump;
    if (clump !== null && second - clump.end <= 1 && second - clump.begin <= this.#lengthS / 2) {
      clump.end = Math.max(clump.end, second);
      clump.lines += lines;
      return;
    }
    if (clump !== null) {
      const apart = second - clump.begin;
      const atOnce = apart === this.#lengthS || apart === this.#lengthS + 1;
      const spent = this.#isSpent(clump);
      if (!this.#isBucket && clump.lines !== this.#size) this.#following = 0;
      this.#size = clump.lines;
      this.#following = atOnce && spent ? this.#following + 1 : 0;
      const { windows, larger, bucket } = FOLLOWING;
      const most = this.#isBucket ? bucket : this.#size > this.#burst ? larger : windows;
      this.isFlood = this.#following >= most;
    }
    this.#clump = { begin: second, end: second, lines };
  }

  /**
   * A window printed its whole size at once, which may be a larger one than is assumed where each prints as many; a bucket
   * was emptied, or gave the one line that it had gained.
   */
  #isSpent({ lines }: Clump): boolean {
    if (!this.#isBucket) return lines >= this.#burst;
    return lines >= this.#burst || (this.#following > 0 && lines === 1);
  }
}
