// Reports as large and as odd as a page has to stand.

import type { Report } from "../../src/model/report.ts";
import {
  BARE,
  burst,
  EXACT,
  HOSTILE,
  host,
  NO_LOGS,
  NOON,
  ONE_HOST,
  OPEN,
  report,
  timeline,
} from "../render/fixtures.ts";

const MINUTE = 60_000_000;
const DAY = 24 * 60 * MINUTE;

/** A year of a gateway with more bursts than are told in detail. */
const BUSY_YEAR = (() => {
  const fromUs = Date.UTC(2023, 5, 1) * 1000;
  const bursts = Array.from({ length: 260 }, (_, i) => {
    const startUs = fromUs + Math.round((i * 365 * DAY) / 260) + (i % 7) * 13 * MINUTE;
    return burst({
      burstId: i + 1,
      startUs,
      endUs: startUs + (1 + (i % 9)) * MINUTE,
      dropsReported: 4_321 + i * 97,
      suppressed: 4_200 + i * 97,
    });
  });
  const own = timeline(bursts, { fromUs, count: 600, bucketUs: Math.floor((365 * DAY) / 600) });
  return report([host("gateway-01", bursts, { timeline: own })]);
})();

const FIFTY = report(
  Array.from({ length: 50 }, (_, i) => {
    const startUs = NOON + ((i * 37) % 200) * MINUTE;
    const own = burst({ burstId: i + 1, startUs, endUs: startUs + 3 * MINUTE });
    const name =
      i % 9 === 4 ? `node-${i}.very-long-name-of-a-rack.region-eu-central-1.example.internal` : `node-${i}`;
    const bare = { occupancy: [], limits: [], mismatches: [], advice: null };
    return host(name, i % 5 === 0 ? [] : [own], i % 9 === 4 ? {} : bare);
  }),
);

/** Whole seconds only, no count, no limit, nothing dated beside. */
const POOR = report([
  host(
    "ip-10-0-3-17.eu-central-1.compute.internal",
    [
      { ...EXACT, limitValue: null, limitOrigin: null },
      {
        ...OPEN,
        startUs: NOON,
        endUs: NOON,
        durationS: 0,
        limitValue: null,
        limitOrigin: null,
        countPeak: null,
      },
      BARE,
    ],
    { limits: [], mismatches: [], occupancy: [], advice: null, secondsAbove90: null, secondsAbove95: null },
  ),
]);

export const PAGES: Readonly<Record<string, Report>> = {
  "one host": ONE_HOST,
  "one host in Spanish": { ...ONE_HOST, lang: "es" },
  "a busy year": BUSY_YEAR,
  "fifty hosts": FIFTY,
  "poor evidence": POOR,
  "nothing in the database": NO_LOGS,
  "hostile strings": HOSTILE,
};
