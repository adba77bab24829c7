// The pause that ends a burst: rows say with which they were found, and a run with another finds them anew.

import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const folder = freshFolder();
const made = freshDatabase();

const LINES = ["00.000", "03.000", "03.500", "10.000"].map(
  (second) => `2026-03-01T10:00:${second}+00:00 gw1 kernel: nf_conntrack: table full, dropping packet\n`,
);
const log = () => {
  const path = join(folder, "kern.log");
  writeFileSync(path, LINES.join(""));
  return path;
};
const bursts = () =>
  made.all("select drop_lines, gap_s, typeof(gap_s) as type from bursts order by start_us");

it("another gap finds the bursts of known logs anew, and reads none of them", async () => {
  const path = log();
  await made.ingest([path]);
  expect(bursts()).toEqual([{ drop_lines: 4, gap_s: 60, type: "integer" }]);
  const again = await made.ingest([path], { gapUs: 5_000_000 });
  expect([again.sourcesRead, again.bytesRead, again.eventsAdded]).toEqual([0, 0, 0]);
  expect(bursts()).toEqual([
    { drop_lines: 3, gap_s: 5, type: "integer" },
    { drop_lines: 1, gap_s: 5, type: "integer" },
  ]);
});

it("the same gap again leaves them as they are", async () => {
  const path = log();
  let analysed = 0;
  const options = { gapUs: 5_000_000, onAnalysis: () => void analysed++ };
  await made.ingest([path], options);
  await made.ingest([path], options);
  expect(analysed).toBe(1);
});

it("a gap of parts of a second is told as it was set", async () => {
  await made.ingest([log()], { gapUs: 2_500_000 });
  expect(bursts()).toEqual([
    { drop_lines: 1, gap_s: 2.5, type: "real" },
    { drop_lines: 2, gap_s: 2.5, type: "real" },
    { drop_lines: 1, gap_s: 2.5, type: "real" },
  ]);
});

it("a limiter window longer than the gap is of no two bursts, where stamps are whole seconds", async () => {
  const full = "nf_conntrack: nf_conntrack: table full, dropping packet";
  const lines = [
    ["08:00:00", "eth0: link is up"],
    ...["10:00:00", "10:01:00", "10:02:01"].map((at) => [at, full]),
  ];
  writeFileSync(
    join(folder, "kern.log"),
    lines.map(([at, text]) => `2026-03-01T${at}+00:00 gw1 kernel: ${text}\n`).join(""),
  );
  const settings = join(folder, "sysctl.txt");
  writeFileSync(settings, "net.core.message_cost = 120\nnet.core.message_burst = 10\n");
  utimesSync(settings, 0, Date.UTC(2026, 2, 1, 9) / 1000);
  await made.ingest([folder], { host: "gw1" });
  expect(made.all("select start_time, drop_lines, duration_s from bursts order by start_us")).toEqual([
    { start_time: "2026-03-01T10:00:00.000000Z", drop_lines: 2, duration_s: 60 },
    { start_time: "2026-03-01T10:02:01.000000Z", drop_lines: 1, duration_s: 0 },
  ]);
});
