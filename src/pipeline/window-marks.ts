// Limiter windows as minutes and timelines need them.

import type { Window } from "../analysis/windows-records.ts";

/** A window as minutes and timelines need it. */
export interface WindowMark {
  readonly beginUs: number;
  readonly dropLines: number;
  readonly suppressed: number;
  readonly shared: number;
  readonly noticeRef: number | null;
}

/** What of a window belongs to a namespace; `otherNetns`: drops of another one are seen beside it. */
export function mark(window: Window, netns: string | null, otherNetns: boolean): WindowMark {
  const own = window.drops.filter((drop) => drop.netns === netns).reduce((n, drop) => n + drop.lines, 0);
  // A window without any drop line may hide those of every namespace seen.
  const alone = window.drops.length === 0 ? !otherNetns : window.drops.every((drop) => drop.netns === netns);
  return {
    beginUs: window.beginUs,
    dropLines: own,
    suppressed: alone ? (window.suppressed ?? 0) : 0,
    shared: alone ? 0 : (window.suppressed ?? 0),
    noticeRef: window.noticeRef,
  };
}
