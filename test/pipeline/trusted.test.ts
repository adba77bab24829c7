// Reports without lines that may not be the kernel's own.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { prune } from "../../src/pipeline/analysing/prune.ts";
import { closeWhole, openForWriting } from "../../src/store/open.ts";
import { freshDatabase, freshFolder } from "../support/fresh.ts";
import { reportOf } from "../support/report.ts";

const folder = freshFolder();
const made = freshDatabase();

const FULL = "nf_conntrack: nf_conntrack: table full, dropping packet";
const BANNER = "Linux version 7.0.0 (a@b) (gcc-14) #1 SMP";
/** A line of the kernel's, seconds behind midnight of 3 March; `own` false: without its uptime. */
function line(seconds: number, text = FULL, own = true, host = "gw1"): string {
  const at = new Date(Date.UTC(2026, 2, 3) + seconds * 1000).toISOString().slice(11, 19);
  return `2026-03-03T${at}Z ${host} kernel: ${own ? `[${String(seconds).padStart(5)}.000000] ` : ""}${text}`;
}
const forged = (seconds: number, text = FULL) => line(seconds, text, false);

async function read(lines: readonly string[], name = "messages"): Promise<void> {
  writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  await made.ingest([folder]);
}
const trusted = (options = {}) => reportOf(made.path, { trustedOnly: true, ...options });

/** Three drops of which a kernel that counts all says that there were no others; then silence, then the next line. */
const EXACT = [line(0, BANNER), line(1000), line(1001), line(1002), line(1100, "eth0: link is up")];

it("says the same where nothing is doubted", async () => {
  await read(EXACT);
  const { hosts, totals } = trusted();
  expect({ hosts, totals }).toEqual({ hosts: reportOf(made.path).hosts, totals: reportOf(made.path).totals });
  expect(totals).toMatchObject({ dropsMin: 3, dropsMax: 3, doubtedLines: 0 });
});

it("leaves a forged line out of a burst, which then has no ceiling, and says why", async () => {
  await read([...EXACT.slice(0, 3), forged(1001), ...EXACT.slice(3)]);
  const [all] = reportOf(made.path).hosts;
  expect(all?.bursts).toMatchObject([
    { dropLines: 4, dropsMin: 4, dropsMax: 4, doubtedLines: 1, doubts: ["no-uptime"] },
  ]);
  const [host] = trusted().hosts;
  expect(host?.bursts).toMatchObject([
    { dropLines: 3, dropsMin: 3, dropsMax: null, bound: "at-least", doubtedLines: 0, doubts: [] },
  ]);
  expect(host?.bursts[0]?.boundReasons).toContain("lines-left-out");
  expect(host?.bursts[0]?.boundReasons).not.toContain("lines-lost");
  expect(trusted().totals).toMatchObject({ dropsMin: 3, dropsReported: 3, dropsMax: null, doubtedLines: 1 });
});

it("tells lost lines from those left out", async () => {
  const lost = "2026-03-03T00:16:41Z gw1 rsyslogd: imklog lost 4 messages";
  const missed = `2026-03-03T00:16:41Z gw1 systemd-journald[300]: Missed 4 kernel messages`;
  await read([...EXACT.slice(0, 3), forged(1001), lost, missed, ...EXACT.slice(3)]);
  const reasons = trusted().hosts[0]?.bursts[0]?.boundReasons;
  expect(reasons).toEqual(expect.arrayContaining(["lines-lost", "lines-left-out"]));
});

it("a burst of forged lines alone is none; the sum has no ceiling, since the lines may be the kernel's", async () => {
  await read([...EXACT, forged(5000), forged(5001), line(9000, "eth0: link is down")]);
  expect(reportOf(made.path).totals).toMatchObject({ bursts: 2, dropsMin: 5, doubtedLines: 2 });
  expect(trusted().totals).toMatchObject({ bursts: 1, dropsMin: 3, dropsMax: null, doubtedLines: 2 });
});

it("a host of forged lines alone is still there, with what was left out", async () => {
  await read([line(0, BANNER), forged(5000), line(9000, "eth0: link is down")]);
  const { totals, hosts } = trusted();
  expect(totals).toMatchObject({ bursts: 0, dropLines: 0, doubtedLines: 1 });
  expect(hosts.map(({ host }) => host)).toEqual(["gw1"]);
});

it("leaves out what a forged notice tells", async () => {
  await read([
    ...EXACT.slice(0, 4),
    forged(1008, "net_ratelimit: 900 callbacks suppressed"),
    line(1008),
    EXACT[4] ?? "",
  ]);
  expect(reportOf(made.path).totals).toMatchObject({
    dropsReported: 904,
    doubtedLines: 0,
    doubtedSuppressed: 900,
  });
  expect(trusted().totals).toMatchObject({ dropsReported: 4, doubtedSuppressed: 900 });
});

it("another log speaks where it says more without the forged lines", async () => {
  await read([line(1000), forged(1001), forged(1002), forged(1003), line(1004)]);
  await read([line(1000), line(1002), line(1004)], "kern.log");
  expect(reportOf(made.path).hosts[0]?.bursts).toMatchObject([{ witness: "messages", dropLines: 5 }]);
  expect(trusted().hosts[0]?.bursts).toMatchObject([{ witness: "kern", dropLines: 3 }]);
});

it("goes with another gap", async () => {
  await read([line(1000), forged(1030), line(1060)]);
  expect(reportOf(made.path).totals.bursts).toBe(1);
  expect(trusted().totals.bursts).toBe(1);
  expect(trusted({ gapUs: 50_000_000 }).totals).toMatchObject({ bursts: 2, dropLines: 2, doubtedLines: 1 });
});

it("a timeline of days holds no line that was left out", async () => {
  await read([line(1000), line(1001), forged(40_000), forged(40_001), line(86_000)]);
  const drops = (report: ReturnType<typeof trusted>) =>
    report.hosts[0]?.timeline?.buckets.reduce((sum, bucket) => sum + bucket.dropLines, 0);
  expect(drops(reportOf(made.path))).toBe(5);
  expect(drops(trusted())).toBe(3);
});

describe("of pruned bursts", () => {
  beforeEach(async () => {
    await read([
      line(1000),
      line(1001),
      line(5000),
      forged(5001),
      line(5002),
      line(80_000),
      forged(80_001),
      line(80_002),
    ]);
    const db = openForWriting(made.path);
    prune(db, Date.UTC(2026, 2, 3, 12) * 1000);
    closeWhole(db);
  });
  it("those without a doubt stay, those with one cannot be made anew", () => {
    const [host] = trusted().hosts;
    expect(host?.bursts).toMatchObject([
      { burstId: 1, dropLines: 2, startUs: Date.UTC(2026, 2, 3, 0, 16, 40) * 1000 },
      { burstId: 2, dropLines: 2, startUs: Date.UTC(2026, 2, 3, 22, 13, 20) * 1000 },
    ]);
    expect(host?.bursts[0]?.witnesses).toMatchObject([{ channel: "messages", dropLines: 2, speaks: true }]);
    expect(trusted().totals).toMatchObject({ bursts: 2, dropsMin: 4, dropsMax: null, doubtedLines: 2 });
  });
});

it("a fleet's sums hold no line that was left out", async () => {
  const others = Array.from({ length: 100 }, (_, i) => line(1000, FULL, false, `host${i}`));
  await read([...others, line(1000), forged(1001), line(1002)]);
  expect(reportOf(made.path)).toMatchObject({
    totals: { dropsMin: 103 },
    fleet: { hours: [{ dropLines: 103 }] },
  });
  expect(trusted()).toMatchObject({
    totals: { dropsMin: 102, dropsMax: null, doubtedLines: 1 },
    fleet: { hours: [] },
  });
});
