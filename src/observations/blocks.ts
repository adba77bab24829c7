// Statistics stand in tables: `conntrack -S` has a row for each CPU, its old form a row for each counter, and
// /proc/net/stat a header with hexadecimal rows. Counters are summed over CPUs; `entries` is the namespace's
// total, repeated on every row, and taken once.

import type { Block } from "./block.ts";
import { COUNTERS, STAT_COLUMNS } from "./counters.ts";
import type { Draft } from "./draft.ts";
import { beginsLnstat, lnstatBlock } from "./lnstat.ts";

type Sums = Map<string, number>;

function addTo(sums: Sums, name: string, value: number): void {
  sums.set(name, (sums.get(name) ?? 0) + value);
}

function drafts(sums: Sums): Draft[] {
  return [...sums].map(([name, value]) =>
    name === "entries"
      ? { kind: "entries", key: "nf_conntrack_count", value }
      : { kind: "counter", key: name, value },
  );
}

/** What a row says: numbers by name, whatever follows it on the screen (a shell's `\`, the dots of a cut). */
function readFields(text: string): (readonly [string, number])[] | null {
  const words = text.replace(COMMENT, "").replace(CUT, "").split(" ");
  if (!words.every((word) => /^\w+=\d+$/.test(word))) return null;
  return words.map((word) => [word.replace(/=.*/, ""), Number(word.replace(/^.*=/, ""))] as const);
}

const CUT = / ?(?:\\|\.{3}|\u2026)$/;
/** What a poster wrote behind a row. */
const COMMENT = /(?<=\d) (?:#|\uff03|\/\/|<[-=]|\u2190|[(\uff08]).*$/;
/** Rows that a poster left out. */
const LEFT_OUT = /^\[?(?:\.{3,}|\u2026|snip)\]?$/;
/** Rows that a page put on one line. */
const NEXT_ROW = /(?<!^#) (?=cpu=\d+ )/;

function cpuRow(text: string): { cpu: number; fields: (readonly [string, number])[] } | null {
  const match = /^(?:# )?cpu=(\d+) ([\w= ]+(?:\\|\.{3}|\u2026)?)$/.exec(text.replace(COMMENT, ""));
  const fields = match === null ? null : readFields((match[2] ?? "").trim());
  if (match === null || fields === null) return null;
  return fields.some(([name]) => COUNTERS.has(name)) ? { cpu: Number(match[1]), fields } : null;
}

/** The rest of a row that was broken: counters only, none of which the row has told. */
function restOfRow(text: string, told: ReadonlySet<string>): (readonly [string, number])[] | null {
  const fields = readFields(text.replace(/^# /, ""));
  return fields?.every(([name]) => COUNTERS.has(name) && !told.has(name)) === true ? fields : null;
}

/** One row a CPU, in rising order; a number that is not higher begins another dump. */
function cpuBlock(): Block {
  const sums: Sums = new Map();
  const tellers = new Map<string, number>();
  let told = new Set<string>();
  let cpu = -1;
  let rows = 0;
  let dots = false;
  let cut = false;

  function addRow(text: string): boolean {
    const row = cpuRow(text);
    if (row !== null && row.cpu <= cpu) return false;
    const fields = row?.fields ?? restOfRow(text, told);
    if (fields === null) return false;
    if (row !== null) {
      told = new Set();
      rows += 1;
    }
    cpu = row?.cpu ?? cpu;
    for (const [name, value] of fields) {
      told.add(name);
      addTo(sums, name, value);
      addTo(tellers, name, 1);
    }
    return true;
  }

  return {
    origin: "conntrack-stats",
    add(text) {
      if (LEFT_OUT.test(text)) dots = true;
      else if (!text.split(NEXT_ROW).every(addRow)) return false;
      else cut ||= dots;
      return true;
    },
    finish() {
      // Where rows were cut, a sum is one of all CPUs only where each has told its part.
      const whole = new Map([...sums].filter(([name]) => !cut && tellers.get(name) === rows));
      return { drafts: drafts(whole), broken: whole.size < sums.size };
    },
  };
}

function namedRow(text: string): readonly [string, number] | null {
  const [, name = "", digits = ""] = /^([a-z_]+) (\d+)$/.exec(text.replace(COMMENT, "")) ?? [];
  return name === "entries" || COUNTERS.has(name) ? [name, Number(digits)] : null;
}

/** Rows that a table without its command must have to be believed. */
const LEAST_NAMED_ROWS = 3;

function namedBlock(least: number): Block {
  const sums: Sums = new Map();
  return {
    origin: "conntrack-stats",
    add(text) {
      const row = namedRow(text);
      if (row === null || sums.has(row[0])) return false;
      sums.set(...row);
      return true;
    },
    finish: () => ({ drafts: sums.size < least ? [] : drafts(sums), broken: false }),
  };
}

function headerWords(text: string): readonly string[] | null {
  if (!text.startsWith("entries ")) return null;
  const words = text.split(" ");
  const known = words.filter((word) => COUNTERS.has(word));
  if (words.length < 2 || !words.every((word) => /^[a-z_]+$/.test(word))) return null;
  return known.length === words.length - 1 || known.includes("found") || known.includes("drop")
    ? words
    : null;
}

/** Header and rows may both be wrapped: cells are gathered until a row is full. */
function hexBlock(header: readonly string[], commented = false): Block {
  const columns = [...header];
  const sums: Sums = new Map();
  let cells: string[] = [];
  let broken = false;

  function addRow(): void {
    columns.forEach((name, index) => {
      const value = Number.parseInt(cells[index] ?? "0", 16);
      if (name !== "entries" || !sums.has(name)) addTo(sums, name, value);
    });
    cells = [];
  }

  function addCells(words: readonly string[]): boolean {
    if (!words.every((word) => /^[\da-f]{8}$/i.test(word))) return false;
    if (words.length === columns.length || cells.length + words.length > columns.length) {
      broken ||= cells.length > 0 || words.length > columns.length;
      cells = [];
    }
    cells.push(...words);
    if (cells.length === columns.length) addRow();
    return true;
  }

  return {
    origin: "proc-stat",
    add(text) {
      const words = (commented ? text.replace(/^# /, "") : text).split(" ");
      const more = sums.size === 0 && cells.length === 0 && words.every((word) => COUNTERS.has(word));
      if (more) columns.push(...words);
      return more || addCells(words);
    },
    finish: () => ({ drafts: drafts(sums), broken: broken || cells.length > 0 }),
  };
}

/** What is known of the surroundings of a table. */
export interface BlockHints {
  /** The source is /proc/net/stat/{ip,nf}_conntrack, so rows without a header are its rows. */
  readonly statFile: boolean;
  /** A `conntrack -S` stands above. */
  readonly statistics: boolean;
}

/** The table that a line begins, or null. */
export function openBlock(text: string, hints: BlockHints): Block | null {
  if (cpuRow(text.split(NEXT_ROW)[0] ?? "") !== null) return begin(cpuBlock(), text);
  if (beginsLnstat(text)) return begin(lnstatBlock(), text);
  const row = namedRow(text);
  if (row !== null && (hints.statistics || row[0] === "entries"))
    return begin(namedBlock(hints.statistics ? 1 : LEAST_NAMED_ROWS), text);
  const header = headerWords(text.replace(/^# /, ""));
  if (header !== null) return hexBlock(header, text.startsWith("# "));
  if (hints.statFile && /^[\da-f]{8}(?: [\da-f]{8}){11,}$/i.test(text))
    return begin(hexBlock(STAT_COLUMNS.slice(0, text.split(" ").length)), text);
  return null;
}

function begin(block: Block, text: string): Block {
  block.add(text);
  return block;
}
