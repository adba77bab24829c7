// What goes into limiter windows and what comes out. Plain rows: the kernel's lines as one witness tells them,
// and the windows that they were printed in.

import type { NoticeForm } from "../model/event.ts";

/** The kernel's limiter algorithms, oldest first: T token bucket, W windows (kernel-messages, families). */
export type Family = "T" | "W1" | "W2" | "W3" | "W4" | "unknown";

/** What windows are made by. */
export interface WindowRule {
  readonly family: Family;
  /** net.core.message_cost; 0: the limiter is off. */
  readonly costUs: number;
  /** Calls allowed per window; T: capacity of the bucket in calls. */
  readonly burst: number;
}

/** A line of the limiter as one channel of one host and boot tells it, in file order. */
export interface LimiterRecord {
  /** Instant or uptime; the same clock in all records, the kernel's own where the lines carry it. */
  readonly atUs: number;
  /** How far the stamp may be from the kernel's clock: 1 for its own stamps, 1e6 for whole seconds. */
  readonly resolutionUs: number;
  readonly kind: "drop" | "other" | "notice" | "loss";
  /** By how much the wall clock was set since the record before, where the kernel's own stamps show it; absent: it was not. */
  readonly steppedUs?: number | undefined;
  /** drop, other: printed lines it stands for (null: 1). notice: N, null where unreadable. */
  readonly amount: number | null;
  readonly netns: string | null;
  readonly form: NoticeForm | null;
  /** Records that one limiter call leaves, nearly always 1. */
  readonly multi: number;
  /** Id of the event row, opaque. */
  readonly ref: number;
  /** A `repeated n times` line (loss: one that could not be counted): its lines are as old as the line before. Untold, larger amounts are taken for one. */
  readonly repeat?: boolean;
  /**
   * Notices of an ambiguous form (`__ratelimit: N callbacks`). true: the next line is of the net limiter;
   * false: of something else, the notice is none of ours; null: the evidence ends behind it.
   */
  readonly ownerKnown?: boolean | null;
}

/** Drop lines of a namespace in a window. */
export interface WindowDrops {
  readonly netns: string | null;
  readonly lines: number;
  /** Second on the records' clock and lines in it, second and lines, ... */
  readonly seconds: readonly number[];
}

/**
 * Lines printed within one window length of the first, with the count that the notice after them told.
 * T has no windows; there it is a stretch of allowed lines. In every family calls are refused only after the
 * last allowed line, so a cut between two lines that have no notice between them loses nothing.
 */
export interface Window {
  /** The notice that opened it, else its first line. W1, W2: the kernel's clock starts at the second call. */
  readonly beginUs: number;
  /** The earliest its first line can be: `beginUs`, but for a repeat the line before; null: not known. */
  readonly earliestUs: number | null;
  /** Null: no line of it was seen. */
  readonly lastLineUs: number | null;
  readonly resolutionUs: number;
  readonly drops: readonly WindowDrops[];
  /** Calls of other users of the limiter that were printed. */
  readonly others: number;
  /** Calls refused in it: 0 where the next line came without a notice; null: unknown, or not yet told. */
  readonly suppressed: number | null;
  readonly noticeRef: number | null;
  readonly noticeAtUs: number | null;
  /** A later line or notice of the limiter ended it. */
  readonly closed: boolean;
  /** Its budget may have been used up, so calls may have been refused after its last line. */
  readonly full: boolean;
  /** `full` does not depend on what was printed before the evidence begins. */
  readonly anchored: boolean;
  /** It must have printed more lines than were seen: lines are missing, or of users unknown to us. */
  readonly short: boolean;
  /** Told by a notice before any limiter line: belongs to before the evidence. */
  readonly leading: boolean;
  /** The notice of the window before opened it. */
  readonly openedByNotice: boolean;
  /** The window before was `full`: W4 may have miscounted calls of the instant at which this one began. */
  readonly afterFull: boolean;
  /** Lines are known to be missing in it or right behind it. */
  readonly lost: boolean;
  /** A late repeat or an early notice leaves open which of two windows its lines or count are of. */
  readonly vague: boolean;
  readonly firstRef: number | null;
  readonly lastRef: number | null;
}
