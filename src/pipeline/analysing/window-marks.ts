// Limiter windows as minutes and timelines need them, and where they go as they are found: none is held.

import type { Window } from "../../analysis/windows-records.ts";
import { SECOND_US } from "../../model/units.ts";

/** A window as its block keeps it. */
export interface WindowRow {
  readonly begin_us: number;
  readonly drop_lines: number;
  readonly suppressed: number;
  readonly suppressed_shared: number;
  /** JSON: `[[seconds after the second of begin_us, lines], ...]`. */
  readonly line_seconds: string;
}

/** What of a window belongs to a namespace. */
export interface WindowMark {
  readonly beginUs: number;
  readonly dropLines: number;
  readonly suppressed: number;
  readonly shared: number;
  /** `[[seconds after the second of beginUs, lines], ...]`, as JSON: a flood has many windows. */
  readonly lineSeconds: string;
}

/** `otherNetns`: drops of another namespace are seen beside it. */
export function mark(window: Window, netns: string | null, otherNetns: boolean): WindowMark {
  const own = window.drops.find((drop) => drop.netns === netns);
  // A window without any drop line may hide those of every namespace seen.
  const alone = window.drops.length === 0 ? !otherNetns : window.drops.every((drop) => drop.netns === netns);
  return {
    beginUs: window.beginUs,
    dropLines: own?.lines ?? 0,
    suppressed: alone ? (window.suppressed ?? 0) : 0,
    shared: alone ? 0 : (window.suppressed ?? 0),
    lineSeconds: secondsText(own?.seconds ?? [], Math.floor(Math.round(window.beginUs) / SECOND_US)),
  };
}

function secondsText(seconds: readonly number[], begin: number): string {
  let text = "";
  for (let at = 0; at < seconds.length; at += 2)
    text += `${at === 0 ? "" : ","}[${(seconds[at] ?? 0) - begin},${seconds[at + 1]}]`;
  return `[${text}]`;
}

/** Windows of one part of a burst, in order. */
export interface WindowPart {
  add(mark: WindowMark): void;
}

/** Takes the windows of each part as they are found. */
export interface WindowKeeper<Part extends WindowPart> {
  part(): Part;
  /** A part as JSON can tell it, where many are not held; null where all are. */
  readonly pack: ((part: Part) => unknown) | null;
  unpack(packed: unknown): Part;
}

/** In memory, for a report that writes nothing. */
export interface RowsPart extends WindowPart {
  readonly rows: readonly WindowRow[];
}

export const IN_MEMORY: WindowKeeper<RowsPart> = {
  part() {
    const rows: WindowRow[] = [];
    return {
      rows,
      add({ beginUs, dropLines, suppressed, shared, lineSeconds }) {
        rows.push({
          begin_us: Math.round(beginUs),
          drop_lines: dropLines,
          suppressed,
          suppressed_shared: shared,
          line_seconds: lineSeconds,
        });
      },
    };
  },
  pack: null,
  unpack() {
    throw new Error("windows in memory are held");
  },
};
