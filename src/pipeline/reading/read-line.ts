// What reading one source yields, whoever takes it: the database, or NDJSON.

import type { Recognised } from "../../messages/recognise.ts";
import type { Entry } from "../../model/line.ts";
import type { Problem } from "../../model/problem.ts";
import type { Standing } from "./standing.ts";

/** Where an entry stands in its source. */
export interface Place {
  readonly offset: number;
  readonly length: number;
  /** 1-based line (or record) number. */
  readonly number: number;
}

/** A line with its header taken apart, and its bytes. */
export interface ReadLine extends Place {
  readonly entry: Entry;
  /** Raw bytes as latin1. */
  readonly raw: string;
  /** True: only its stamp is wanted, the message was not asked for. */
  readonly waymark: boolean;
  /** How many times it stands there, one right behind the other. */
  readonly times: number;
  /** What it ends in like lines before it; empty where that is not known. */
  readonly tail: string;
  readonly at: Standing;
}

/** An event found, with the line that bears its header and the bytes it was read from. */
export interface FoundEvent {
  readonly line: ReadLine;
  readonly meaning: Recognised;
  /** Printed lines that it stands for; 0: one, which is told by a repeat, and so may have been printed long before. */
  readonly copies: number;
  /** Equal lines one right after the other, all of which it is. */
  readonly times: number;
  /** Bytes cited, of the first of equal lines: more than the line's own where two were joined. */
  readonly offset: number;
  readonly length: number;
  readonly raw: string;
}

/** Number of the last of equal lines. */
export function lastNumber({ number, times }: ReadLine): number {
  return number + times - 1;
}

/** One of equal lines, counted from 0, as if it stood there alone. */
export function copyOf<One extends Place & { readonly times: number }>(line: One, nth: number): One {
  const { offset, length, number, times } = line;
  if (times === 1) return line;
  return { ...line, offset: offset + nth * (length + 1), number: number + nth, times: 1 };
}

/** Gathers problems of one source: one record a kind, with a count, and message and offset of the first. */
export interface ProblemLog {
  add(kind: string, message: string, offset: number | null, count?: number): void;
  /** Takes what was gathered elsewhere. */
  addAll(found: readonly Problem[]): void;
  all(): Problem[];
}

/** Kinds of problems are a fixed set, so the log is bounded whatever the input. */
export function createProblemLog(): ProblemLog {
  const found = new Map<string, { kind: string; message: string; offset: number | null; count: number }>();
  const add: ProblemLog["add"] = (kind, message, offset, count = 1) => {
    const known = found.get(kind);
    if (known) known.count += count;
    else found.set(kind, { kind, message, offset, count });
  };
  return {
    add,
    addAll(problems) {
      for (const { kind, message, offset, count } of problems) add(kind, message, offset, count);
    },
    all: () => [...found.values()],
  };
}
