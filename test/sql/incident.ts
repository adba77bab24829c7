// A small incident, written by hand: two hosts that say when, and a kernel buffer that does not. What is true of it
// is worked out here, not measured.
//
//   fw1, drop lines and suppressions (kern.log has all of them, messages repeats a part):
//     14 March 10:00  10 + 10 + 3 lines, 90 + 40 suppressed between them
//              10:30  4 lines, nothing suppressed
//              23:59  10 lines, then 7 suppressed of the same window, then 5 lines after midnight
//   gw2: 14 March 11:00  2 lines of a namespace, 1 of the first namespace; an older log, and the ones between are gone
//   unknown: 3 lines of a kernel buffer with no clock beside it

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

export interface Incident {
  readonly folder: string;
  remove(): void;
}

const FULL = "nf_conntrack: nf_conntrack: table full, dropping packet";
const BOOT_S = Date.UTC(2026, 2, 14, 9, 0, 0) / 1000;
const MONTH = "Mar";

/** `2026-03-14T10:00:00.5Z` to seconds. */
const seconds = (time: string): number => Date.parse(time) / 1000;
const uptime = (atS: number): string => `[${(atS - BOOT_S).toFixed(6).padStart(12)}]`;
const iso = (atS: number): string => `${new Date(atS * 1000).toISOString().slice(0, 23)}000+00:00`;
const classic = (atS: number): string => {
  const at = new Date(atS * 1000);
  return `${MONTH} ${at.getUTCDate()} ${at.toISOString().slice(11, 19)}`;
};

type Told = readonly [atS: number, text: string];

/** Lines a tenth of a second apart. */
const drops = (from: string, count: number, text = FULL): Told[] =>
  Array.from({ length: count }, (_, i) => [seconds(from) + i / 10, text] as const);
const notice = (at: string, n: number): Told => [seconds(at), `net_ratelimit: ${n} callbacks suppressed`];

const MORNING: readonly Told[] = [
  ...drops("2026-03-14T10:00:00Z", 10),
  notice("2026-03-14T10:00:05.500Z", 90),
  ...drops("2026-03-14T10:00:05.500Z", 10),
  notice("2026-03-14T10:00:11Z", 40),
  ...drops("2026-03-14T10:00:11Z", 3),
];
const HALF_PAST: readonly Told[] = drops("2026-03-14T10:30:00Z", 4);
const MIDNIGHT: readonly Told[] = [
  ...drops("2026-03-14T23:59:57Z", 10),
  notice("2026-03-15T00:00:02.500Z", 7),
  ...drops("2026-03-15T00:00:02.500Z", 5),
];
const BANNER: Told = [
  BOOT_S,
  "Linux version 6.1.0-18-amd64 (build@example.org) (gcc-12 (Debian 12.2.0-14) 12.2.0) #1 SMP",
];

const kern = (host: string, told: readonly Told[]): string =>
  told.map(([atS, text]) => `${iso(atS)} ${host} kernel: ${uptime(atS)} ${text}\n`).join("");

const messages = (told: readonly Told[]): string =>
  told.map(([atS, text]) => `${classic(atS)} fw1 kernel: ${uptime(atS)} ${text}\n`).join("");

function samples(): string {
  const rows = [
    ["2026-03-14T09:59:30Z", 41000, 65536],
    ["2026-03-14T09:59:50Z", 63000, 65536],
    ["2026-03-14T10:00:10Z", 65536, 65536],
    ["2026-03-14T10:01:30Z", 60100, 65536],
    ["2026-03-14T12:00:00Z", 52000, 131072],
  ] as const;
  const lines = rows.map(
    ([at, count, max]) => `${seconds(at) * 1000},${seconds(at) - BOOT_S},${count},${max},fw1`,
  );
  return `epoch_ms,uptime_s,count,max,host\n${lines.join("\n")}\n`;
}

const IN_NAMESPACE = "nf_conntrack: nf_conntrack: table full in netns 4026532281, dropping packet";
const dmesg = Array.from({ length: 3 }, (_, i) => `[ 4711.${100 + i}000] ${FULL}\n`).join("");

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  "fw1/kern.log": kern("fw1", [
    BANNER,
    ...MORNING,
    ...HALF_PAST,
    ...MIDNIGHT,
    [seconds("2026-03-15T06:00:00Z"), "usb 1-1: new high-speed USB device"],
  ]),
  "fw1/messages":
    messages([...MORNING.slice(0, 11), ...HALF_PAST]) +
    `${classic(seconds("2026-03-14T10:31:00Z"))} fw1 rsyslogd: imjournal: 236 messages lost due to rate-limiting\n` +
    `${classic(seconds("2026-03-14T10:32:00Z"))} fw1 kernel[77]: ${FULL}\n`,
  "fw1/samples.csv": samples(),
  "fw1/etc/sysctl.conf":
    "net.netfilter.nf_conntrack_max = 262144\nnet.netfilter.nf_conntrack_buckets = 65536\n",
  "gw2/kern.log": kern("gw2", [
    ...drops("2026-03-14T11:00:00Z", 2, IN_NAMESPACE),
    ...drops("2026-03-14T11:00:01Z", 1),
    [seconds("2026-03-14T12:00:00Z"), "usb 1-1: new high-speed USB device"],
  ]),
  "gw2/kern.log.5.gz": gzipSync(
    kern("gw2", [
      [seconds("2026-03-10T00:00:00Z"), "usb 1-1: new high-speed USB device"],
      [seconds("2026-03-10T06:00:00Z"), "usb 1-1: USB disconnect"],
    ]),
  ).subarray(0, -6),
  "rack/dmesg": dmesg,
};

/** Writes the logs. Files are as old as their last line would make them, so that nothing hangs on today. */
export function writeIncident(): Incident {
  const folder = mkdtempSync(join(tmpdir(), "conntrail-incident-"));
  for (const [name, content] of Object.entries(FILES)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    utimesSync(path, seconds("2026-03-15T07:00:00Z"), seconds("2026-03-15T07:00:00Z"));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
