// What the drop counter of a host gained where no burst is.

import { type Gain, gainOf, type Near, type Rise } from "../../analysis/rises.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { nearBursts, seriesRises } from "../analysing/rises.ts";
import type { ReportOptions } from "./rows.ts";

/** In the range that is asked for; null where the counter did not rise there, or was not sampled. */
export function unseenGain(db: Db, hostId: number, options: ReportOptions): Gain | null {
  return gainOf(risesIn(db, hostId, options));
}

/** Kept rises that lie in the range, and what samples say of those across an end of it. */
function* risesIn(db: Db, hostId: number, { sinceUs, untilUs }: ReportOptions): Generator<Rise> {
  const range = { host_id: hostId, since_us: sinceUs, until_us: untilUs };
  const sinceAt = sinceUs ?? Number.NEGATIVE_INFINITY;
  const untilAt = untilUs ?? Number.POSITIVE_INFINITY;
  const across: Rise[] = [];
  for (const rise of statement(db, "report_rises").iterate(range) as Iterable<Rise>) {
    if (rise.fromUs >= sinceAt && rise.toUs < untilAt) yield rise;
    else across.push(rise);
  }
  const isNear: Near = across.length === 0 ? () => true : nearBursts(db, hostId);
  for (const { series, fromUs, toUs } of across) {
    const [first, last] = [Math.max(fromUs, sinceAt), Math.min(toUs, untilAt - 1)];
    for (const rise of seriesRises(db, series, first, last, isNear)) yield { series, ...rise };
  }
}
