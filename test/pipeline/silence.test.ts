// Silence says something only where a log was read: settings and counts, and logs of another time, tell of no drops.

import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { rendered } from "../render/rendered.ts";
import { freshDatabase } from "../support/fresh.ts";
import { reportOf } from "../support/report.ts";

const at = (text: string) => Date.parse(text) * 1000;

const made = freshDatabase();

/** Settings as they were on 3 November at noon. */
async function ingestSettings(host: string) {
  const path = join(dirname(made.path), host, "sysctl.txt");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "net.netfilter.nf_conntrack_max = 2048\nnet.netfilter.nf_conntrack_count = 7\n");
  utimesSync(path, new Date("2026-11-03T12:00:00Z"), new Date("2026-11-03T12:00:00Z"));
  await made.ingest([path], { host });
}

/** A log without drops, of two hours of 1 November. */
async function ingestLog(host: string) {
  const path = join(dirname(made.path), "messages");
  const line = (hour: number) => `2026-11-01T${hour}:00:00Z ${host} kernel: eth0: link is up\n`;
  writeFileSync(path, line(10) + line(12));
  await made.ingest([path]);
}

it("where settings and counts are all that was read, no logs have been read", async () => {
  await ingestSettings("gw1");
  const report = reportOf(made.path);
  expect(report.hosts).toMatchObject([{ host: "gw1", hasLogs: false }]);
  expect(report.sources).toMatchObject([{ isLog: false }]);
  expect(rendered("text", report)).toMatch(/^No logs have been read\. So nothing can be said about drops/);
});

it("of a log without drops it says so, and counts no settings among the logs", async () => {
  await ingestSettings("gw1");
  await ingestLog("gw1");
  expect(rendered("markdown", reportOf(made.path))).toMatch(
    /^\*\*No drops in the logs read\*\*: 1 source, from 2026-11-01 10:00:00 to 12:00:00 UTC\./,
  );
});

it("behind the last line there is no log, whatever the settings read there, and no timeline that a log covers", async () => {
  await ingestLog("gw1");
  const later = { host: "gw1", sinceUs: at("2026-11-02T00:00:00Z") };
  expect(reportOf(made.path, later).hosts).toEqual([]);
  await ingestSettings("gw1");
  const report = reportOf(made.path, later);
  expect(report.hosts).toMatchObject([{ hasLogs: false, timeline: { coverage: [{ channel: "messages" }] } }]);
  const said = rendered("markdown", report);
  expect(said).toMatch(/^\*\*No logs in this range\.\*\*/);
});

it("of two hosts, the one without a log has no logs where the other has no drops", async () => {
  await ingestSettings("gw1");
  await ingestLog("gw2");
  const said = rendered("markdown", reportOf(made.path));
  expect(said).toMatch(/\| gw1 +\| +0 \| no logs +\|/);
  expect(said).toMatch(/\| gw2 +\| +0 \| no drops +\|/);
  expect(said).toContain("No log of it that was read covers this time, so nothing can be said about drops.");
});
