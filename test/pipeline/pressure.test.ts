// Time near the limit: each count stands until the next, for five minutes at most.

import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { makeDatabase } from "../support/database.ts";
import { reportOf } from "../support/report.ts";

const BEGIN_S = Date.UTC(2026, 2, 14, 10, 0, 0) / 1000;

/** Seconds after ten, count, limit. */
const SAMPLES = [
  [0, 500, 1000],
  [20, 900, 1000], // 30 s at 90 %
  [50, 950, 1000], // 40 s at 95 %
  [90, 1000, 1000], // 300 s at 95 %, of 900
  [990, 100, 1000],
  [1050, 1000, 2000], // the limit was raised: half full
  [1110, 1900, 2000], // 95 %, and nothing follows that it could stand until
] as const;

function above(path: string, sinceS: number | null, untilS: number | null) {
  const at = (second: number | null) => (second === null ? null : (BEGIN_S + second) * 1e6);
  const { hosts } = reportOf(path, { host: "fw1", sinceUs: at(sinceS), untilUs: at(untilS) });
  return [hosts[0]?.secondsAbove90, hosts[0]?.secondsAbove95];
}

it("is the time of full counts, in the range that is asked for", async () => {
  const made = makeDatabase();
  try {
    const path = join(dirname(made.path), "samples.csv");
    const rows = SAMPLES.map(([second, count, max]) => `${(BEGIN_S + second) * 1000},${count},${max},fw1`);
    writeFileSync(path, `epoch_ms,count,max,host\n${rows.join("\n")}\n`);
    await made.ingest([path]);
    expect(above(made.path, null, null)).toEqual([370, 340]);
    // Minutes that reach into the range: those from 10:01 on.
    expect(above(made.path, 60, null)).toEqual([300, 300]);
    expect(above(made.path, 900, 1200)).toEqual([0, 0]);
    expect(above(made.path, 4000, 5000)).toEqual([null, null]);
  } finally {
    made.remove();
  }
});
