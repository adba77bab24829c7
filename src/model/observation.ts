// A value at an instant: a connection count, a limit, a counter, a timeout.

import type { Stamp } from "./stamp.ts";

/**
 * What a value measures.
 * `entries`: connections in one namespace's table. `limit`: nf_conntrack_max. `buckets`: hash buckets.
 * `setting`: any other conntrack or limiter sysctl. `counter`: an event counter since boot, summed over CPUs.
 * `entry_bytes`: memory of one entry. `uptime`: microseconds since boot at that instant (a clock anchor).
 */
export type ObservationKind =
  | "entries"
  | "limit"
  | "buckets"
  | "setting"
  | "counter"
  | "entry_bytes"
  | "uptime";

/** `effective`: read from the kernel. `configured`: written in a file, not known to be in force. */
export type Force = "effective" | "configured";

export interface Observation {
  readonly kind: ObservationKind;
  /** The nf name of the value: `nf_conntrack_max`, `nf_conntrack_count`, `drop`, `message_cost`, ... */
  readonly key: string;
  /** Integer; microseconds for `uptime`, bytes for `entry_bytes`, seconds for timeouts, else a plain count. */
  readonly value: number;
  readonly force: Force;
  /** Row of the observation catalogue that read it: `sysctl`, `banner`, `sample-csv`, ... */
  readonly origin: string;
  readonly netns: string | null;
  readonly host: string | null;
  /** Null: the observation has no time of its own. */
  readonly stamp: Stamp | null;
  readonly uptimeUs: number | null;
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}
