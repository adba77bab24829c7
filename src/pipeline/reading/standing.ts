// Where a line stands: its stream, and its stamp as rows keep it.

import type { Sketch } from "../../evidence/sketch.ts";
import type { StoredStamp } from "../../model/stored.ts";

/** Which lines of one stream carry an uptime, by number. Plain values. */
export interface UptimeLines {
  first: number | null;
  last: number | null;
  /** The first event of the kernel's without an uptime behind one with it. */
  bare: number | null;
}

export interface Placed {
  readonly streamId: number;
  /** Uptime of this boot: microseconds since the kernel's clock began, jiffies-wrap starts taken off. */
  readonly uptimeUs: number | null;
  /** Keys that can occur in this boot only. */
  readonly proofs: Sketch;
  readonly uptimes: UptimeLines;
}

export interface Standing {
  readonly placed: Placed;
  readonly stamp: StoredStamp;
}
