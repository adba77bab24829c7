// Bursts repeat their lines: behind the stamp they are the same bytes, or differ in a number alone. Such a line need
// not be taken apart again. A stamp is read again when it changes, and only where it is written in the same shape.

import type { Entry } from "../model/line.ts";
import { FORMATS } from "./catalogue.ts";
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
const UPPER_A = 65;
const UPPER_Z = 90;
const LOWER_A = 97;
const LOWER_Z = 122;

/** Kinds of lines known at a time: of a few hosts, with and without the blank in front of the day. */
const MOST_KNOWN = 8;

export function createLineMemo<Meaning>(): LineMemo<Meaning> {
  return new Memo();
}

interface Known<Meaning> {
  readonly example: string;
  readonly form: StampForm;
  /** A stamp: others are written like it. */
  readonly shape: string;
  /** What stands between stamp and number; null: there is no number, and `tail` follows the stamp. */
  readonly head: string | null;
  readonly tail: string;
  readonly meaning: Meaning;
  stampText: string;
  entry: Entry;
}

class Memo<Meaning> implements LineMemo<Meaning> {
  readonly #readStamp = createStampReader();
  #known: Known<Meaning>[] = [];

  recall(raw: string): Recalled<Meaning> | null {
    for (const known of this.#known) {
      if (!raw.endsWith(known.tail)) continue;
      const told = known.head === null ? null : numberIn(raw, known.shape.length + known.head.length, known);
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
    const { stamp = "", ...others } = format.pattern.exec(raw)?.groups ?? {};
    if (stamp === "" || !raw.startsWith(stamp)) return false;
    if (Object.values(others).some((group) => group !== undefined)) return false;
    const rest =
      told === null ? { head: null, tail: raw.slice(stamp.length) } : around(raw, stamp, entry, told);
    if (rest === null) return false;
    const known = {
      example: raw,
      form: format.form,
      shape: stamp,
      ...rest,
      meaning,
      stampText: stamp,
      entry,
    };
    this.#known = [known, ...this.#known].slice(0, MOST_KNOWN);
    return true;
  }

  examples(): readonly string[] {
    return this.#known.map(({ example }) => example).reverse();
  }

  /** True where the line begins with a stamp like the learned one's: then `known.entry` has it. */
  #stamped(raw: string, known: Known<Meaning>): boolean {
    if (raw.startsWith(known.stampText)) return true;
    if (!hasShape(raw, known.shape)) return false;
    const text = raw.slice(0, known.shape.length);
    const stamp = this.#readStamp(known.form, text);
    const before = known.entry.stamp;
    if (stamp === null || stamp.kind === "bad" || stamp.kind !== before?.kind) return false;
    known.stampText = text;
    known.entry = { ...known.entry, stamp };
    return true;
  }
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

function numberIn(raw: string, from: number, { head, tail, shape }: Known<unknown>): number | null {
  const to = raw.length - tail.length;
  if (to <= from || to - from > MOST_DIGITS || !raw.startsWith(head ?? "", shape.length)) return null;
  let number = 0;
  for (let at = from; at < to; at++) {
    const code = raw.charCodeAt(at);
    if (code < ZERO || code > NINE) return null;
    number = number * 10 + code - ZERO;
  }
  return number;
}

/** A digit as 0, a letter as one of its case, all else as it is. */
function kindOf(code: number): number {
  if (code >= ZERO && code <= NINE) return ZERO;
  if (code >= UPPER_A && code <= UPPER_Z) return UPPER_A;
  return code >= LOWER_A && code <= LOWER_Z ? LOWER_A : code;
}

function hasShape(text: string, shape: string): boolean {
  for (let at = 0; at < shape.length; at++) {
    if (kindOf(text.charCodeAt(at)) !== kindOf(shape.charCodeAt(at))) return false;
  }
  return true;
}

/** A longer line's text is cut short where it is kept. */
const LONGEST = 1024;

function isPlain(text: string): boolean {
  return text.length <= LONGEST && /^[\x20-\x7e\t]*$/.test(text);
}
