// Reads observations out of lines, whatever text they stand in: a log, a pasted terminal, a whole snapshot.
// Most forms are one line; for the others the observer remembers the last command, the open table, the half of
// a wrapped line, and the last line that was a date.

import type { Observation } from "../model/observation.ts";
import type { Problem } from "../model/problem.ts";
import type { Stamp } from "../model/stamp.ts";
import { createAliasWatch, readAssignments } from "./assignments.ts";
import type { Block } from "./block.ts";
import { openBlock } from "./blocks.ts";
import { CATALOGUE } from "./catalogue.ts";
import { type Expected, watchDate } from "./commands.ts";
import { confRow, readConfLine } from "./conf.ts";
import { readDateLine } from "./dates.ts";
import { type Draft, write } from "./draft.ts";
import { resolveKey, resolvePath } from "./keys.ts";
import { extend, type ObservedLine, type Span, spanLength, spanOf } from "./observed-line.ts";
import { plain, unquoted } from "./plain.ts";
import { READERS } from "./readers.ts";
import type { ObservationRow } from "./row.ts";
import { createTally } from "./tally.ts";
import { createTerminal, type Terminal } from "./terminal.ts";
import { createWrapped, type Unwrapped } from "./wrapped.ts";

export interface ObserverContext {
  readonly role: string | null;
  readonly path: string;
  readonly member: string | null;
  readonly netns: string | null;
}

export interface Observer {
  push(line: ObservedLine): Observation[];
  /** Takes a log's line that is known to say nothing of values: an event. */
  pass(number: number): Observation[];
  end(): Observation[];
  problems(): Problem[];
  /** True where nothing that was read has a say in what comes. */
  isIdle(): boolean;
}

/** Lines that may be missing (blank ones, events) between a command or a table and what belongs to it. */
const NEAR_LINES = 4;
/** Longer than any form; what is longer is not looked at. */
const LONGEST_TEXT = 4096;
/** Readers of names with values, which a configuration file has, too. */
const NAMED_VALUES: ReadonlySet<string> = new Set(["sysctl", "path-value"]);
const LINE_ROWS = CATALOGUE.filter((row) => READERS[row.reader] !== undefined);
const STAT_FILE = /(?:^|[/!])net\/stat\/(?:ip|nf)_conntrack$/;

/** What the source's first number is, where its place says so. */
function fileOf(role: string | null, path: string): Expected | null {
  const meaning = resolvePath(path);
  if (meaning !== null) return { what: "value", meaning, origin: "proc-file" };
  const count = role === "conntrack-count" ? resolveKey("net.netfilter.nf_conntrack_count") : null;
  return count === null ? null : { what: "value", meaning: count, origin: "conntrack-count" };
}

function maySay(row: ObservationRow, line: ObservedLine): boolean {
  switch (row.speaker) {
    case "kernel":
      return line.fromKernel || !line.fromLog;
    case "program":
      return line.fromLog && !line.fromKernel;
    case "bare":
      return !line.fromLog;
    case "any":
      return !line.fromLog || !line.fromKernel;
  }
}

class LineObserver implements Observer {
  readonly #netns: string | null;
  readonly #conf: ObservationRow | null;
  readonly #statFile: boolean;
  readonly #statistics: boolean;
  readonly #tally = createTally();
  readonly #aliases = createAliasWatch(this.#tally);
  readonly #wrapped = createWrapped();
  readonly #terminal: Terminal;
  #block: { readonly table: Block; span: Span } | null = null;
  #dated: Stamp | null = null;
  #lastNumber = 0;

  constructor({ role, path: outer, member, netns }: ObserverContext) {
    const path = member ?? outer;
    const confId = confRow(role, path);
    this.#netns = netns;
    this.#conf = CATALOGUE.find((row) => row.id === confId) ?? null;
    this.#statFile = STAT_FILE.test(path) || role === "proc-stat";
    this.#statistics = role === "conntrack-stat";
    this.#terminal = createTerminal(fileOf(role, path));
  }

  push(pushed: ObservedLine): Observation[] {
    if (this.#conf !== null) return this.#readConf(this.#conf, pushed);
    const far = pushed.number > this.#lastNumber + NEAR_LINES;
    this.#lastNumber = pushed.number;
    // What stands far above says nothing of it.
    if (far) this.#terminal.leave();
    const { line, text } = this.#whose(pushed);
    if (text === "") {
      // A header with nothing behind it: `date` between two commands.
      if (line.fromLog && line.tag === null && line.host === null) this.#date(line.stamp);
      return [];
    }
    const row = line.fromLog || far ? null : this.#rowOfBlock(line, text);
    if (row !== null) return row;
    const done = this.end();
    if (line.fromLog || far) this.#leave();
    const more = this.#wrapped.goOn(line, text);
    return [...done, ...(more === null ? this.#readLine(line, text) : this.#emitPiece(more))];
  }

  /** The line and its text made plain, where it is a line of a machine that stands in front of it, as that one's. */
  #whose(line: ObservedLine): { readonly line: ObservedLine; readonly text: string } {
    if (line.text.length > LONGEST_TEXT) return { line, text: "-" };
    if (line.fromLog) return { line, text: plain(line.text) };
    const { host, text } = this.#terminal.from(plain(unquoted(line.text)));
    return { line: host === null ? line : { ...line, host }, text };
  }

  pass(number: number): Observation[] {
    this.#lastNumber = number;
    this.#leave();
    this.#wrapped.leave();
    return this.end();
  }

  end(): Observation[] {
    if (this.#block === null) return [];
    const { table, span } = this.#block;
    this.#block = null;
    const { drafts, broken } = table.finish();
    if (broken) this.#tally.add("bad-row", span.first.offset);
    return this.#emit(drafts, table.origin, span);
  }

  problems(): Problem[] {
    return this.#tally.problems();
  }

  isIdle(): boolean {
    return this.#block === null && this.#dated === null && this.#wrapped.isIdle() && this.#terminal.isIdle();
  }

  #readLine(line: ObservedLine, text: string): Observation[] {
    const bare = line.fromLog ? null : this.#readBare(line, text);
    if (bare !== null) return bare;
    for (const row of LINE_ROWS) {
      const read = this.#readRow(row, line, text);
      if (read !== null) return read;
    }
    if (line.fromLog) return [];
    this.#date(readDateLine(watchDate(text) ?? ""));
    if (this.#terminal.note(line, text)) this.#aliases.reset();
    return [];
  }

  /** Forms of snapshots and terminals that are more than one line; null: look for forms of one line. */
  #readBare(line: ObservedLine, text: string): Observation[] | null {
    if (this.#terminal.swallows(text)) return [];
    if (this.#opensBlock(line, text) || this.#date(readDateLine(text))) return [];
    const typed = this.#terminal.value(line, text);
    return typed === null ? null : this.#emit(typed.drafts, typed.origin, typed.span);
  }

  #readRow(row: ObservationRow, line: ObservedLine, text: string): Observation[] | null {
    if (!maySay(row, line) || !row.needles.some((needle) => text.includes(needle))) return null;
    const { wholeTable, configured } = this.#terminal.command();
    if (row.reader === "trailer" && !wholeTable) return null;
    if (row.opening?.test(text) === true) return this.#emitPiece(this.#wrapped.open(row, line, text));
    const drafts = READERS[row.reader]?.(row, { ...line, text }) ?? [];
    if (drafts.length === 0) return null;
    if (row.dates === true) this.#date(drafts[0]?.stamp ?? null);
    if (!NAMED_VALUES.has(row.reader) || line.fromLog) return this.#emit(drafts, row.id, spanOf(line));
    this.#aliases.see(readAssignments(text), line.offset);
    const force = configured ? "configured" : "effective";
    const forced = drafts.map((draft) => ({ ...draft, force }) as const);
    return this.#emit(forced, row.id, spanOf(line));
  }

  #readConf(row: ObservationRow, line: ObservedLine): Observation[] {
    const text = line.raw.length > LONGEST_TEXT ? "#" : line.raw.trim();
    if (!/^[#;]/.test(text)) this.#aliases.see(readAssignments(text), line.offset);
    return this.#emit(readConfLine(row, text), row.id, spanOf(line));
  }

  /** What a row of the open table tells by itself; null: the line is none. */
  #rowOfBlock(line: ObservedLine, text: string): Observation[] | null {
    const block = this.#block;
    if (block?.table.add(text) !== true) return null;
    block.span = extend(block.span, line);
    return this.#emit(block.table.told?.() ?? [], block.table.origin, spanOf(line));
  }

  #opensBlock(line: ObservedLine, text: string): boolean {
    const statistics = this.#statistics || this.#terminal.command().statistics;
    const table = openBlock(text, { statFile: this.#statFile, statistics });
    if (table !== null) this.#block = { table, span: spanOf(line) };
    return table !== null;
  }

  #leave(): void {
    this.#terminal.leave();
    this.#aliases.reset();
  }

  /** True: a line that dates what follows. */
  #date(stamp: Stamp | null): boolean {
    if (stamp === null) return false;
    this.#dated = stamp;
    this.#aliases.reset();
    return true;
  }

  #emitPiece({ drafts, row, span }: Unwrapped): Observation[] {
    return this.#emit(drafts, row.id, span);
  }

  #emit(drafts: readonly Draft[], origin: string, span: Span): Observation[] {
    const { first } = span;
    const place = {
      offset: first.offset,
      length: spanLength(span),
      text: span.raw,
      stamp: first.stamp ?? (first.fromLog ? null : this.#dated),
      uptimeUs: first.uptimeUs,
      host: first.host,
      netns: (first.fromLog ? null : this.#terminal.command().netns) ?? this.#netns,
    };
    return write(drafts, origin, place, this.#tally);
  }
}

export function createObserver(context: ObserverContext): Observer {
  return new LineObserver(context);
}
