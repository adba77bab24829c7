// A line on its way to the observer, with its header already taken apart, and runs of such lines.

import type { Stamp } from "../model/stamp.ts";

export interface ObservedLine {
  /** The message, without log header and paste marks. */
  readonly text: string;
  /** The whole line, decoded. */
  readonly raw: string;
  /** True: the line had a log header (a stamp or a tag). */
  readonly fromLog: boolean;
  readonly fromKernel: boolean;
  readonly tag: string | null;
  readonly stamp: Stamp | null;
  readonly uptimeUs: number | null;
  readonly host: string | null;
  readonly offset: number;
  readonly length: number;
  readonly number: number;
}

/** Lines that one observation was read from: the bytes from the first to the last. */
export interface Span {
  readonly first: ObservedLine;
  readonly last: ObservedLine;
  readonly raw: string;
}

/** Most characters of a span's text that are kept while lines come in. */
const RAW_LIMIT = 2048;

export function spanOf(line: ObservedLine): Span {
  return { first: line, last: line, raw: line.raw };
}

export function extend(span: Span, line: ObservedLine): Span {
  const raw = span.raw.length > RAW_LIMIT ? span.raw : `${span.raw}\n${line.raw}`;
  return { first: span.first, last: line, raw };
}

export function spanLength(span: Span): number {
  return span.last.offset + span.last.length - span.first.offset;
}
