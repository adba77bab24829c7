// A limit that was read in another boot says nothing of a burst: each boot begins with the one it works out.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { bootAt } from "../../src/analysis/limits.ts";
import { freshDatabase } from "../support/fresh.ts";

const made = freshDatabase();

const DROP = "nf_conntrack: table full, dropping packet";
const BANNER = "nf_conntrack version 0.5.0 (16384 buckets, 65536 max)";
const BOOT = "2026-06-10T10:00:00Z gw kernel: [    0.000000] Linux version 3.2.0";

async function read(...lines: string[]) {
  const folder = join(dirname(made.path), "logs");
  mkdirSync(folder);
  writeFileSync(join(folder, "messages"), `${lines.join("\n")}\n`);
  await made.ingest([folder]);
  return made.all("select start_time, limit_value from bursts order by start_us");
}

it("is not the limit of a burst in the boot before", async () => {
  const found = await read(
    `2026-03-10T10:00:00Z gw kernel: [ 5000.000000] ${DROP}`,
    `2026-03-10T10:00:01Z gw kernel: [ 5001.000000] ${DROP}`,
    BOOT,
    `2026-06-10T10:00:10Z gw kernel: [   10.000000] ${BANNER}`,
  );
  expect(found).toEqual([{ start_time: "2026-03-10T10:00:00.000000Z", limit_value: null }]);
  expect(made.one("select limit_value from minutes where drop_lines > 0")).toBeNull();
});

it("is that of a burst in its own boot, read before or afterwards", async () => {
  const found = await read(
    BOOT,
    `2026-06-10T10:00:05Z gw kernel: [    5.000000] ${DROP}`,
    `2026-06-10T10:00:10Z gw kernel: [   10.000000] ${BANNER}`,
    `2026-06-10T11:00:00Z gw kernel: [ 3600.000000] ${DROP}`,
  );
  expect(found).toEqual([
    { start_time: "2026-06-10T10:00:05.000000Z", limit_value: 65_536 },
    { start_time: "2026-06-10T11:00:00.000000Z", limit_value: 65_536 },
  ]);
});

it("a boot lasts until the next", () => {
  expect(bootAt([10, 20], 9)).toEqual({ sinceUs: null, untilUs: 10 });
  expect(bootAt([10, 20], 10)).toEqual({ sinceUs: 10, untilUs: 20 });
  expect(bootAt([10, 20], 25)).toEqual({ sinceUs: 20, untilUs: null });
  expect(bootAt([], 25)).toEqual({ sinceUs: null, untilUs: null });
});
