// What a row of the observation catalogue is. The rows are data; this file only says which columns they have.

import type { ObservationKind } from "../model/observation.ts";

/** Kind, key and value of one observation, in the order they are read. */
export type Fact = readonly [kind: ObservationKind, key: string, value: number];

/** Who wrote a sample's lines: the kernel, a named program, or nobody (pasted text, a snapshot file). */
export interface Speaker {
  readonly fromKernel: boolean;
  readonly tag: string | null;
}

export interface Sample {
  /** Lines, the way the observer receives them: without log header. */
  readonly text: string;
  /** Absent: the lines have no log header. */
  readonly by?: Speaker;
  /** Path of the source, where the path carries the meaning. */
  readonly path?: string;
  readonly yields: readonly Fact[];
}

/** A text that resembles a row's form but must yield nothing. */
export type Lookalike = Omit<Sample, "yields">;

/**
 * How a row is read. `banner`, `limit`, `sysctl`, ... name a reader of single lines; `block` rows span lines;
 * `typed` rows are output whose meaning stands in the command above it; `grepped-conf` and `modprobe` rows are
 * the lines of configuration files, by the path or where they are shown.
 */
export type ReaderName =
  | "banner"
  | "exceeded"
  | "sudo"
  | "kube"
  | "sysctl"
  | "path-value"
  | "table-lines"
  | "trailer"
  | "count-of-limit"
  | "slab"
  | "prometheus"
  | "telegraf"
  | "sample-comment"
  | "block"
  | "typed"
  | "modprobe"
  | "grepped-conf";

export interface ObservationRow {
  /** Told as `origin` of every observation that the row reads. */
  readonly id: string;
  readonly means: string;
  /** Where the wording is from. */
  readonly source: string;
  readonly reader: ReaderName;
  /** `kernel`: only the kernel or a bare line. `program`: a log line of a program. `bare`: no log header. `any`: not the kernel. */
  readonly speaker: "kernel" | "program" | "bare" | "any";
  /** Literal texts; a line (or the first line of a wrapped form) holds at least one of them. */
  readonly needles: readonly string[];
  /** True: occurs in large logs, so the line prefilter must look for the needles. */
  readonly inLogs: boolean;
  /** Tested against the text with blanks and dashes made plain; null where the form has no single line. */
  readonly pattern: RegExp | null;
  /** Matches a text that the next line may go on with, where mail programs wrap the form; absent: never wrapped. */
  readonly opening?: RegExp;
  /** True: the time that the line tells holds for the lines below it, too. */
  readonly dates?: true;
  readonly samples: readonly Sample[];
  readonly lookalikes: readonly Lookalike[];
}
