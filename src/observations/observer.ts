// Reads observations out of lines, whatever text they stand in: a log, a pasted terminal, a whole snapshot.
// Most forms are one line; for the others the observer remembers the last command, the open table, the half of
// a wrapped line, and the last line that was a date.

import type { Observation } from "../model/observation.ts";
import type { Problem } from "../model/problem.ts";
import type { Stamp } from "../model/stamp.ts";
import { createAliasWatch, readAssignments } from "./assignments.ts";
import { type Block, openBlock } from "./blocks.ts";
import { CATALOGUE } from "./catalogue.ts";
import type { Expected } from "./commands.ts";
import { confRow, readConfLine } from "./conf.ts";
import { readDateLine } from "./dates.ts";
import { type Draft, write } from "./draft.ts";
import { resolveKey, resolvePath } from "./keys.ts";
import { extend, type ObservedLine, type Span, spanLength, spanOf } from "./observed-line.ts";
import { plain, unquoted } from "./plain.ts";
import { READERS } from "./readers.ts";
import type { ObservationRow } from "./row.ts";
import { createTally } from "./tally.ts";
import { createTerminal } from "./terminal.ts";
import { createWrapped, type Unwrapped } from "./wrapped.ts";

export interface ObserverContext {
  readonly role: string | null;
  readonly path: string;
  readonly member: string | null;
  readonly netns: string | null;
}

export interface Observer {
  push(line: ObservedLine): Observation[];
  end(): Observation[];
  problems(): Problem[];
}

/** Lines that may be missing (blank ones, events) between a command or a table and what belongs to it. */
const NEAR_LINES = 4;
/** Longer than any form; what is longer is not looked at. */
const LONGEST_TEXT = 4096;
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

export function createObserver(context: ObserverContext): Observer {
  const path = context.member ?? context.path;
  const confId = confRow(context.role, path);
  const conf = CATALOGUE.find((row) => row.id === confId) ?? null;
  const statFiles = {
    rows: STAT_FILE.test(path) || context.role === "proc-stat",
    counters: context.role === "conntrack-stat",
  };
  const tally = createTally();
  const aliases = createAliasWatch(tally);
  const wrapped = createWrapped();
  const terminal = createTerminal(fileOf(context.role, path));
  let block: { readonly table: Block; span: Span } | null = null;
  let dated: Stamp | null = null;
  let lastNumber = 0;

  function emit(drafts: readonly Draft[], origin: string, span: Span): Observation[] {
    const { first } = span;
    const place = {
      offset: first.offset,
      length: spanLength(span),
      text: span.raw,
      stamp: first.stamp ?? (first.fromLog ? null : dated),
      uptimeUs: first.uptimeUs,
      host: first.host,
      netns: (first.fromLog ? null : terminal.netns()) ?? context.netns,
    };
    return write(drafts, origin, place, tally);
  }

  function emitPiece({ drafts, row, span }: Unwrapped): Observation[] {
    return emit(drafts, row.id, span);
  }

  function closeBlock(): Observation[] {
    if (block === null) return [];
    const { table, span } = block;
    block = null;
    const { drafts, broken } = table.finish();
    if (broken) tally.add("bad-row", span.first.offset);
    return emit(drafts, table.origin, span);
  }

  /** True: the line is a row of the open table. */
  function continuesBlock(line: ObservedLine, text: string): boolean {
    if (block?.table.add(text) !== true) return false;
    block.span = extend(block.span, line);
    return true;
  }

  function opensBlock(line: ObservedLine, text: string): boolean {
    const table = openBlock(text, {
      statFile: statFiles.rows,
      statistics: statFiles.counters || terminal.statistics(),
    });
    if (table !== null) block = { table, span: spanOf(line) };
    return table !== null;
  }

  function leave(): void {
    terminal.leave();
    aliases.reset();
  }

  function date(stamp: Stamp | null): boolean {
    if (stamp === null) return false;
    dated = stamp;
    aliases.reset();
    return true;
  }

  /** Forms of snapshots and terminals that are more than one line; null: look for forms of one line. */
  function readBare(line: ObservedLine, text: string): Observation[] | null {
    if (terminal.swallows(text)) return [];
    if (opensBlock(line, text) || date(readDateLine(text))) return [];
    const typed = terminal.value(line, text);
    return typed === null ? null : emit(typed.drafts, typed.origin, typed.span);
  }

  function readRow(row: ObservationRow, line: ObservedLine, text: string): Observation[] | null {
    if (!maySay(row, line) || !row.needles.some((needle) => text.includes(needle))) return null;
    if (row.opening?.test(text) === true) return emitPiece(wrapped.open(row, line, text));
    const drafts = READERS[row.reader]?.(row, { ...line, text }) ?? [];
    if (drafts.length === 0 || (row.reader === "trailer" && !terminal.wholeTable())) return null;
    if (row.dates === true) date(drafts[0]?.stamp ?? null);
    if (row.reader !== "sysctl" || line.fromLog) return emit(drafts, row.id, spanOf(line));
    aliases.see(readAssignments(text), line.offset);
    const force = terminal.configured() ? "configured" : "effective";
    return emit(
      drafts.map((draft) => ({ ...draft, force })),
      row.id,
      spanOf(line),
    );
  }

  function readLine(line: ObservedLine, text: string): Observation[] {
    const bare = line.fromLog ? null : readBare(line, text);
    if (bare !== null) return bare;
    for (const row of LINE_ROWS) {
      const read = readRow(row, line, text);
      if (read !== null) return read;
    }
    if (!line.fromLog && terminal.note(line, text)) aliases.reset();
    return [];
  }

  function readConf(row: ObservationRow, line: ObservedLine): Observation[] {
    const text = line.raw.trim();
    if (!/^[#;]/.test(text)) aliases.see(readAssignments(text), line.offset);
    return emit(readConfLine(row, text), row.id, spanOf(line));
  }

  return {
    push(line) {
      if (conf !== null) return readConf(conf, line);
      const text =
        line.text.length > LONGEST_TEXT ? "-" : plain(line.fromLog ? line.text : unquoted(line.text));
      const far = line.number > lastNumber + NEAR_LINES;
      lastNumber = line.number;
      if (text === "") {
        // A header with nothing behind it: `date` between two commands.
        if (line.fromLog && line.tag === null && line.host === null) date(line.stamp);
        return [];
      }
      if (!line.fromLog && !far && continuesBlock(line, text)) return [];
      const done = closeBlock();
      if (line.fromLog || far) leave();
      const more = wrapped.goOn(line, text);
      return [...done, ...(more === null ? readLine(line, text) : emitPiece(more))];
    },
    end: closeBlock,
    problems: () => tally.problems(),
  };
}
