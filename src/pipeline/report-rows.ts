// Rows that reports are built from, and what was asked for.

import type { Burst, WitnessAccount } from "../model/report.ts";

export interface ReportOptions {
  readonly host: string | null;
  readonly sinceUs: number | null;
  readonly untilUs: number | null;
  /** Null: bursts as they are kept. */
  readonly gapUs: number | null;
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
  readonly windows: readonly WindowRow[];
}

export interface WindowRow {
  readonly begin_us: number;
  readonly drop_lines: number;
  readonly suppressed: number;
  readonly suppressed_shared: number;
}
