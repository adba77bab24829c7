// A line of text to an entry. The form that matched last is tried first, for speed alone: the forms of the table
// exclude each other. The one thing remembered on purpose is the minute that dmesg -e tells only now and then.

import type { Entry } from "../model/line.ts";
import { assemble, type Tools } from "./assemble.ts";
import { BARE, FALLBACKS, FORMATS } from "./catalogue.ts";
import {
  decodeBlanks,
  MOST_WRAPPINGS,
  strip,
  tidy,
  unwrap,
  withoutEscapes,
  withoutLooks,
  withoutMarkdown,
  withoutPageMarks,
} from "./clean.ts";
import type { Format } from "./format.ts";
import { createHeaderMemo } from "./header-memo.ts";
import { createMinutes } from "./minutes.ts";
import { createStampReader } from "./stamps.ts";

export interface Parser {
  /** The entry of one decoded line; null only for a blank one. */
  parse(line: string): Entry | null;
}

export function createParser(): Parser {
  return new LineParser();
}

/** Containers within containers: deeper than this is taken as text. */
const MOST_LINES_IN_LINES = 4;

class LineParser implements Parser {
  readonly #memo = createHeaderMemo();
  readonly #tools: Tools;
  #last: Format | null = null;
  #depth = 0;

  constructor() {
    const minutes = createMinutes();
    this.#tools = {
      stamp: createStampReader(),
      inner: (line) => (this.#depth < MOST_LINES_IN_LINES ? this.parse(line) : bare(line)),
      later: minutes.later,
      minute: minutes.tell,
    };
  }

  parse(raw: string): Entry | null {
    const line = trimLine(raw);
    const free = withoutPageMarks(line);
    const recalled = this.#memo.recall(free);
    if (recalled !== null) return recalled;
    if (line.trim() === "") return null;
    const dated = this.#dated(free);
    if (dated === null) return (free === line ? this.#undated(line) : null) ?? this.#pasted(line, free);
    if (this.#last?.rest === "syslog") this.#memo.remember(free, dated);
    return dated;
  }

  #dated(line: string): Entry | null {
    const last = this.#last;
    const quick = last === null ? null : this.#try(last, line);
    if (quick !== null) return quick;
    for (const format of FORMATS) {
      const entry = format === last ? null : this.#try(format, line);
      if (entry !== null) return entry;
    }
    return null;
  }

  #try(format: Format, line: string): Entry | null {
    const match = format.pattern.exec(line);
    if (match === null) return null;
    this.#depth += 1;
    const entry = assemble(format, match, line, this.#tools);
    this.#depth -= 1;
    if (entry !== null) this.#last = format;
    return entry;
  }

  #undated(line: string): Entry | null {
    for (const format of FALLBACKS) {
      const match = format.pattern.exec(line);
      const entry = match === null ? null : assemble(format, match, line, this.#tools);
      if (entry !== null) return entry;
    }
    return null;
  }

  /** A line in no known form as it stands. `page`: without a page's marks, between which a message alone is a quotation. */
  #pasted(line: string, page: string): Entry {
    const stripped = strip(page);
    const free = withoutLooks(stripped);
    const plain = free === page ? null : (this.#dated(free) ?? (page === line ? this.#undated(free) : null));
    return plain ?? this.#wrapped(free) ?? bare(page === line ? stripped : strip(line));
  }

  /** One layer of wrapping after the other comes off until a dated form appears. */
  #wrapped(line: string): Entry | null {
    let inner: string | null = line;
    for (let layer = 0; layer < MOST_WRAPPINGS; layer++) {
      inner = unwrap(inner);
      if (inner === null) return null;
      const entry = this.#dated(inner);
      if (entry !== null) return entry;
    }
    return null;
  }
}

const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = 0xfeff;

/** NULs and a byte order mark in front, carriage returns behind and a terminal's escapes are no part of a line. */
function trimLine(raw: string): string {
  let from = 0;
  let to = raw.length;
  while (raw.charCodeAt(from) === 0 || raw.charCodeAt(from) === BYTE_ORDER_MARK) from += 1;
  while (to > from && raw.charCodeAt(to - 1) === CARRIAGE_RETURN) to -= 1;
  return withoutMarkdown(withoutEscapes(decodeBlanks(raw.slice(from, to))));
}

/** Nothing but text. Prose cannot match, since messages are matched as a whole. */
function bare(line: string): Entry {
  return {
    format: BARE.id,
    stamp: null,
    uptimeUs: null,
    host: null,
    tag: null,
    fromKernel: true,
    priority: null,
    bootId: null,
    doubts: [],
    text: tidy(line),
  };
}
