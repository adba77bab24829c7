// What frames a report: its zone, its gap, its range; and whether there is anything in it at all.

import type { Report } from "../model/report.ts";
import { duration } from "./units.ts";
import type { Voice } from "./voice.ts";
import { instant } from "./zone.ts";

/** Neither a source nor a host: nothing has been read. */
export function isEmpty(report: Report): boolean {
  return report.sources.length === 0 && report.hosts.length === 0 && report.problems.length === 0;
}

export function timeFrame(report: Report, voice: Voice): string {
  const { w } = voice;
  const shown = (us: number) => instant(us, voice.tz);
  const { sinceUs, untilUs } = report;
  const range =
    sinceUs !== null && untilUs !== null
      ? [w.range(shown(sinceUs), shown(untilUs))]
      : [
          ...(sinceUs === null ? [] : [w.rangeFrom(shown(sinceUs))]),
          ...(untilUs === null ? [] : [w.rangeTo(shown(untilUs))]),
        ];
  const { fromUs, toUs } = report.totals;
  const reachesOut =
    (sinceUs !== null && fromUs !== null && fromUs < sinceUs) ||
    (untilUs !== null && toUs !== null && toUs > untilUs);
  const whole = reachesOut ? [w.toldWhole] : [];
  const trusted = report.trustedOnly ? [w.trustedOnly] : [];
  return [w.timesIn(voice.zoneName), w.gapIs(duration(report.gapS, w)), ...range, ...whole, ...trusted].join(
    " ",
  );
}
