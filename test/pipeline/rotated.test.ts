// One log in rotated pieces and copies: the same rows however often it was rotated, read and copied. What is true of
// each log here is worked out by hand beside it.

import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Made, makeDatabase } from "../support/database.ts";

let folder: string;
let made: Made;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "conntrail-"));
  made = makeDatabase();
});
afterEach(() => {
  made.remove();
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string) => join(folder, name);
const write = (name: string, lines: readonly string[]) => writeFileSync(at(name), lines.join(""));

const DROP = "nf_conntrack: nf_conntrack: table full, dropping packet";
const BOOT_MS = Date.parse("2026-03-14T10:00:00Z");

/** A line of the kernel's at an uptime, as rsyslog writes it. */
function iso(uptimeS: number, text: string): string {
  const stamp = `${new Date(BOOT_MS + uptimeS * 1000).toISOString().slice(0, 23)}000+00:00`;
  return `${stamp} fw1 kernel: [${uptimeS.toFixed(6).padStart(12)}] ${text}\n`;
}
/** The same by a program: no line of the kernel's. */
const other = (uptimeS: number, text: string) =>
  `${new Date(BOOT_MS + uptimeS * 1000).toISOString().slice(0, 23)}000+00:00 fw1 ${text}\n`;

const banner = (release: string) => iso(0, `Linux version ${release} (build@host) #1 SMP`);
const notice = (uptimeS: number, n: number) => iso(uptimeS, `net_ratelimit: ${n} callbacks suppressed`);
/** Drop lines ten milliseconds apart. */
const drops = (uptimeS: number, count: number) =>
  Array.from({ length: count }, (_, i) => iso(uptimeS + i / 100, DROP));

/**
 * Three windows of five seconds under a kernel that counts every call: 10 printed and 40 held back, 10 and 30, 2. In
 * all 22 + 70 = 92 packets. The rotation cuts the second window; what the daemon logs while it rotates has its own clock,
 * two milliseconds ahead of the kernel's.
 */
const BURST_OLD = [
  banner("7.2.0-1-amd64"),
  iso(100, "usb 1-1: new high-speed USB device number 2 using xhci_hcd"),
  ...drops(600, 10),
  notice(605.1, 40),
  ...drops(605.1, 5),
  other(605.152, "systemd[1]: Started logrotate.service - Rotate log files."),
];
const BURST_NEW = [
  ...drops(605.15, 5),
  notice(610.2, 30),
  ...drops(610.2, 2),
  iso(900, "usb 1-1: USB disconnect, device number 2"),
];
const TRUTH = { drop_lines: 22, suppressed: 70, drops_min: 22, drops_max: 92, bound: "range", witnesses: 1 };

const bursts = () =>
  made.all(
    "select drop_lines, suppressed, drops_min, drops_max, bound, witnesses from bursts order by start_us, netns",
  );
const minutes = () => made.all("select sum(drop_lines) as d, sum(suppressed) as n from minutes");

describe("a live log that is rotated", () => {
  it("is one account, read at once", async () => {
    write("syslog.1", BURST_OLD);
    write("syslog", BURST_NEW);
    await made.ingest([folder]);
    expect(bursts()).toEqual([TRUTH]);
  });

  it("between two runs, is the account of one reading", async () => {
    write("syslog", BURST_OLD);
    await made.ingest([folder]);
    renameSync(at("syslog"), at("syslog.1"));
    write("syslog", BURST_NEW);
    await made.ingest([folder]);
    expect(bursts()).toEqual([TRUTH]);
    expect(minutes()).toEqual([{ d: 22, n: 70 }]);
  });

  it("and met under its new name only later, when there is nothing new", async () => {
    write("syslog", BURST_OLD);
    await made.ingest([folder]);
    renameSync(at("syslog"), at("syslog.1"));
    write("syslog", BURST_NEW);
    await made.ingest([at("syslog")]);
    expect((await made.ingest([folder])).sourcesRead).toBe(0);
    expect(bursts()).toEqual([TRUTH]);
    expect(made.all("select path from sources order by first_time")).toEqual([
      { path: at("syslog.1") },
      { path: at("syslog") },
    ]);
  });

  it("seen by its new name alone, although another log has the old one by then", async () => {
    write("syslog", BURST_OLD);
    await made.ingest([folder]);
    renameSync(at("syslog"), at("syslog.1"));
    write("syslog", BURST_NEW);
    await made.ingest([at("syslog.1")]);
    await made.ingest([at("syslog")]);
    expect(bursts()).toEqual([TRUTH]);
  });

  it("with what a syslogd repeats only then", async () => {
    // Ten minutes of nothing but drops: one line, and "repeated 5 times" in the new file, older than what stands above.
    const repeated = `message repeated 5 times: [ ${DROP}]`;
    write("messages", [
      banner("7.2.0-1-amd64"),
      iso(600, DROP),
      other(603, "systemd[1]: Starting logrotate.service - Rotate log files..."),
    ]);
    await made.ingest([folder]);
    renameSync(at("messages"), at("messages.1"));
    write("messages", [
      other(602, `kernel: [  600.400000] ${repeated}`),
      other(604, "systemd[1]: Finished logrotate.service - Rotate log files."),
      iso(900, "usb 1-1: USB disconnect, device number 2"),
    ]);
    await made.ingest([folder]);
    expect(bursts()).toMatchObject([{ drop_lines: 6, suppressed: 0, drops_min: 6, drops_max: 6 }]);
  });

  it("is not analysed anew where all of a family moved by one, and is where one took another place", async () => {
    let analysed = 0;
    const run = () => made.ingest([folder], { onAnalysis: () => void analysed++ });
    for (const [i, from] of [300, 200, 100].entries()) write(`kern.log.${i + 1}`, drops(from, 3));
    await run();
    for (const i of [3, 2, 1]) renameSync(at(`kern.log.${i}`), at(`kern.log.${i + 1}`));
    await run();
    expect(analysed).toBe(1);
    const paths = () => made.all("select path from sources order by first_time").map((row) => row.path);
    expect(paths()).toEqual([4, 3, 2].map((i) => at(`kern.log.${i}`)));
    mkdirSync(at("old"));
    renameSync(at("kern.log.4"), at("old/kern.log"));
    await run();
    expect(analysed).toBe(2);
    expect(paths()).toEqual(["old/kern.log", "kern.log.3", "kern.log.2"].map(at));
  });
});
