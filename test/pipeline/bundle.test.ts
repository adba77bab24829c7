// A support bundle as it is handed over gives a whole answer with no option but its path.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { describe, expect, it } from "vitest";
import { freshDatabase, freshFolder } from "../support/fresh.ts";
import { reportOf } from "../support/report.ts";

const folder = freshFolder();
const made = freshDatabase();

/** 2026-03-10 12:00:00 in Madrid (UTC+1): the moment the bundle was made. */
const MADE = new Date("2026-03-10T11:00:00Z");

async function tar(members: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(members)) archive.entry({ name, mtime: MADE }, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const STAT = `entries  searched found new invalid ignore delete delete_list insert insert_failed drop early_drop icmp_error  expect_new expect_create expect_delete search_restart
000007ff  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000016 00000003 00000000  00000000 00000000 00000000 00000000
`;
const drop = "nf_conntrack: nf_conntrack: table full, dropping packet";
const banner = "Linux version 5.4.0-99-generic (build@host) #112-Ubuntu SMP";

/** Three drops and a notice of 9, then seven more: 10 lines, 9 suppressed; the machine booted at 07:00:00 local. */
function bundle(root: string, host: string): Record<string, string | Buffer> {
  const old = [
    `Mar  9 23:59:58 ${host} sshd[1]: ok`,
    `Mar 10 07:00:05 ${host} kernel: [    0.000000] ${banner}`,
  ];
  const first = Array.from(
    { length: 3 },
    (_, i) => `Mar 10 11:00:0${i} ${host} kernel: [14400.${i}00000] ${drop}`,
  );
  const later = [
    `Mar 10 11:00:06 ${host} kernel: [14406.000000] net_ratelimit: 9 callbacks suppressed`,
    ...Array.from({ length: 7 }, (_, i) => `Mar 10 11:00:06 ${host} kernel: [14406.00000${i + 1}] ${drop}`),
    `Mar 10 11:59:00 ${host} CRON[7]: (root) CMD (true)`,
  ];
  const text = (lines: readonly string[]) => `${lines.join("\n")}\n`;
  const kernel = (lines: readonly string[]) =>
    text(lines.flatMap((line) => /kernel: (.*)$/.exec(line)?.[1] ?? []));
  return {
    [`${root}/version.txt`]: "sosreport: 4.3\n",
    [`${root}/var/log/messages.1.gz`]: gzipSync(text([...old, ...first])),
    [`${root}/var/log/messages`]: text(later),
    [`${root}/sos_commands/kernel/dmesg`]: kernel([...old, ...first, ...later]),
    [`${root}/sos_commands/kernel/sysctl_-a`]:
      "net.netfilter.nf_conntrack_max = 2048\nnet.netfilter.nf_conntrack_count = 2047\nnet.netfilter.nf_conntrack_buckets = 512\n",
    [`${root}/sos_commands/conntrack/conntrack_-S`]:
      "cpu=0   \tfound=0 invalid=0 insert=0 insert_failed=0 drop=22 early_drop=3 error=0 search_restart=0 \n",
    [`${root}/proc/net/stat/nf_conntrack`]: STAT,
    [`${root}/hostname`]: `${host}\n`,
    [`${root}/sos_commands/general/hostname`]: `${host}\n`,
    [`${root}/sos_commands/general/date`]: "Tue Mar 10 12:00:00 CET 2026\n",
    [`${root}/sos_commands/systemd/timedatectl`]: "       Time zone: Europe/Madrid (CET, +0100)\n",
    [`${root}/etc/sysctl.conf`]: "net.netfilter.nf_conntrack_max = 4096\n",
    [`${root}/etc/passwd`]: "root:x:0:0:root:/root:/bin/sh\n",
  };
}

const hasXz = spawnSync("xz", ["--version"]).status === 0;
if (!hasXz) console.warn("skipped: no xz; the bundle is a tar.gz instead");

function compress(bytes: Buffer): Buffer {
  return hasXz ? spawnSync("xz", ["-c"], { input: bytes, maxBuffer: 1 << 28 }).stdout : gzipSync(bytes);
}

describe("an sosreport", () => {
  it("host, zone, year, boot, limit and counts come out of its own files", async () => {
    const path = join(folder, "sosreport-gw1-2026-03-10.tar.xz");
    writeFileSync(path, compress(await tar(bundle("sosreport-gw1-2026-03-10", "gw1"))));
    const result = await made.ingest([path], { processTz: "America/Chicago" });
    expect(result.problems).toBe(0);
    expect(
      made.all(
        "select host, start_time, end_time, drop_lines, drops_reported, limit_value, limit_origin, count_after, witnesses, basis from bursts",
      ),
    ).toEqual([
      {
        host: "gw1",
        start_time: "2026-03-10T10:00:00.000000Z",
        end_time: "2026-03-10T10:00:06.000000Z",
        drop_lines: 10,
        drops_reported: 19,
        limit_value: 2048,
        limit_origin: "sysctl",
        count_after: 2047,
        witnesses: 2,
        basis: "inferred-year+anchored-zone",
      },
    ]);
    const report = reportOf(made.path);
    expect(report.hosts.map((host) => host.host)).toEqual(["gw1"]);
    expect(report.hosts[0]?.mismatches).toMatchObject([
      { key: "nf_conntrack_max", configured: { value: 4096 }, effective: { value: 2048 } },
    ]);
    expect(report.sources.map((source) => source.member).filter((name) => name?.endsWith("passwd"))).toEqual(
      [],
    );
  });
  it("two bundles in one run stay two machines", async () => {
    for (const host of ["gw1", "gw2"]) {
      writeFileSync(
        join(folder, `sosreport-${host}.tar.gz`),
        gzipSync(await tar(bundle(`sosreport-${host}`, host))),
      );
    }
    await made.ingest([folder]);
    expect(made.all("select host, drop_lines, limit_value from bursts order by host")).toEqual([
      { host: "gw1", drop_lines: 10, limit_value: 2048 },
      { host: "gw2", drop_lines: 10, limit_value: 2048 },
    ]);
    expect(
      made.all("select host, count(*) as n from limits where key = 'nf_conntrack_max' group by host"),
    ).toEqual([
      { host: "gw1", n: 2 },
      { host: "gw2", n: 2 },
    ]);
  });
});

describe("many files", () => {
  it("a tree of 1000 files is read whole", async () => {
    for (let i = 0; i < 1000; i++) {
      const day = join(folder, `d${i % 10}`);
      mkdirSync(day, { recursive: true });
      const second = String(i % 60).padStart(2, "0");
      const minute = String(Math.floor(i / 60)).padStart(2, "0");
      writeFileSync(
        join(day, `host${i}.log`),
        `2026-03-10T12:${minute}:${second}+00:00 h${i % 7} kernel: ${drop}\n`,
      );
    }
    const result = await made.ingest([folder]);
    expect(result.sourcesRead).toBe(1000);
    expect(made.one("select sum(amount) from events where kind = 'drop'")).toBe(1000);
    const again = await made.ingest([folder]);
    expect(again).toMatchObject({ sourcesRead: 0, bytesRead: 0 });
  });
  it("a tar of 10,000 members is read in constant memory", async () => {
    const members: Record<string, string> = {};
    for (let i = 0; i < 10_000; i++)
      members[`logs/host${i}.log`] = `[${i}.000001] ${drop}\n${"x".repeat(2000)}\n`;
    const path = join(folder, "all.tar");
    writeFileSync(path, await tar(members));
    const before = process.memoryUsage().rss;
    const result = await made.ingest([path]);
    expect(result.sourcesRead).toBe(10_000);
    expect(made.one("select sum(amount) from events where kind = 'drop'")).toBe(10_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 << 20);
  });
});
