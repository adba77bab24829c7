// A record that is not one line: what its readers hand on.

import type { Entry } from "../model/line.ts";
import type { Problem } from "../model/problem.ts";

export interface LogRecord {
  readonly entry: Entry;
  /** Where the record begins in the stream. */
  readonly offset: number;
  /** Bytes of the whole record, without the newline that ends it. */
  readonly length: number;
  /** 1 for the first record. */
  readonly number: number;
}

/** Takes a stream apart, in chunks of any size. Never throws for bad input. */
export interface RecordReader {
  push(chunk: Uint8Array): LogRecord[];
  /** After the last chunk. */
  end(): LogRecord[];
  problems(): Problem[];
}

/** Longer fields and lines are passed over without being held. */
export const MOST_FIELD_BYTES = 1 << 20;
