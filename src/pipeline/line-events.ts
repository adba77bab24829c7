// From lines to events: wrapped lines joined, repeats expanded, cut ones told. Holds one line back, because a
// message can go on in the next.

import { isFragment, joins } from "../messages/fragments.ts";
import { type Recognised, recognise } from "../messages/recognise.ts";
import { unwrapRepeat } from "../messages/repeats.ts";
import type { ProblemLog, ReadLine } from "./reading.ts";

/** An event found, with the line that bears its header and the bytes it was read from. */
export interface FoundEvent {
  readonly line: ReadLine;
  readonly meaning: Recognised;
  /** Printed lines it stands for. */
  readonly copies: number;
  /** Bytes cited: more than the line's own where two were joined. */
  readonly offset: number;
  readonly length: number;
  readonly raw: string;
}

export interface EventFinder {
  /** Takes the next line in file order; gives the events that are now certain. */
  push(line: ReadLine): FoundEvent[];
  end(): FoundEvent[];
}

/** A fragment shorter than this may be anything. */
const TELLING_FRAGMENT = 8;

/** Makes a finder for one source. */
export function createEventFinder(problems: ProblemLog): EventFinder {
  let previous: ReadLine | null = null;
  let held: ReadLine | null = null;
  // What the file's last message was: "last message repeated" speaks of it.
  let last: { meaning: Recognised | null; number: number } | null = null;
  let heldIsTail = false;

  const release = (next: ReadLine | null): FoundEvent[] => {
    const line = held;
    if (line === null) return [];
    const tail = heldIsTail;
    heldIsTail = false;
    if (tail) {
      previous = line;
      return [];
    }
    const found = read(line, next);
    previous = line;
    return found ? [found] : [];
  };

  const read = (line: ReadLine, next: ReadLine | null): FoundEvent | null => {
    const { entry } = line;
    const before = follows(previous, line) ? previous : null;
    const repeat = unwrapRepeat(entry.text);
    if (repeat !== null) return readRepeat(line, repeat);
    const joined = joinBack(before, line);
    const meaning = joined?.meaning ?? recognise(entry.text, entry);
    last = { meaning, number: line.number };
    if (joined) return joined;
    if (meaning) return event(line, meaning);
    if (!entry.fromKernel || !isFragment(entry.text)) return null;
    return joinForward(line, next) ?? cut(line);
  };

  const readRepeat = (
    line: ReadLine,
    repeat: NonNullable<ReturnType<typeof unwrapRepeat>>,
  ): FoundEvent | null => {
    const meaning =
      repeat.inner !== null
        ? recognise(stripUptime(repeat.inner), line.entry)
        : last !== null && line.number - last.number <= 2
          ? last.meaning
          : null;
    last = { meaning, number: line.number };
    if (meaning === null) return null;
    if (repeat.innerStart !== null && !startsAlike(repeat.innerStart, meaning)) return null;
    if (repeat.times === null) {
      problems.add("number-too-large", "a repeat count beyond what can be counted", line.offset);
      return null;
    }
    const amount = meaning.amount === null ? null : meaning.amount * repeat.times;
    return event(line, { ...meaning, amount }, repeat.times);
  };

  const joinForward = (line: ReadLine, next: ReadLine | null): FoundEvent | null => {
    if (
      next === null ||
      next.number > line.number + 2 ||
      next.entry.stamp !== null ||
      next.entry.tag !== null
    )
      return null;
    const meaning = joined(line, next);
    if (meaning === null) return null;
    heldIsTail = true;
    last = { meaning, number: next.number };
    return span(line, next, line, meaning);
  };

  const cut = (line: ReadLine): null => {
    if (line.entry.text.length >= TELLING_FRAGMENT) {
      problems.add("cut-line", "a line breaks off in a message; it is not counted", line.offset);
    }
    return null;
  };

  return {
    push(line) {
      const found = release(line);
      // release() may have set heldIsTail for the line that comes now.
      held = line;
      return found;
    },
    end() {
      const found = release(null);
      held = null;
      return found;
    },
  };
}

/** What two lines say together, under the header of the first; null where that is nothing of ours. */
function joined(first: ReadLine, second: ReadLine): Recognised | null {
  for (const text of joins(first.entry.text, second.entry.text)) {
    const meaning = recognise(text, first.entry);
    if (meaning !== null) return meaning;
  }
  return null;
}

/** A continuation that is a whole message by itself, under a header that ends in the message's beginning. */
function joinBack(before: ReadLine | null, line: ReadLine): (FoundEvent & { meaning: Recognised }) | null {
  if (
    before === null ||
    before.entry.format === "bare" ||
    line.entry.stamp !== null ||
    line.entry.tag !== null
  ) {
    return null;
  }
  if (!before.entry.fromKernel || !isFragment(before.entry.text)) return null;
  const meaning = joined(before, line);
  return meaning === null ? null : span(before, line, before, meaning);
}

function follows(previous: ReadLine | null, line: ReadLine): boolean {
  // A blank line between the two is no line of the log.
  return previous !== null && line.number - previous.number <= 2;
}

function event(line: ReadLine, meaning: Recognised, copies = 1): FoundEvent {
  return { line, meaning, copies, offset: line.offset, length: line.length, raw: line.raw };
}

function span(first: ReadLine, second: ReadLine, header: ReadLine, meaning: Recognised): FoundEvent {
  const length = second.offset + second.length - first.offset;
  return {
    line: header,
    meaning,
    copies: 1,
    offset: first.offset,
    length,
    raw: `${first.raw}\n${second.raw}`,
  };
}

// syslog-ng quotes 20 characters: enough to tell a conntrack message from another, not one form from the next.
function startsAlike(start: string, meaning: Recognised): boolean {
  return meaning.kind !== "drop" || /^(?:\[ *\d+\.\d+\] *)?(?:[ni][fp]_conntrack|VE)/.test(start);
}

function stripUptime(text: string): string {
  return text.replace(/^\[ *\d+\.\d+\]\s*/, "");
}
