// A line of text to an entry. The form that matched last is tried first, for speed alone: the forms of the table
// exclude each other. The one thing remembered on purpose is the minute that dmesg -e tells only now and then.

import type { Entry } from "../model/line.ts";
import { LEAP_YEAR_US, type Stamp } from "../model/stamp.ts";
import { assemble, type Tools } from "./assemble.ts";
import { BARE, FALLBACKS, FORMATS } from "./catalogue.ts";
import { MOST_WRAPPINGS, strip, tidy, unwrap } from "./clean.ts";
import type { Format } from "./format.ts";
import { createHeaderMemo } from "./header-memo.ts";
import { createStampReader } from "./stamps.ts";
import { SECOND_US } from "./units.ts";

export interface Parser {
  /** The entry of one decoded line; null only for a blank one. */
  parse(line: string): Entry | null;
}

/** Containers within containers: deeper than this is taken as text. */
const MOST_LINES_IN_LINES = 4;

export function createParser(): Parser {
  let last: Format | null = null;
  let depth = 0;
  const memo = createHeaderMemo();
  const minutes = createMinutes();
  const tools: Tools = {
    stamp: createStampReader(),
    inner: (line) => (depth < MOST_LINES_IN_LINES ? parse(line) : bare(line)),
    later: minutes.later,
    minute: minutes.tell,
  };

  function tryFormat(format: Format, line: string): Entry | null {
    const match = format.pattern.exec(line);
    if (match === null) return null;
    depth += 1;
    const entry = assemble(format, match, line, tools);
    depth -= 1;
    if (entry !== null) last = format;
    return entry;
  }

  function dated(line: string): Entry | null {
    const first = last;
    const quick = first === null ? null : tryFormat(first, line);
    if (quick !== null) return quick;
    for (const format of FORMATS) {
      const entry = format === first ? null : tryFormat(format, line);
      if (entry !== null) return entry;
    }
    return null;
  }

  function undated(line: string): Entry | null {
    for (const format of FALLBACKS) {
      const match = format.pattern.exec(line);
      const entry = match === null ? null : assemble(format, match, line, tools);
      if (entry !== null) return entry;
    }
    return null;
  }

  /** As `dated`, for pasted lines: one layer of wrapping after the other comes off until a known form appears. */
  function wrapped(line: string): Entry | null {
    let inner: string | null = line;
    for (let layer = 0; layer < MOST_WRAPPINGS; layer++) {
      inner = unwrap(inner);
      if (inner === null) return null;
      const entry = dated(inner);
      if (entry !== null) return entry;
    }
    return null;
  }

  function parse(raw: string): Entry | null {
    const line = trimLine(raw);
    const recalled = memo.recall(line);
    if (recalled !== null) return recalled;
    if (line.trim() === "") return null;
    const asItStands = dated(line);
    if (asItStands !== null) {
      if (last?.rest === "syslog") memo.remember(line, asItStands);
      return asItStands;
    }
    const speaker = undated(line);
    if (speaker !== null) return speaker;
    const stripped = strip(line);
    if (stripped === "") return bare(line);
    const cleaned = stripped === line ? null : (dated(stripped) ?? undated(stripped));
    return cleaned ?? wrapped(stripped) ?? bare(stripped);
  }

  return { parse };
}

/** NULs, a byte order mark in front and carriage returns behind are no part of a line. */
function trimLine(raw: string): string {
  let from = 0;
  let to = raw.length;
  while (raw.charCodeAt(from) === 0 || raw.charCodeAt(from) === 0xfeff) from += 1;
  while (to > from && raw.charCodeAt(to - 1) === 13) to -= 1;
  return raw.slice(from, to);
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

/** dmesg -e: `[Mar10 20:19]` begins a minute, `[  +0.000012]` is so long after the line before. */
function createMinutes(): { tell(stamp: Stamp | null): void; later(seconds: string): Stamp | null } {
  let last: Stamp | null = null;
  return {
    tell(stamp) {
      last = stamp;
    },
    later(seconds) {
      if (last === null || last.kind !== "yearless") return null;
      const dot = seconds.indexOf(".");
      const us = Number(seconds.slice(0, dot)) * SECOND_US + Number(seconds.slice(dot + 1));
      last = { ...last, ofYearUs: Math.min(last.ofYearUs + us, LEAP_YEAR_US - 1) };
      return last;
    },
  };
}
