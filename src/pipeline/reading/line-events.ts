// From lines to events: wrapped lines joined, repeats expanded, cut ones told. Holds one line back, because a
// message can go on in the next.

import { BARE } from "../../formats/catalogue.ts";
import { completed, isFragment, mayGoOn } from "../../messages/fragments.ts";
import { type Recognised, recognise } from "../../messages/recognise.ts";
import { type Repeat, UNKNOWN_REPEAT, unwrapRepeat } from "../../messages/repeats.ts";
import { follows, joinBack, joinForward, NEAR_LINES, repeated, stripUptime } from "./joined-lines.ts";
import { type FoundEvent, lastNumber, type ProblemLog, type ReadLine } from "./read-line.ts";

export interface EventFinder {
  /** Takes the next line in file order; gives the event that is now certain. */
  push(line: ReadLine): FoundEvent | null;
  /** As `push`, of lines under a header whose message is known to be whole, and what it means. */
  pushKnown(line: ReadLine, meaning: Recognised): FoundEvent | null;
  /** What the line pushed last means by itself; null where it is no whole message under a header. */
  meaning(): Recognised | null;
  /** True where lines were pushed, and the one before this number is not a part of a message, or is far off. */
  isWholeBefore(number: number): boolean;
  end(): FoundEvent | null;
  /** True where nothing that was read has a say in what comes at this line or later. */
  isBehind(number: number): boolean;
}

/** A fragment shorter than this may be anything. */
const TELLING_FRAGMENT = 8;
/** Events so many lines apart have nothing to do with each other. */
export const APART_LINES = 9;

/** A line that is not told of yet, because the next one may go on with it. */
interface Held {
  readonly line: ReadLine;
  readonly meaning: Recognised | null;
  readonly repeat: Repeat | null;
  /** It ended a message that the line before began. */
  readonly isTail: boolean;
}

/** Makes a finder for one source. */
export function createEventFinder(problems: ProblemLog): EventFinder {
  return new Finder(problems);
}

class Finder implements EventFinder {
  readonly #problems: ProblemLog;
  #previous: ReadLine | null = null;
  #held: Held | null = null;
  /** What the file's last message was, and where it ended: "last message repeated" speaks of it. */
  #last: { readonly meaning: Recognised | null; readonly number: number; readonly line: ReadLine } | null =
    null;

  constructor(problems: ProblemLog) {
    this.#problems = problems;
  }

  push(line: ReadLine): FoundEvent | null {
    const { found, usesNext } = this.#release(line);
    const { entry } = line;
    const repeat = usesNext ? null : unwrapRepeat(entry.text);
    const meaning = usesNext || repeat !== null ? null : recognise(entry.text, entry);
    this.#held = { line, meaning, repeat, isTail: usesNext };
    return found;
  }

  pushKnown(line: ReadLine, meaning: Recognised): FoundEvent | null {
    const { found } = this.#release(line);
    this.#held = { line, meaning, repeat: null, isTail: false };
    return found;
  }

  meaning(): Recognised | null {
    const held = this.#held;
    return held === null || held.isTail || held.line.entry.stamp === null ? null : held.meaning;
  }

  isWholeBefore(number: number): boolean {
    const held = this.#held;
    return held !== null && (lastNumber(held.line) < number - 1 || this.meaning() !== null);
  }

  end(): FoundEvent | null {
    const { found } = this.#release(null);
    this.#held = null;
    return found;
  }

  isBehind(number: number): boolean {
    const held = this.#held === null ? 0 : lastNumber(this.#held.line);
    return Math.max(held, this.#last?.number ?? 0) <= number - APART_LINES;
  }

  #release(next: ReadLine | null): { found: FoundEvent | null; usesNext: boolean } {
    const held = this.#held;
    if (held === null) return { found: null, usesNext: false };
    const before = this.#previous;
    this.#previous = held.line;
    if (held.isTail) return { found: null, usesNext: false };
    if (held.repeat !== null) return { found: this.#readRepeat(held.line, held.repeat), usesNext: false };
    const back = joinBack(follows(before, held.line) ? before : null, held.line);
    const { meaning, line } = back ?? held;
    this.#last = { meaning, number: lastNumber(held.line), line };
    if (back !== null) return { found: back, usesNext: false };
    if (held.meaning !== null) return { found: event(held.line, held.meaning), usesNext: false };
    const { entry } = held.line;
    if (!entry.fromKernel || !mayGoOn(entry.text)) return { found: null, usesNext: false };
    const forward = joinForward(held.line, next);
    if (forward === null || next === null) return { found: this.#cut(held.line), usesNext: false };
    this.#last = { meaning: forward.meaning, number: next.number, line: held.line };
    return { found: forward, usesNext: true };
  }

  #readRepeat(line: ReadLine, repeat: Repeat): FoundEvent | null {
    const last = this.#last;
    const meaning =
      repeat.inner !== null
        ? recognise(stripUptime(repeat.inner), line.entry)
        : last !== null && line.number - last.number <= NEAR_LINES
          ? last.meaning
          : null;
    const headed = underHeader(line, last?.line ?? line);
    this.#last = { meaning, number: line.number, line: headed };
    if (last === null && repeat.inner === null && line.number <= NEAR_LINES) this.#tellUnknown(line, repeat);
    if (meaning === null) return null;
    if (repeat.innerStart !== null && !startsAlike(repeat.innerStart, meaning)) return null;
    if (repeat.times === null) {
      this.#problems.add("number-too-large", "a repeat count beyond what can be counted", line.offset);
      return null;
    }
    const told = repeated(meaning, repeat.times);
    return event(headed, told.meaning, told.copies);
  }

  /** What it repeats stands at the end of another file. */
  #tellUnknown({ entry, offset }: ReadLine, { innerStart }: Repeat): void {
    if (entry.tag !== null && !entry.fromKernel) return;
    if (innerStart !== null && !startsLikeDrop(innerStart)) return;
    this.#problems.add(
      UNKNOWN_REPEAT,
      "the first line repeats one that is not in this file; what it repeats is not counted",
      offset,
    );
  }

  #cut(line: ReadLine): FoundEvent | null {
    const whole = completed(line.entry.text);
    const meaning = whole === null ? null : recognise(whole, line.entry);
    if (meaning !== null) {
      this.#last = { meaning, number: lastNumber(line), line };
      return event(line, meaning);
    }
    if (line.entry.text.length >= TELLING_FRAGMENT && isFragment(line.entry.text)) {
      this.#problems.add("cut-line", "a line breaks off in a message; it is not counted", line.offset);
    }
    return null;
  }
}

/** A repeat without a header (metalog's) has that of the line it repeats. */
function underHeader(line: ReadLine, { entry, at }: ReadLine): ReadLine {
  return line.entry.format === BARE.id ? { ...line, entry, at } : line;
}

function event(line: ReadLine, meaning: Recognised, copies = 1): FoundEvent {
  const { offset, length, raw, times } = line;
  return { line, meaning, copies, times, offset, length, raw };
}

// syslog-ng quotes 20 characters (2.0 the tag with them): enough to tell a conntrack message from another, not one form from the next.
function startsAlike(start: string, meaning: Recognised): boolean {
  return meaning.kind !== "drop" || startsLikeDrop(start);
}

function startsLikeDrop(start: string): boolean {
  return /^(?:kernel: )?(?:\[ *\d+\.\d+\] *)?(?:[ni][fp]_conntrack|VE)/.test(start);
}
