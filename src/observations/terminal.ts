// The state of a pasted terminal: which command was typed last, and which of its lines of output are still to come.

import { type Command, type Expected, mentionsConf, readCommand } from "./commands.ts";
import type { Draft } from "./draft.ts";
import { resolvePath } from "./keys.ts";
import { extend, type ObservedLine, type Span, spanOf } from "./observed-line.ts";

export interface TypedValue {
  readonly drafts: readonly Draft[];
  readonly origin: string;
  readonly span: Span;
}

export interface Terminal {
  /** A line of output: the value that the command announced, or null. */
  value(line: ObservedLine, text: string): TypedValue | null;
  /** A line that is nothing else: true where it was a command, or prose that changes what follows. */
  note(line: ObservedLine, text: string): boolean;
  /** True for lines that the command takes as its input: what they say is not in force. */
  swallows(text: string): boolean;
  /** Something else begins: a log, or lines of elsewhere. */
  leave(): void;
  /** True where what is printed now is a configuration file. */
  configured(): boolean;
  netns(): string | null;
  statistics(): boolean;
  wholeTable(): boolean;
}

const NOTHING: Command = {
  expected: [],
  repeats: false,
  configured: false,
  hereWord: null,
  netns: null,
  wholeTable: true,
  statistics: false,
};

/** Lines that a command takes from the terminal; a paste may have lost the word that ends them. */
const MOST_HERE_LINES = 100;
/** A path on a line of its own, as `head` or an `echo` before a `cat` writes it. */
const PATH_LINE = /^(?:==> )?(\/\S+?):?(?: <==)?$/;
const ERROR_LINE =
  /: (?:No such file or directory|Permission denied|cannot (?:open|stat)\b.*)$|^sysctl: |^error: /i;

/** `file` is what the source holds where its path says so: then its first number is the value. */
export function createTerminal(file: Expected | null): Terminal {
  let command = NOTHING;
  let waiting: Expected[] = file === null ? [] : [file];
  let start: Span | null = null;
  let hereLines = 0;

  function begin(next: Command, line: ObservedLine): void {
    command = next;
    hereLines = 0;
    waiting = [...next.expected];
    start = next.repeats ? null : spanOf(line);
  }

  function takeValue(line: ObservedLine, text: string): TypedValue | null {
    while (waiting[0]?.what === "noise") waiting.shift();
    const next = waiting.shift();
    if (next?.what !== "value") return null;
    if (command.repeats && waiting.length === 0) waiting = [...command.expected];
    const span = start === null ? spanOf(line) : extend(start, line);
    const drafts = [{ kind: next.meaning.kind, key: next.meaning.key, value: text }];
    return { drafts, origin: next.origin, span };
  }

  return {
    value(line, text) {
      if (waiting.length === 0) return null;
      if (/^-?\d+$/.test(text)) return takeValue(line, text);
      if (waiting[0]?.what === "noise" || ERROR_LINE.test(text)) waiting.shift();
      else waiting = [];
      return null;
    },
    note(line, text) {
      const meaning = resolvePath(PATH_LINE.exec(text)?.[1] ?? "");
      if (meaning !== null) {
        begin({ ...NOTHING, expected: [{ what: "value", meaning, origin: "proc-file" }] }, line);
        return true;
      }
      const next = readCommand(text) ?? (mentionsConf(text) ? { ...NOTHING, configured: true } : null);
      if (next !== null) begin(next, line);
      return next !== null;
    },
    swallows(text) {
      if (command.hereWord === null) return false;
      hereLines += 1;
      if (text === command.hereWord || hereLines >= MOST_HERE_LINES) command = NOTHING;
      return true;
    },
    leave() {
      command = NOTHING;
      waiting = [];
    },
    configured: () => command.configured,
    netns: () => command.netns,
    statistics: () => command.statistics,
    wholeTable: () => command.wholeTable,
  };
}
