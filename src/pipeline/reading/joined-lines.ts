// Messages that stand on two lines: wrapped by a mail program, broken at a terminal's edge, or a repeat whose quote was.

import { BARE } from "../../formats/catalogue.ts";
import { joins, mayGoOn } from "../../messages/fragments.ts";
import { type Recognised, recognise } from "../../messages/recognise.ts";
import { unwrapRepeat } from "../../messages/repeats.ts";
import { type FoundEvent, lastNumber, type ReadLine } from "./read-line.ts";

/** Lines between which a message can go on or be repeated: a blank one may stand between them. */
export const NEAR_LINES = 2;

/** A message that a line begins and the next one ends, or null. */
export function joinForward(line: ReadLine, next: ReadLine | null): FoundEvent | null {
  if (
    next === null ||
    next.number > line.number + NEAR_LINES ||
    next.entry.stamp !== null ||
    next.entry.tag !== null
  )
    return null;
  const whole = joined(line, next);
  return whole === null ? null : span(line, next, line, whole);
}

/** A message, and of how many lines it tells. */
interface Joined {
  readonly meaning: Recognised;
  readonly copies: number;
}

/** What two lines say together, under the header of the first; null where that is nothing of ours. */
function joined({ entry }: ReadLine, second: ReadLine): Joined | null {
  for (const text of joins(entry.text, second.entry.text)) {
    const repeat = unwrapRepeat(text);
    const meaning = recognise(stripUptime(repeat?.inner ?? text), entry);
    if (meaning === null) continue;
    return repeat?.times == null ? { meaning, copies: 1 } : repeated(meaning, repeat.times);
  }
  return null;
}

export function repeated(meaning: Recognised, times: number): Joined {
  const amount = meaning.amount === null ? null : meaning.amount * times;
  return { meaning: { ...meaning, amount }, copies: times === 1 ? 0 : times };
}

/** A continuation that is a whole message by itself, under a header that ends in the message's beginning. */
export function joinBack(
  before: ReadLine | null,
  line: ReadLine,
): (FoundEvent & { meaning: Recognised }) | null {
  if (
    before === null ||
    before.entry.format === BARE.id ||
    line.entry.stamp !== null ||
    line.entry.tag !== null
  ) {
    return null;
  }
  if (!before.entry.fromKernel || !mayGoOn(before.entry.text)) return null;
  const whole = joined(before, line);
  return whole === null ? null : span(before, line, before, whole);
}

export function follows(previous: ReadLine | null, line: ReadLine): boolean {
  // A blank line between the two is no line of the log.
  return previous !== null && line.number - lastNumber(previous) <= NEAR_LINES;
}

function span(first: ReadLine, second: ReadLine, header: ReadLine, whole: Joined): FoundEvent {
  const length = second.offset + second.length - first.offset;
  return {
    line: header,
    ...whole,
    times: 1,
    offset: first.offset,
    length,
    raw: `${first.raw}\n${second.raw}`,
  };
}

export function stripUptime(text: string): string {
  return text.replace(/^\[ *\d+\.\d+\]\s*/, "");
}
