// What the drop counter of a host gained where no burst is.

import { type Gain, gainOf, type Rise } from "../../analysis/rises.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { nearBursts, seriesRises } from "../analysing/rises.ts";
import type { ReportOptions } from "./rows.ts";

/** In the range that is asked for; null where the counter did not rise there, or was not sampled. */
export function unseenGain(db: Db, hostId: number, options: ReportOptions): Gain | null {
  return gainOf(risesIn(db, hostId, options));
}

/** Kept rises that lie in the range, and what samples say of those across an end of it. */
function risesIn(db: Db, host_id: number, { sinceUs, untilUs }: ReportOptions): Rise[] {
  const within = { host_id, since_us: sinceUs, until_us: untilUs };
  const rises = statement(db, "report_rises").all(within) as Rise[];
  if (sinceUs === null && untilUs === null) return rises;
  const since_us = sinceUs ?? Number.MIN_SAFE_INTEGER;
  const until_us = untilUs ?? Number.MAX_SAFE_INTEGER;
  const across = statement(db, "report_rises_across").all({ host_id, since_us, until_us }) as Rise[];
  if (across.length === 0) return rises;
  const isNear = nearBursts(db, host_id);
  for (const { series, fromUs, toUs } of across) {
    const [first, last] = [Math.max(fromUs, since_us), Math.min(toUs, until_us - 1)];
    for (const rise of seriesRises(db, series, first, last, isNear)) rises.push({ series, ...rise });
  }
  return rises;
}
