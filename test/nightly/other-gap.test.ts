// Bursts that are cut and joined elsewhere, since the gap is another one, are no news: their drops were told.

import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ingest } from "../../src/pipeline/ingesting/ingest.ts";
import { closeWhole, openForWriting } from "../../src/store/open.ts";
import { NOW_US } from "../support/database.ts";
import { line, makePlace, type Place, rowsOf, runNightly } from "./support.ts";

let place: Place;
let log: string;
beforeEach(() => {
  place = makePlace();
  log = join(place.folder, "messages");
});
afterEach(() => place.remove());

const BEGIN_MS = Date.UTC(2026, 10, 20, 10);
const at = (second: number) => line("gw1", BEGIN_MS + second * 1000);
const lines = () =>
  rowsOf<{ drop_lines: number }>(place.db, "select drop_lines from bursts order by start_us");

/** Somebody asks with another gap, by hand. */
async function ingestWith(gapUs: number) {
  const db = openForWriting(place.db);
  const options = {
    host: null,
    tz: null,
    year: null,
    referenceUs: null,
    processTz: "UTC",
    now: () => NOW_US,
  };
  await ingest(db, [log], { command: "ingest", gapUs, hash: true, ...options });
  closeWhole(db);
}

it("neither when a run by hand cut them, nor when the next night joins them again", async () => {
  writeFileSync(log, [0, 1, 20, 40].map(at).join(""));
  expect((await runNightly(place, [log])).summary).toHaveLength(2);
  await ingestWith(5_000_000);
  expect(lines().map((burst) => burst.drop_lines)).toEqual([2, 1, 1]);
  expect((await runNightly(place, [log])).summary).toEqual([]);
  expect(lines().map((burst) => burst.drop_lines)).toEqual([4]);
});

it("but a drop that came meanwhile is, whether it begins a burst or goes on with one", async () => {
  writeFileSync(log, [0, 1, 20, 40].map(at).join(""));
  await runNightly(place, [log]);
  await ingestWith(5_000_000);
  appendFileSync(log, at(80));
  expect((await runNightly(place, [log])).summary[1]).toContain("at least 5 packets, 5 reported");
  appendFileSync(log, at(300));
  const { summary } = await runNightly(place, [log]);
  expect(summary[1]).toContain("at least 1 packet, 1 reported, no ceiling known; 1 burst at 10:05:00");
});
