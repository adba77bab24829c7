// The state of a pasted terminal: which command was typed last, and which of its lines of output are still to come.

import { type Command, type Expected, mentionsConf, readCommand } from "./commands.ts";
import type { Draft } from "./draft.ts";
import { type Gathered, gathered } from "./elsewhere.ts";
import { resolveKey, resolvePath } from "./keys.ts";
import { extend, type ObservedLine, type Span, spanOf } from "./observed-line.ts";

export interface TypedValue {
  readonly drafts: readonly Draft[];
  readonly origin: string;
  readonly span: Span;
}

export interface Terminal {
  /** A line without the name of the machine that it is from. */
  from(text: string): Gathered;
  /** A line of output: the value that the command announced, or null. */
  value(line: ObservedLine, text: string): TypedValue | null;
  /** A line that is nothing else: true where it was a command, or prose that changes what follows. */
  note(line: ObservedLine, text: string): boolean;
  /** True for lines that the command takes as its input: what they say is not in force. */
  swallows(text: string): boolean;
  /** Something else begins: a log, or lines of elsewhere. */
  leave(): void;
  isIdle(): boolean;
  /** The command whose output this is; an empty one where none is known. */
  command(): Command;
}

const NOTHING: Command = {
  expected: [],
  repeats: false,
  configured: false,
  hereWord: null,
  netns: null,
  many: false,
  wholeTable: true,
  cut: false,
  statistics: false,
};

/** Lines that a command takes from the terminal; a paste may have lost the word that ends them. */
const MOST_HERE_LINES = 100;
/** A path on a line of its own, as `head` or an `echo` before a `cat` writes it. */
const PATH_LINE = /^(?:==> )?(\/\S+?):?(?: <==)?$/;
/** What `conntrack` says on stderr, before the pipe behind it has counted. */
const TRAILER = /^conntrack v[\d.]+ \(/;
/** The name between rules, as a script's `echo` writes it; of a count, which nobody configures, also alone. */
const NAME_LINE =
  /^(?:[=-]{2,} ?((?:nf|ip)_conntrack_(?:max|count|buckets)):? ?[=-]{2,}|((?:nf|ip)_conntrack_count):?)$/;
/** A page may close its block behind the last line, a poster explain the number. */
const NUMBER =
  /^(-?\d+)(?: ?<\/(?:pre|code|p|div|span|td|li)>)*(?: ?(?:#|\uff03|\/\/|<[-=]|\u2190|[(\uff08]).*)?$/;
/** What sudo, ssh and kubectl say before the command they run has printed anything. */
const TALK =
  /^(?:\[sudo\] password for \S+:|\S+'s password:|Password:|Warning: Permanently added .*|Defaulted container ".*|Defaulting container name to .*|Unable to use a TTY.*|Pseudo-terminal will not be allocated .*)$/;
const ERROR_LINE =
  /: (?:No such file or directory|Permission denied|cannot (?:open|stat)\b.*)$|^sysctl: |^error: /i;

class PastedTerminal implements Terminal {
  #command = NOTHING;
  #waiting: Expected[];
  #start: Span | null = null;
  #hereLines = 0;
  /** Machine that the lines are from, by one above them. */
  #host: string | null = null;

  constructor(file: Expected | null) {
    this.#waiting = file === null ? [] : [file];
  }

  from(text: string): Gathered {
    const told = gathered(text, this.#command.many);
    if (told?.text === "") this.#host = told.host;
    if (told !== null || this.#host === null) return told ?? { host: null, text };
    // What is typed is typed here.
    return { host: readCommand(text) === null ? this.#host : null, text };
  }

  value(line: ObservedLine, text: string): TypedValue | null {
    if (this.#waiting.length === 0) return null;
    const number = NUMBER.exec(text)?.[1];
    if (number !== undefined) return this.#takeValue(line, number);
    if (TRAILER.test(text) || TALK.test(text)) return null;
    if (this.#waiting[0]?.what === "noise" || ERROR_LINE.test(text)) this.#waiting.shift();
    else this.#waiting = [];
    return null;
  }

  note(line: ObservedLine, text: string): boolean {
    const [, between, alone] = NAME_LINE.exec(text) ?? [];
    const name = between ?? alone;
    const path = PATH_LINE.exec(text)?.[1] ?? "";
    const meaning = name === undefined ? resolvePath(path) : resolveKey(`net.netfilter.${name}`);
    if (meaning !== null) {
      this.#begin({ ...NOTHING, expected: [{ what: "value", meaning, origin: "proc-file" }] }, line);
      return true;
    }
    const next = readCommand(text) ?? (mentionsConf(text) ? { ...NOTHING, configured: true } : null);
    if (next !== null) this.#begin(next, line);
    // Behind other text nobody knows whose lines they are.
    else this.#host = null;
    return next !== null;
  }

  swallows(text: string): boolean {
    if (this.#command.hereWord === null) return false;
    this.#hereLines += 1;
    if (text === this.#command.hereWord || this.#hereLines >= MOST_HERE_LINES) this.#command = NOTHING;
    return true;
  }

  isIdle(): boolean {
    return this.#command === NOTHING && this.#waiting.length === 0 && this.#host === null;
  }

  leave(): void {
    this.#command = NOTHING;
    this.#host = null;
    this.#waiting = [];
  }

  command(): Command {
    return this.#command;
  }

  #begin(next: Command, line: ObservedLine): void {
    this.#command = next;
    this.#host = null;
    this.#hereLines = 0;
    this.#waiting = [...next.expected];
    this.#start = next.repeats ? null : spanOf(line);
  }

  #takeValue(line: ObservedLine, text: string): TypedValue | null {
    while (this.#waiting[0]?.what === "noise") this.#waiting.shift();
    const next = this.#waiting.shift();
    if (next?.what !== "value") return null;
    if (this.#command.repeats && this.#waiting.length === 0) this.#waiting = [...this.#command.expected];
    const span = this.#start === null ? spanOf(line) : extend(this.#start, line);
    const drafts = [{ kind: next.meaning.kind, key: next.meaning.key, value: text, host: line.host }];
    return { drafts, origin: next.origin, span };
  }
}

/** `file` is what the source holds where its path says so: then its first number is the value. */
export function createTerminal(file: Expected | null): Terminal {
  return new PastedTerminal(file);
}
