// Bursts whose lines were pruned are told and verified as long as they stand, under whatever gap.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { durationUs } from "../../src/config/duration.ts";
import { type VerifyOptions, verify } from "../../src/pipeline/verifying/verify.ts";
import { openForReading } from "../../src/store/open.ts";
import { reportOf } from "../support/report.ts";
import { drops, line, makePlace, type Place, runNightly } from "./support.ts";

/** Twenty drops of the 10th, which tell of 17 more, are pruned; the ten of the 21st are not. */
const LOG =
  drops("gw1", "2026-11-10T10:00:00Z", 20) +
  line("gw1", Date.parse("2026-11-10T10:00:25Z"), "net_ratelimit: 17 callbacks suppressed") +
  drops("gw1", "2026-11-21T10:00:00Z", 10);

let place: Place;
let log: string;
beforeEach(async () => {
  place = makePlace();
  mkdirSync(join(place.folder, "logs"));
  log = join(place.folder, "logs", "messages");
  writeFileSync(log, LOG);
  await runNightly(place, [join(place.folder, "logs")], { keepUs: durationUs("3d") });
});
afterEach(() => place.remove());

it("another gap leaves none of them out", () => {
  const kept = reportOf(place.db);
  expect(kept.totals).toMatchObject({ bursts: 2, dropLines: 30, dropsMin: 30, dropsReported: 47 });
  const anew = reportOf(place.db, { gapUs: 5_000_000 });
  expect(anew.totals).toEqual(kept.totals);
  expect(anew.gapS).toBe(5);
  expect(anew.hosts[0]?.bursts.map(({ burstId, first }) => [burstId, first?.path])).toEqual([
    [1, log],
    [2, log],
  ]);
});

async function verified(options: Partial<VerifyOptions>) {
  const db = openForReading(place.db);
  try {
    const { same, changed } = await verify(
      db,
      { all: false, host: null, burstId: null, paths: [], ...options },
      () => {},
    );
    return { same, changed };
  } finally {
    db.close();
  }
}

it("the lines that they cite are verified", async () => {
  // The first and the last of both bursts; with those, all ten of the one that was not pruned.
  expect(await verified({})).toEqual({ same: 4, changed: 0 });
  expect(await verified({ host: "gw1" })).toEqual({ same: 4, changed: 0 });
  expect(await verified({ burstId: 1 })).toEqual({ same: 2, changed: 0 });
  expect(await verified({ all: true })).toEqual({ same: 12, changed: 0 });
  writeFileSync(log, LOG.replace("dropping", "DROPPING"));
  expect(await verified({})).toEqual({ same: 3, changed: 1 });
});
