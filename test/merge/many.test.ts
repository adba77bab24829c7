// Many small databases into one: the same rows in any order, and one input open at a time. A thousand of them, with
// their memory and time printed, where CONNTRAIL_HEAVY is set.

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { ingest } from "../../src/pipeline/ingesting/ingest.ts";
import { closeWhole, openForWriting } from "../../src/store/open.ts";
import { DROPS_EACH, fleetLogs } from "../fleet/logs.ts";
import { NOW_US } from "../support/database.ts";
import { contents, mergeInto } from "./rows.ts";

const HEAVY = process.env.CONNTRAIL_HEAVY !== undefined;
const DATABASES = HEAVY ? 1000 : 40;
const MINUTES = 30 * 60_000;
const folder = mkdtempSync(join(tmpdir(), "conntrail-many-"));
const OPTIONS = {
  ...{ command: "test", gapUs: 60_000_000, hash: false, host: null, tz: null, year: null },
  ...{ referenceUs: null, processTz: "UTC", now: () => NOW_US },
};

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it(
  `${DATABASES} databases give the same rows in any order, and hold no more files open at the end`,
  async () => {
    const logs = join(folder, "logs");
    fleetLogs(logs, DATABASES);
    const paths: string[] = [];
    for (const host of readdirSync(logs).sort()) {
      const path = join(folder, `${host}.db`);
      const db = openForWriting(path);
      await ingest(db, [join(logs, host)], OPTIONS);
      closeWhole(db);
      paths.push(path);
    }
    const handles = readdirSync("/proc/self/fd").length;
    const told: string[] = [];
    const outs = [paths, [...paths].reverse()].map((order, i) => ({ order, out: join(folder, `out-${i}`) }));
    for (const { order, out } of outs) {
      const began = process.cpuUsage();
      expect((await mergeInto(out, order)).sourcesRead).toBe(DATABASES);
      const { user } = process.cpuUsage(began);
      told.push(
        `${DATABASES} databases: ${(user / 1e6).toFixed(1)} s, ${process.memoryUsage.rss() >> 20} MiB`,
      );
    }
    expect(readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(handles + 1);
    const [first, second] = outs.map(({ out }) => contents(out));
    expect(second).toEqual(first);
    expect(first?.events).toHaveLength(DATABASES * DROPS_EACH);
    if (HEAVY) console.log(told.join("\n"));
  },
  MINUTES,
);
