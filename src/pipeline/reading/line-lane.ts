// Lines on their way to the taker. What reads as a line known before is not taken apart again, and what stands beside
// a message that is whole is let go: it was kept only in case the message is wrapped.

import { decode } from "../../evidence/cite.ts";
import { createLineMemo, type LineMemo, type Recalled } from "../../formats/line-memo.ts";
import { createParser } from "../../formats/parse.ts";
import { type Glued, splitGlued } from "../../messages/glued.ts";
import { type Recognised, recognise } from "../../messages/recognise.ts";
import type { Entry, Line } from "../../model/line.ts";
import { copyOf } from "./read-line.ts";
import type { LineTaker } from "./take-lines.ts";

const CARRIAGE_RETURN = 13;
/** Neighbours with the kernel's uptime, or with an instant, are evidence of the clock. */
const CLOCK_EVIDENCE = ["kernel: [", "audit("];

/** Plain values. */
export type LaneState = readonly string[];

export interface LineLane {
  /** Takes the next line. */
  see(line: Line): void;
  /** What has to be known to go on at the next line; null where a line waits for it. */
  rest(): LaneState | null;
  end(): void;
}

/** Makes the lane of one source. `gather`: equal drop lines may share a row, and neighbours may be let go. */
export function createLineLane(taker: LineTaker, gather: boolean, from: LaneState = []): LineLane {
  return new Lane(taker, gather, from);
}

class Lane implements LineLane {
  readonly #taker: LineTaker;
  readonly #gather: boolean;
  readonly #parser = createParser();
  readonly #memo: LineMemo<Recognised> = createLineMemo();
  /** A neighbour that the next line decides about. */
  #waiting: Line | null = null;

  constructor(taker: LineTaker, gather: boolean, from: LaneState) {
    this.#taker = taker;
    this.#gather = gather;
    for (const example of from) this.#learnAgain(example);
  }

  see(line: Line): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    const wanted = waiting !== null && line.role === "candidate" && line.number === waiting.number + 1;
    const recalled = this.#gather && line.role === "candidate" ? this.#memo.recall(line.raw) : null;
    if (recalled !== null && this.#takeKnown(line, recalled)) return;
    if (wanted) this.#read(waiting);
    if (line.role === "neighbour" && this.#mayGo(line)) this.#waiting = line;
    else this.#read(line);
  }

  rest(): LaneState | null {
    return this.#waiting === null ? this.#memo.examples() : null;
  }

  end(): void {
    // The last line says how far the log goes.
    if (this.#waiting !== null) this.#read(this.#waiting);
    this.#waiting = null;
  }

  /** Nothing but the lines beside it can have use for it, and the one before has none. */
  #mayGo({ number, raw }: Line): boolean {
    if (!this.#gather || !this.#taker.isWholeBefore(number)) return false;
    return !CLOCK_EVIDENCE.some((text) => raw.includes(text));
  }

  #read(line: Line): void {
    const { offset, raw } = bare(line);
    const glued = splitGlued(raw);
    if (glued !== null && this.#readGlued(line, glued)) return;
    const entry = this.#parser.parse(decode(raw));
    if (entry === null) return;
    const { number, role, times, length } = line;
    const waymark = role === "waymark";
    const first = { offset, length: raw.length, number, raw, entry, waymark, times: 1, tail: "" };
    this.#taker.take(first);
    if (this.#gather && role === "candidate") this.#learn(line.raw, entry, this.#taker.lastMeaning());
    if (times > 1)
      this.#readMore({ ...line, offset: line.offset + length + 1, number: number + 1, times: times - 1 });
  }

  /** Lines glued onto one, where the first is a message of ours: then it is no prose that quotes them. */
  #readGlued(line: Line, glued: readonly Glued[]): boolean {
    const { offset, raw } = bare(line);
    const first = this.#parser.parse(decode(raw.slice(0, glued[0]?.to)));
    if (first === null || recognise(first.text, first) === null) return false;
    for (let nth = 0; nth < line.times; nth++) {
      const { number, offset: start } = copyOf(line, nth);
      for (const { from, to } of glued) {
        const own = raw.slice(from, to);
        const entry = this.#parser.parse(decode(own));
        const place = { offset: offset - line.offset + start + from, length: own.length, number, raw: own };
        if (entry !== null) this.#taker.take({ ...place, entry, waymark: false, times: 1, tail: "" });
      }
    }
    return true;
  }

  /** Lines equal to the one before them. */
  #readMore(line: Line): void {
    const recalled = this.#memo.recall(line.raw);
    if (recalled !== null && this.#takeKnown(line, recalled)) return;
    for (let nth = 0; nth < line.times; nth++) this.#read(copyOf(line, nth));
  }

  /** Equal drop lines may be one event; each notice tells of a window of its own. */
  #takeKnown(line: Line, recalled: Recalled<Recognised>): boolean {
    if (line.times === 1 || recalled.meaning.kind === "drop") return this.#taker.takeKnown(line, recalled);
    if (!this.#taker.takeKnown(copyOf(line, 0), recalled)) return false;
    for (let nth = 1; nth < line.times; nth++) this.#taker.takeKnown(copyOf(line, nth), recalled);
    return true;
  }

  #learn(raw: string, entry: Entry, meaning: Recognised | null): void {
    if (meaning === null || this.#memo.recall(raw) !== null) return;
    const isNotice = meaning.kind === "suppression" && meaning.amount !== null && meaning.netns === null;
    if (isNotice) this.#memo.learn(raw, entry, meaning, meaning.amount);
    else if (meaning.kind === "drop") this.#memo.learn(raw, entry, meaning, null);
  }

  /** What an earlier reading had learned. */
  #learnAgain(example: string): void {
    const entry = this.#parser.parse(example);
    if (entry !== null) this.#learn(example, entry, recognise(entry.text, entry));
  }
}

/** A line without what is no part of it: NUL bytes and a byte order mark before it, CR behind it. */
function bare(line: Line): { offset: number; raw: string } {
  const { raw } = line;
  let from = 0;
  while (raw.charCodeAt(from) === 0) from++;
  if (raw.startsWith("\u00ef\u00bb\u00bf", from)) from += 3;
  let to = raw.length;
  while (to > from && raw.charCodeAt(to - 1) === CARRIAGE_RETURN) to--;
  return { offset: line.offset + from, raw: from === 0 && to === raw.length ? raw : raw.slice(from, to) };
}
