// Rows that reports are built from, and what was asked for.

import type { Burst, WitnessAccount } from "../../model/report.ts";
import type { Totals } from "../../model/totals.ts";

export interface ReportOptions {
  readonly host: string | null;
  readonly sinceUs: number | null;
  readonly untilUs: number | null;
  /** Null: bursts as they are kept. */
  readonly gapUs: number | null;
  /** Bursts told one by one: with more of them in the report, the largest. Totals and timelines are of all. */
  readonly mostBursts: number;
  /** Whether the readings beside bursts are cited. */
  readonly evidence: boolean;
  /** Whether bursts that nothing dates are in the range. */
  readonly undated: boolean;
  /** Whether lines that may not be the kernel's own are left out. */
  readonly trustedOnly: boolean;
  readonly displayTz: string;
  readonly lang: string;
}

/** A burst row with what reports need beside it; column names as in the table. */
export interface BurstRow {
  readonly burst_id: number;
  readonly netns: string | null;
  readonly start_us: number | null;
  readonly end_us: number | null;
  readonly drop_lines: number;
  readonly suppressed: number;
  readonly suppressed_shared: number;
  readonly drops_min: number;
  readonly drops_reported: number;
  readonly drops_max: number | null;
  readonly drops_estimate: number | null;
  readonly bound: Burst["bound"];
  readonly bound_reasons: string;
  readonly tail_cap: number | null;
  readonly doubted_lines: number;
  readonly doubted_suppressed: number;
  readonly doubts: string | null;
  readonly limit_value: number | null;
  readonly limit_origin: string | null;
  readonly limit_observation_id: number | null;
  readonly count_before: number | null;
  readonly count_before_us: number | null;
  readonly count_before_observation_id: number | null;
  readonly count_peak: number | null;
  readonly count_peak_observation_id: number | null;
  readonly count_after: number | null;
  readonly count_after_us: number | null;
  readonly count_after_observation_id: number | null;
  readonly witness: string;
  readonly verdict: string | null;
  readonly basis: string;
  readonly first_event_id: number | null;
  readonly last_event_id: number | null;
  readonly gap_us: number;
  readonly accounts: readonly WitnessAccount[];
}

/** Time cut into pieces of one length, each a number of whole units. */
export interface Grid {
  readonly unit: "second" | "minute" | "hour";
  readonly fromUs: number;
  readonly bucketUs: number;
  /** End of the last piece. */
  readonly toUs: number;
}

/** What fell into one piece of a grid, counted from 0. */
export interface DropBucket {
  readonly bucket: number;
  readonly drop_lines: number;
  readonly suppressed: number;
}

/** Of a host's bursts in the range: sums over all, and rows of those that are told. */
export interface HostBursts {
  readonly rows: readonly BurstRow[];
  readonly totals: Totals;
  readonly undatedDropLines: number;
  readonly countPeak: number | null;
  /** The burst in which most packets were refused a second. */
  readonly fastest: FastestBurst | null;
  /** Null where there is no burst. */
  readonly gapUs: number | null;
  /** The minutes that are kept are those of these bursts. */
  readonly asKept: boolean;
  /** Of limiter windows: lines by when they were printed, what was held back by when its window began. */
  windowsIn(grid: Grid): readonly DropBucket[];
}

export interface FastestBurst {
  readonly start_us: number | null;
  readonly limit_value: number | null;
  readonly rate_per_s: number;
}

/** The limiter's window where nothing says otherwise: the last one of a burst is part of its length. */
export const WINDOW_S = 5;
