// What the line stage is told, and what it tells back. Shared by frame (the reference) and scan (the fast path).

import type { Line } from "../model/line.ts";
import type { Problem } from "../model/problem.ts";

export interface LineOptions {
  /** Literal ASCII texts; a line that holds any is a candidate. Matching is by bytes, case as written. */
  readonly needles: readonly string[];
  /** As needles, but at most one line per `waymarkBytes` goes on for them, as a waymark. */
  readonly clockNeedles: readonly string[];
  /** True: every line goes on, as a candidate. */
  readonly everyLine: boolean;
  /** The first line that begins in each stretch of this many bytes goes on as a waymark. */
  readonly waymarkBytes: number;
  /** A line with more bytes is passed over with a problem `line-too-long`; the next one is read. */
  readonly maxLineBytes: number;
  /** Offset and line number of the first byte, for a source that is read on from where it ended. */
  readonly startOffset: number;
  readonly startLine: number;
}

export interface LineSummary {
  /** Bytes seen, those before `startOffset` included. */
  readonly bytes: number;
  /** Lines seen (newlines, plus an unterminated last line). */
  readonly lines: number;
  /** Offset at which an unterminated last line begins, or null where the last byte is a newline (or there is none). */
  readonly unterminatedAt: number | null;
  readonly problems: readonly Problem[];
}

export interface LineReading {
  /** Lines in file order, in batches. The first and the last line of the source always go on. */
  readonly batches: AsyncIterable<readonly Line[]>;
  /** Known after `batches` ended. */
  summary(): LineSummary;
}
