// Which lines of a region go on, found by leaping from needle to needle and from stretch to stretch. The roles are
// those of roles.ts; lines between the leaps are never looked at, only counted.

import type { Line, LineRole } from "../model/line.ts";
import type { LineOptions } from "./options.ts";
import { FOUND_NUMBERS, type Search } from "./search.ts";
import type { Region } from "./window.ts";

/** A line that goes on; its text is still to come. */
export type Pick = Omit<Line, "raw"> & { raw: string };

/** The last line of a region that nothing asked for so far: the next region may, or the end of the source. */
interface Held extends Omit<Line, "role"> {
  readonly isWaymark: boolean;
}

const NONE = { begin: 0, end: 0, number: 0 };

export class Picks {
  readonly #search: Search;
  readonly #options: LineOptions;
  #picked: Pick[] = [];
  #region: Region = { from: 0, to: 0, offset: 0, skipped: 0 };
  #held: Held | null = null;
  /** Text of a held line that was picked; it stands before all of its successor's region. */
  #heldText = "";
  /** The line after the last candidate, while it is not known to be one; 0 for none. */
  #due = { begin: 0, number: 0 };
  /** A waymark, unless the next line is a candidate. */
  #waymark = NONE;
  #lastNumber = 0;
  #stretch = -1;
  #clockStretch = -1;
  /** Picked lines that follow each other, to be joined as one. */
  #piece = { from: 0, to: 0 };

  constructor(search: Search, options: LineOptions) {
    this.#search = search;
    this.#options = options;
  }

  /** Takes a region whose first line has this number. Tells its lines, and whether there may be NULs. */
  see(region: Region, first: number): { lines: number; sawNul: boolean } {
    const { clockNeedles, waymarkBytes } = this.#options;
    this.#region = region;
    this.#due = { begin: region.from, number: this.#due.number === first ? first : 0 };
    let sawNul = false;
    let number = first;
    for (let at = region.from; at < region.to; ) {
      const stretch = Math.floor(this.#offset(at) / waymarkBytes);
      const opens = stretch !== this.#stretch;
      this.#stretch = stretch;
      const clocks = clockNeedles.length > 0 && stretch !== this.#clockStretch;
      const run = { ...this.#search.run(at, this.#stretchEnd(stretch), clocks) };
      sawNul ||= run.sawNul;
      this.#settle(run.found, run.atClock, opens ? at : -1, number);
      number += run.newlines;
      at = run.stopped;
    }
    this.#closeRegion(number - 1);
    return { lines: number - first, sawNul };
  }

  /** After the last region: the last line of the source goes on, whatever it holds. */
  end(): this {
    if (this.#held !== null) this.#pickHeld("waymark");
    return this;
  }

  /** What was picked since the last time, and its text: each line with a newline. */
  take(): { picked: Pick[]; text: string } {
    const taken = { picked: this.#picked, text: this.#heldText + this.#search.joined() };
    this.#picked = [];
    this.#heldText = "";
    return taken;
  }

  /** Start of the first line that begins behind a stretch, or the region's end. */
  #stretchEnd(stretch: number): number {
    const { from, to, offset } = this.#region;
    const border = (stretch + 1) * this.#options.waymarkBytes - offset + from;
    return border >= to ? to : this.#search.newlineFrom(border - 1) + 1;
  }

  /** Lines the search found, in a piece of one stretch; the line at `opening`, if not -1, is the first of it. */
  #settle(found: number, atClock: boolean, opening: number, number: number): void {
    const { lines } = this.#search;
    const line = (place: number) => lines[place] ?? 0;
    if (opening !== -1 && (found === 0 || line(0) !== opening)) {
      this.#seeWaymark(opening, this.#search.newlineFrom(opening), number);
    }
    const candidates = atClock ? found - 1 : found;
    for (let place = 0; place < candidates * FOUND_NUMBERS; place += FOUND_NUMBERS) {
      this.#seeCandidate(line(place), line(place + 1), number + line(place + 2), line(place + 3));
    }
    if (!atClock) return;
    const last = (found - 1) * FOUND_NUMBERS;
    const clock = { begin: line(last), end: line(last + 1), number: number + line(last + 2) };
    if (this.#search.run(clock.begin, clock.end + 1, false).found > 0) {
      this.#seeCandidate(clock.begin, clock.end, clock.number, 1);
    } else {
      this.#clockStretch = this.#stretch;
      this.#seeWaymark(clock.begin, clock.end, clock.number);
    }
  }

  #seeCandidate(begin: number, end: number, number: number, times: number): void {
    if (this.#due.number !== 0 && this.#due.number < number) this.#pickDue();
    const follows = this.#held !== null && this.#held.number === number - 1;
    if (this.#held !== null) this.#releaseHeld(follows);
    if (this.#waymark.number !== 0) this.#releaseWaymark(this.#waymark.number === number - 1);
    if (this.#lastNumber < number - 1 && begin > this.#region.from) {
      const before = this.#search.lineBefore(begin, this.#region.from);
      this.#pick(before, begin - 1, number - 1, "neighbour");
    }
    this.#pick(begin, end, number, "candidate", times);
    this.#due.begin = begin + times * (end + 1 - begin);
    this.#due.number = number + times;
  }

  #seeWaymark(begin: number, end: number, number: number): void {
    if (this.#due.number !== 0 && this.#due.number < number) this.#pickDue();
    if (this.#held !== null) this.#releaseHeld(false);
    if (this.#waymark.number !== 0) this.#releaseWaymark(false);
    if (this.#due.number !== number) this.#waymark = { begin, end, number };
  }

  #closeRegion(last: number): void {
    const { from, to } = this.#region;
    if (this.#held !== null) this.#releaseHeld(false);
    if (this.#due.number !== 0 && this.#due.number <= last) this.#pickDue();
    const isWaymark = this.#waymark.number === last;
    if (this.#waymark.number !== 0 && !isWaymark) this.#releaseWaymark(false);
    this.#waymark = NONE;
    if (this.#lastNumber !== last) {
      const begin = this.#search.lineBefore(to, from);
      const raw = this.#search.window.toString("latin1", begin, to - 1);
      const offset = this.#offset(begin);
      this.#held = { offset, length: raw.length, number: last, raw, times: 1, isWaymark };
    }
    this.#joinPiece();
  }

  #pickDue(): void {
    const { begin, number } = this.#due;
    this.#pick(begin, this.#search.newlineFrom(begin), number, "neighbour");
    this.#due.number = 0;
  }

  #releaseWaymark(isNeighbour: boolean): void {
    const { begin, end, number } = this.#waymark;
    this.#waymark = NONE;
    this.#pick(begin, end, number, isNeighbour ? "neighbour" : "waymark");
  }

  #releaseHeld(isNeighbour: boolean): void {
    if (isNeighbour) this.#pickHeld("neighbour");
    else if (this.#held?.isWaymark) this.#pickHeld("waymark");
    this.#held = null;
  }

  #pickHeld(role: LineRole): void {
    if (this.#held === null) return;
    const { offset, length, number, raw, times } = this.#held;
    this.#held = null;
    this.#heldText = `${raw}\n`;
    this.#lastNumber = number;
    this.#picked.push({ offset, length, number, raw: "", role, times });
  }

  #pick(begin: number, end: number, number: number, role: LineRole, times = 1): void {
    if (begin !== this.#piece.to) {
      this.#joinPiece();
      this.#piece.from = begin;
    }
    this.#piece.to = end + 1;
    this.#lastNumber = number + times - 1;
    const offset = this.#offset(begin);
    this.#picked.push({ offset, length: end - begin, number, raw: "", role, times });
  }

  #joinPiece(): void {
    const { from, to } = this.#piece;
    if (to > from) this.#search.join(from, to);
    this.#piece.from = 0;
    this.#piece.to = 0;
  }

  #offset(at: number): number {
    return this.#region.offset + at - this.#region.from;
  }
}
