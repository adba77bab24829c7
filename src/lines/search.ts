// What scan.ts asks of a search for needles. Two answer it: one in WebAssembly, one in plain JavaScript.

/** What a run found. Places are indexes into the window. */
export interface Run {
  /** Where it stopped: at the end asked for, or at an earlier line start because it noted as much as it can. */
  stopped: number;
  /** Lines noted in `lines`. */
  found: number;
  /** Newlines between where it began and where it stopped. */
  newlines: number;
  /** The last line found holds a clock needle, and perhaps a needle too. Such a line ends the run. */
  atClock: boolean;
  /** There may be NULs. False is certain for the starts of lines. */
  sawNul: boolean;
}

export interface Search {
  /** The bytes looked through; the reader puts them here. */
  readonly window: Buffer;
  /**
   * Four numbers for each line found: its start, its newline, the newlines from where the run began to it, and how
   * many times it stands there, one right behind the other.
   */
  readonly lines: Int32Array;
  /** Looks for a needle, with `clocks` also for a clock needle, in complete lines. Gives the same object each time. */
  run(from: number, to: number, clocks: boolean): Readonly<Run>;
  /** Start of the line before the one that begins at `begin`, not before `low`. */
  lineBefore(begin: number, low: number): number;
  /** Place of the first newline at or after `at`; there is one. */
  newlineFrom(at: number): number;
  /** Appends a piece of the window to a text. */
  join(from: number, to: number): void;
  /** The text joined, latin1; the next one begins empty. */
  joined(): string;
}

export type MakeSearch = (
  needles: readonly string[],
  clockNeedles: readonly string[],
  windowBytes: number,
) => Search;

/** Lines noted in one run. */
export const FOUND_LINES = 2048;
/** Numbers noted of each. */
export const FOUND_NUMBERS = 4;
