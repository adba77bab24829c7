// Limiter windows as minutes and timelines need them.

import type { Window } from "../analysis/windows-records.ts";

const SECOND_US = 1_000_000;

/** A window as minutes and timelines need it. */
export interface WindowMark {
  readonly beginUs: number;
  readonly dropLines: number;
  readonly suppressed: number;
  readonly shared: number;
  readonly noticeRef: number | null;
  /** JSON: `[[seconds after the second of beginUs, lines], ...]`. As text, since a flood has many windows. */
  readonly lineSeconds: string;
}

/** What of a window belongs to a namespace; `otherNetns`: drops of another one are seen beside it. */
export function mark(window: Window, netns: string | null, otherNetns: boolean): WindowMark {
  const own = window.drops.find((drop) => drop.netns === netns);
  // A window without any drop line may hide those of every namespace seen.
  const alone = window.drops.length === 0 ? !otherNetns : window.drops.every((drop) => drop.netns === netns);
  return {
    beginUs: window.beginUs,
    dropLines: own?.lines ?? 0,
    suppressed: alone ? (window.suppressed ?? 0) : 0,
    shared: alone ? 0 : (window.suppressed ?? 0),
    noticeRef: window.noticeRef,
    lineSeconds: secondsText(own?.seconds ?? [], Math.floor(Math.round(window.beginUs) / SECOND_US)),
  };
}

function secondsText(seconds: readonly number[], begin: number): string {
  const pairs: string[] = [];
  for (let at = 0; at < seconds.length; at += 2)
    pairs.push(`[${(seconds[at] ?? 0) - begin},${seconds[at + 1]}]`);
  return `[${pairs.join(",")}]`;
}

/** A window's row. */
export function windowColumns({ beginUs, dropLines, suppressed, shared, lineSeconds }: WindowMark) {
  return {
    begin_us: Math.round(beginUs),
    drop_lines: dropLines,
    suppressed,
    suppressed_shared: shared,
    line_seconds: lineSeconds,
  };
}
