// A witness's rows and windows sorted into the bursts they are of. Holds what is open, whatever the length of the log.

import { type Interval, nearest } from "../../analysis/intervals.ts";
import type { Window, WindowDrops, WindowRule } from "../../analysis/windows-records.ts";
import { addLine, alreadyGiven, type BurstLines, burstLines } from "./burst-lines.ts";
import { BurstWindows, type SeenWindow, type WitnessSeen } from "./burst-windows.ts";
import { type LimiterRow, ROW, timeOf } from "./limiter-row.ts";
import type { WindowKeeper, WindowPart } from "./window-marks.ts";

export interface SorterInput<Kept extends WindowPart> {
  readonly rule: WindowRule;
  readonly gapUs: number;
  /** Bursts by namespace, in time order. */
  readonly bursts: ReadonlyMap<string | null, readonly Interval[]>;
  readonly otherNetns: boolean;
  readonly keeper: WindowKeeper<Kept>;
  /** Told of notices whose window is of no burst, by id. */
  readonly onStray: (noticeId: number) => void;
}

export interface BurstSorter {
  /** Takes the next row, before the windows that it is part of. */
  see(row: LimiterRow): void;
  place(window: Window): void;
  end(): void;
}

type Close<Kept extends WindowPart> = (
  netns: string | null,
  burst: BurstWindows<Kept>,
  lines: BurstLines,
) => void;

/** `close` is told of every burst when its last window has been placed. */
export function createBurstSorter<Kept extends WindowPart>(
  input: SorterInput<Kept>,
  close: Close<Kept>,
): BurstSorter {
  return new Sorter(input, close);
}

/** Doubted notices whose window has not come yet: no more than two are in the making, but for ones of no window. */
const MOST_DOUBTED = 64;

class Sorter<Kept extends WindowPart> implements BurstSorter {
  readonly #input: SorterInput<Kept>;
  readonly #close: Close<Kept>;
  readonly #lines = new Map<string | null, Map<number, BurstLines>>();
  readonly #open = new Map<string | null, BurstWindows<Kept>>();
  readonly #witness: WitnessSeen;
  /** Of notices, by id. */
  readonly #doubts = new Map<number, string>();
  /** Notices of pending windows: of how many bursts they may still become part. */
  readonly #undecided = new Map<number, number>();

  constructor(input: SorterInput<Kept>, close: Close<Kept>) {
    this.#input = input;
    this.#witness = { rule: input.rule, shortSeen: false, largest: null };
    this.#close = close;
  }

  see(row: LimiterRow): void {
    if (row.form.kind === ROW.notice && row.doubts !== null) this.#doubt(row.id, row.doubts);
    if (row.form.kind !== ROW.drop) return;
    const index = nearest(this.#intervals(row.form.netns), timeOf(row));
    let byBurst = this.#lines.get(row.form.netns);
    if (byBurst === undefined) {
      byBurst = new Map();
      this.#lines.set(row.form.netns, byBurst);
    }
    const at = byBurst.get(index);
    if (at === undefined) byBurst.set(index, burstLines(row));
    else addLine(at, row);
  }

  place(window: Window): void {
    const { noticeRef } = window;
    this.#witness.shortSeen ||= window.short;
    const seen = { window, doubts: noticeRef === null ? null : (this.#doubts.get(noticeRef) ?? null) };
    if (noticeRef !== null) this.#doubts.delete(noticeRef);
    const waiting = this.#passOthers(seen);
    for (const drops of window.drops) this.#give(drops, seen);
    if (noticeRef !== null && window.drops.length === 0) {
      if (waiting === 0) this.#input.onStray(noticeRef);
      else this.#undecided.set(noticeRef, waiting);
    }
    if (!window.leading && window.suppressed !== null) {
      this.#witness.largest = Math.max(this.#witness.largest ?? 0, window.suppressed);
    }
  }

  end(): void {
    for (const [netns, burst] of this.#open) this.#flush(netns, burst);
  }

  /** Open bursts of other namespaces wait for what comes, or end. Returns how many wait. */
  #passOthers(seen: SeenWindow): number {
    const { window } = seen;
    let waiting = 0;
    for (const [netns, burst] of this.#open) {
      if (window.drops.some((drop) => drop.netns === netns)) continue;
      const end = this.#intervals(netns)[burst.index]?.endUs ?? 0;
      if (window.beginUs > end + this.#input.gapUs) {
        this.#flush(netns, burst);
        this.#open.delete(netns);
      } else {
        burst.pending.push(seen);
        waiting++;
      }
    }
    return waiting;
  }

  #give(drops: WindowDrops, seen: SeenWindow): void {
    const { netns } = drops;
    const index = nearest(this.#intervals(netns), lastDropUs(drops, seen.window));
    const burst = this.#open.get(netns);
    if (burst?.index === index) {
      for (const one of burst.pending) {
        burst.add(one);
        this.#undecided.delete(one.window.noticeRef ?? 0);
      }
      burst.pending = [];
      burst.add(seen);
      return;
    }
    if (burst !== undefined) this.#flush(netns, burst);
    const { keeper, otherNetns } = this.#input;
    const begun = new BurstWindows(index, netns, otherNetns, keeper.part(), this.#witness);
    begun.add(seen);
    this.#open.set(netns, begun);
  }

  #flush(netns: string | null, burst: BurstWindows<Kept>): void {
    for (const { window } of burst.pending) this.#leave(window.noticeRef);
    const { first, last } = burst.tally;
    if (first === null || last === null) throw new Error("a burst without windows");
    const lines = this.#lines.get(netns)?.get(burst.index) ?? alreadyGiven(first, last);
    this.#lines.get(netns)?.delete(burst.index);
    this.#close(netns, burst, lines);
  }

  /** A burst ended before a window that might have been of it. */
  #leave(noticeId: number | null): void {
    const waiting = noticeId === null ? undefined : this.#undecided.get(noticeId);
    if (noticeId === null || waiting === undefined) return;
    if (waiting > 1) this.#undecided.set(noticeId, waiting - 1);
    else {
      this.#undecided.delete(noticeId);
      this.#input.onStray(noticeId);
    }
  }

  #doubt(noticeId: number, doubts: string): void {
    this.#doubts.set(noticeId, doubts);
    const oldest = this.#doubts.keys().next().value;
    if (this.#doubts.size > MOST_DOUBTED && oldest !== undefined) this.#doubts.delete(oldest);
  }

  #intervals(netns: string | null): readonly Interval[] {
    return this.#input.bursts.get(netns) ?? [];
  }
}

/** Repeats of others' lines can stretch a window up to the next burst: the namespace's own lines say which one it is of. */
function lastDropUs({ seconds }: WindowDrops, { lastLineUs, beginUs }: Window): number {
  let last = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < seconds.length; at += 2) last = Math.max(last, seconds[at] ?? last);
  return Math.min(lastLineUs ?? beginUs, (last + 1) * 1_000_000 - 1);
}
