// A log line that means something here.

import type { Stamp } from "./stamp.ts";

export type EventKind =
  | "drop"
  | "suppression"
  | "suppression_other"
  | "limiter_other"
  | "limit_exceeded"
  | "expectation_full"
  | "loss"
  | "boot"
  | "limit_change"
  | "logger_stop"
  | "logger_start"
  | "clock";

/** Wording of a suppression notice; it tells the limiter's family. */
export type NoticeForm =
  | "NET"
  | "printk"
  | "__ratelimit-messages"
  | "__ratelimit-callbacks"
  | "net_ratelimit";

/** An event as one source tells it, before its instant is resolved. */
export interface LogEvent {
  readonly kind: EventKind;
  /** Catalogue id of the message form. */
  readonly message: string;
  /** Printed lines a drop stands for; the N a suppression or loss tells; null for other kinds. */
  readonly amount: number | null;
  readonly netns: string | null;
  readonly host: string | null;
  readonly bootId: string | null;
  readonly stamp: Stamp | null;
  readonly uptimeUs: number | null;
  readonly doubts: readonly string[];
  readonly lineNumber: number;
  readonly offset: number;
  readonly length: number;
  /** The line as logged, decoded, at most 1 KiB. */
  readonly text: string;
  /** SHA-256 of the cited bytes. */
  readonly sha256: Uint8Array;
}
