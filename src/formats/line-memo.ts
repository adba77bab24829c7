// Bursts repeat their lines: behind the stamp they are the same bytes, or differ in a number alone. Such a line need
// not be taken apart again. A stamp is read again when it changes, and only where the line's format finds it as long.

import type { Entry } from "../model/line.ts";
import type { Stamp } from "../model/stamp.ts";
import { FORMATS } from "./catalogue.ts";
import { type DayClock, findDayClock, readDayClock, shiftStamp } from "./day-clock.ts";
import { createStampReader, type StampForm } from "./stamps.ts";

export interface Recalled<Meaning> {
  readonly entry: Entry;
  readonly meaning: Meaning;
  /** The number that stands where lines of this kind differ; null: they do not. */
  readonly told: number | null;
  /** What all of them end in. */
  readonly tail: string;
}

export interface LineMemo<Meaning> {
  /** What a line is that reads as a learned one; null where none does. The entry's text is that of the learned line. */
  recall(raw: string): Recalled<Meaning> | null;
  /**
   * Learns a line of ASCII characters, where it is of a kind that can be told by its bytes. `told`: the number in its
   * text in which others may differ, or null. True where it was learned.
   */
  learn(raw: string, entry: Entry, meaning: Meaning, told: number | null): boolean;
  /** Lines that make a memo what this one is, when they are learned in this order. */
  examples(): readonly string[];
}

const ZERO = 48;
const NINE = 57;

/** `hh:mm:ss`. */
const CLOCK_LENGTH = 8;

/** Kinds of lines known at a time: of a few hosts, with and without the blank in front of the day. */
const MOST_KNOWN = 8;

export function createLineMemo<Meaning>(): LineMemo<Meaning> {
  return new Memo();
}

interface Known<Meaning> {
  readonly example: string;
  readonly form: StampForm;
  readonly pattern: RegExp;
  /** Others are as long. */
  readonly stampLength: number;
  /** What stands between stamp and number; null: there is no number, and `tail` follows the stamp. */
  readonly head: string | null;
  readonly tail: string;
  readonly meaning: Meaning;
  /** Null: the stamp has none that could be told apart. */
  readonly clock: DayClock | null;
  /** Of the line recalled last. */
  stampText: string;
  /** What its stamp begins with, up to the clock, and ends in. */
  day: string;
  rest: string;
  clockUs: number;
  entry: Entry;
}

class Memo<Meaning> implements LineMemo<Meaning> {
  readonly #readStamp = createStampReader();
  #known: Known<Meaning>[] = [];

  recall(raw: string): Recalled<Meaning> | null {
    for (const known of this.#known) {
      if (!raw.endsWith(known.tail)) continue;
      const told = known.head === null ? null : numberIn(raw, known.stampLength + known.head.length, known);
      const fits = known.head === null ? raw.length === known.example.length : told !== null;
      if (!fits || !this.#stamped(raw, known)) continue;
      return { entry: known.entry, meaning: known.meaning, told, tail: known.tail };
    }
    return null;
  }

  learn(raw: string, entry: Entry, meaning: Meaning, told: number | null): boolean {
    const format = FORMATS.find(({ id }) => id === entry.format);
    if (format?.form == null || format.rest !== "syslog") return false;
    if (entry.stamp === null || entry.stamp.kind === "bad") return false;
    if (entry.uptimeUs !== null || entry.bootId !== null || !isPlain(raw)) return false;
    const stamp = stampAlone(raw, format.pattern);
    if (stamp === null) return false;
    const rest =
      told === null ? { head: null, tail: raw.slice(stamp.length) } : around(raw, stamp, entry, told);
    if (rest === null) return false;
    const known = {
      example: raw,
      form: format.form,
      pattern: format.pattern,
      stampLength: stamp.length,
      ...rest,
      meaning,
      clock: findDayClock(stamp),
      stampText: "",
      day: "",
      rest: "",
      clockUs: Number.NaN,
      entry,
    };
    keep(known, stamp, entry.stamp);
    this.#known = [known, ...this.#known].slice(0, MOST_KNOWN);
    return true;
  }

  examples(): readonly string[] {
    return this.#known.map(({ example }) => example).reverse();
  }

  /** True where the line begins with a stamp like the learned one's: then `known.entry` has it. */
  #stamped(raw: string, known: Known<Meaning>): boolean {
    if (raw.startsWith(known.stampText) || laterThatDay(raw, known)) return true;
    const text = stampAlone(raw, known.pattern);
    if (text?.length !== known.stampLength) return false;
    const stamp = this.#readStamp(known.form, text);
    const before = known.entry.stamp;
    if (stamp === null || stamp.kind === "bad" || stamp.kind !== before?.kind) return false;
    keep(known, text, stamp);
    return true;
  }
}

function keep(known: Known<unknown>, text: string, stamp: Stamp): void {
  const { clock } = known;
  known.stampText = text;
  known.entry = stampedAt(known.entry, stamp);
  known.clockUs = (clock && readDayClock(text, clock)) ?? Number.NaN;
  known.day = text.slice(0, clock?.at);
  known.rest = text.slice(clock?.end);
}

/** As `#stamped`, where nothing but the clock differs from the line recalled last. */
function laterThatDay(raw: string, known: Known<unknown>): boolean {
  const { clock, day, rest, entry } = known;
  if (clock === null || !raw.startsWith(day) || !raw.startsWith(rest, clock.end)) return false;
  const mark = clock.at + CLOCK_LENGTH;
  if (clock.digits > 0 && raw.charCodeAt(mark) !== known.stampText.charCodeAt(mark)) return false;
  const clockUs = readDayClock(raw, clock) ?? Number.NaN;
  const byUs = clockUs - known.clockUs;
  if (Number.isNaN(byUs) || entry.stamp === null || entry.stamp.kind === "bad") return false;
  known.stampText = raw.slice(0, known.stampLength);
  known.clockUs = clockUs;
  known.entry = stampedAt(entry, shiftStamp(entry.stamp, byUs));
  return true;
}

/** Written out: a literal that begins with a spread costs ten times as much. */
function stampedAt(entry: Entry, stamp: Stamp | null): Entry {
  const { format, uptimeUs, bootId, host, tag, priority, fromKernel, text, doubts } = entry;
  return { format, stamp, uptimeUs, bootId, host, tag, priority, fromKernel, text, doubts };
}

/** The stamp that a line begins with, where the pattern finds nothing else in front of the message. */
function stampAlone(raw: string, pattern: RegExp): string | null {
  const { stamp = "", ...others } = pattern.exec(raw)?.groups ?? {};
  if (stamp === "" || !raw.startsWith(stamp)) return null;
  return Object.values(others).every((group) => group === undefined) ? stamp : null;
}

/** What stands around the only number of a line's text; null where that is not the one that is told. */
function around(
  raw: string,
  stamp: string,
  { text }: Entry,
  told: number,
): { head: string; tail: string } | null {
  const numbers = text.match(/\d+/g) ?? [];
  const [digits = ""] = numbers;
  if (numbers.length !== 1 || Number(digits) !== told || !raw.endsWith(text)) return null;
  const at = raw.length - text.length + text.indexOf(digits);
  return { head: raw.slice(stamp.length, at), tail: raw.slice(at + digits.length) };
}

/** Digits that make an exact number. */
const MOST_DIGITS = 15;

function numberIn(raw: string, from: number, { head, tail, stampLength }: Known<unknown>): number | null {
  const to = raw.length - tail.length;
  if (to <= from || to - from > MOST_DIGITS || !raw.startsWith(head ?? "", stampLength)) return null;
  let number = 0;
  for (let at = from; at < to; at++) {
    const code = raw.charCodeAt(at);
    if (code < ZERO || code > NINE) return null;
    number = number * 10 + code - ZERO;
  }
  return number;
}

/** A longer line's text is cut short where it is kept. */
const LONGEST = 1024;

function isPlain(text: string): boolean {
  return text.length <= LONGEST && /^[\x20-\x7e\t]*$/.test(text);
}
