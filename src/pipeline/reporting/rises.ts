// What the drop counter of a host gained where no burst is.

import { type Gain, gainOutside, type Rise } from "../../analysis/rises.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { ReportOptions } from "./rows.ts";

/** In the range that is asked for; null where the counter did not rise there, or was not sampled. */
export function unseenGain(db: Db, host_id: number, { sinceUs, untilUs }: ReportOptions): Gain | null {
  const range = { host_id, since_us: sinceUs, until_us: untilUs };
  const rises = statement(db, "report_counter_rises").all(range) as Rise[];
  if (rises.length === 0) return null;
  const bursts = statement(db, "report_burst_times").all({ host_id }) as {
    readonly startUs: number;
    readonly endUs: number;
  }[];
  return gainOutside(rises, bursts);
}
