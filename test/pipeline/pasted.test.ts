// Excerpts as people paste them, and facts that only the whole pipeline can get right.

import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const folder = freshFolder();
const made = freshDatabase();
const path = join(folder, "pasted.log");

async function read(text: string, mtime?: Date): Promise<void> {
  writeFileSync(path, text);
  if (mtime !== undefined) utimesSync(path, mtime, mtime);
  await made.ingest([path]);
}
const drops = () => made.one("select coalesce(sum(amount), 0) from events where kind = 'drop'");
const line =
  "Mar  3 09:12:00 gw1 kernel: [  512.000000] nf_conntrack: nf_conntrack: table full, dropping packet";

describe("a line broken in two counts once, under the header's own time", () => {
  for (const column of [43, 44, 50, 56, 62, 70, 72, 76, 80, 90, 95]) {
    it(`broken after ${column} characters`, async () => {
      await read(`${line.slice(0, column)}\n${line.slice(column)}\n`, new Date("2026-03-04T00:00:00Z"));
      expect(drops()).toBe(1);
      expect(made.one("select time from events")).toBe("2026-03-03T09:12:00.000000Z");
    });
  }
  it("with a blank line between the halves", async () => {
    await read(`${line.slice(0, 80)}\n\n${line.slice(80)}\n`);
    expect(drops()).toBe(1);
  });
  it("one that nothing completes is told", async () => {
    await read(`${line.slice(0, 85)}\nMar  3 09:12:01 gw1 sshd[1]: ok\n`);
    expect(drops()).toBe(0);
    expect(made.all("select kind, count from problems")).toEqual([{ kind: "cut-line", count: 1 }]);
  });
});

describe("what mail encoded and did not decode", () => {
  it("is no part of a line", async () => {
    await read(
      "[=C2=A0 115.670205] nf_conntrack: table full, dropping packet=20\n" +
        "[=C2=A0 120.670205] net_ratelimit: 10 callbacks suppressed=0A=\n" +
        "** 143 printk messages dropped **=0A=\n" +
        "[=C2=A0 121.670205] nf_conntrack: table full, dropping=20\npacket\n",
    );
    expect(made.all("select kind, amount, uptime_us from events order by event_id")).toEqual([
      { kind: "drop", amount: 1, uptime_us: 115_670_205 },
      { kind: "suppression", amount: 10, uptime_us: 120_670_205 },
      { kind: "loss", amount: 143, uptime_us: null },
      { kind: "drop", amount: 1, uptime_us: 121_670_205 },
    ]);
  });
});

describe("a line that a pager cut", () => {
  // No other message goes on behind these words.
  it.each(["packe>", "pac\u2026", "pac...", ""])(
    "behind its telling words is counted: dropping %s",
    async (end) => {
      await read(`Mar  3 09:12:00 gw1 kernel: nf_conntrack: table full, dropping ${end}\n`);
      expect(made.all("select kind, amount from events")).toEqual([{ kind: "drop", amount: 1 }]);
      expect(made.one("select count(*) from problems")).toBe(0);
    },
  );
  it.each(["droppi>", "dr\u2026", "..."])("ahead of them is told: %s", async (end) => {
    await read(`Mar  3 09:12:00 gw1 kernel: nf_conntrack: table full, ${end}\n`);
    expect(drops()).toBe(0);
    expect(made.all("select kind, count from problems")).toEqual([{ kind: "cut-line", count: 1 }]);
  });
});

describe("the notice of another limiter, broken in two", () => {
  it.each(["gmc_irq:\n> 6 callbacks suppressed", "gmc_irq: 6\n> callbacks suppressed"])(
    "%s",
    async (text) => {
      await read(
        `> 2024-06-06T10:26:40.747576+08:00 kernel: ${text}\n> 2024-06-06T10:26:41+08:00 kernel: x_y:\n`,
      );
      expect(made.all("select kind, amount, time from events")).toEqual([
        { kind: "suppression_other", amount: 6, time: "2024-06-06T02:26:40.747576Z" },
      ]);
      expect(made.one("select count(*) from problems")).toBe(0);
    },
  );
});

describe("a notice that breaks off behind its number", () => {
  it("is told once, whether or not the next line ends it", async () => {
    await read(
      "kernel: net_ratelimit: 321 callbacks suppre\nssed\n" +
        "Mar  3 09:12:01 gw1 kernel: net_ratelimit: 12\n" +
        "Mar  3 09:12:02 gw1 kernel: __ratelimit: 15812 callbacks suppresse\n",
    );
    expect(made.all("select kind, amount from events order by event_id")).toEqual([
      { kind: "suppression", amount: 321 },
      { kind: "suppression", amount: 15_812 },
    ]);
    expect(made.all("select kind, count from problems")).toEqual([{ kind: "cut-line", count: 1 }]);
  });
});

describe("lines glued onto one line", () => {
  const glued =
    "[1737157.057528] nf_conntrack: table full, dropping packet. [1737157.160357] nf_conntrack: table full, dropping packet [1737162.214084] __ratelimit: 83 callbacks suppressed";
  // Of their bytes: the first is 59 long, a blank, the second 58, a blank, the third the rest.
  const events = [
    { kind: "drop", amount: 1, uptime_us: 1_737_157_057_528, byte_offset: 0, byte_length: 59 },
    { kind: "drop", amount: 1, uptime_us: 1_737_157_160_357, byte_offset: 60, byte_length: 58 },
    { kind: "suppression", amount: 83, uptime_us: 1_737_162_214_084, byte_offset: 119, byte_length: 53 },
  ];
  const asked = "select kind, amount, uptime_us, byte_offset, byte_length from events order by event_id";
  it("are an event each, which cites its own bytes", async () => {
    await read(`${glued}\n`);
    expect(made.all(asked)).toEqual(events);
    expect(made.all("select text from events order by event_id")).toEqual(
      events.map(({ byte_offset, byte_length }) => ({
        text: glued.slice(byte_offset, byte_offset + byte_length),
      })),
    );
  });
  it("also in a large log, where equal lines share a row", async () => {
    await read(`${glued}\n${glued}\n${"Mar  3 09:12:00 gw1 app[1]: ok\n".repeat(40_000)}`);
    expect(made.all(asked)).toEqual([
      ...events,
      ...events.map((one) => ({ ...one, byte_offset: one.byte_offset + glued.length + 1 })),
    ]);
  });
  it("without a blank between them, under headers", async () => {
    const one = "Mar  3 09:12:01 gw1 kernel: nf_conntrack: table full, dropping packet";
    await read(`${one}${one}\n${one} ${one}\n`);
    expect(drops()).toBe(4);
  });
  it.each([
    ["[Wed Mar  3 09:12:01 2021] ", "[Wed Mar  3 09:12:02 2021] "],
    ["[sze m\u00e1rc  3 09:12:01 2021] ", "[sze m\u00e1rc  3 09:12:02 2021] "],
    [
      "[\u0441\u0440 \u043c\u0430\u0440  3 09:12:01 2021] ",
      "[\u0441\u0440 \u043c\u0430\u0440  3 09:12:02 2021] ",
    ],
    ["2021-03-03T09:12:01+00:00 gw1 kernel: ", "2021-03-03T09:12:02+00:00 gw1 kernel: "],
    ["Mar 3 09:12:01 gw1 kernel: ", "Mar 3 09:12:02 gw1 kernel: "],
  ])("under stamps such as %s", async (first, second) => {
    const full = "nf_conntrack: table full, dropping packet";
    await read(`${first}net_ratelimit: 59 callbacks suppressed ${first}${full}. ${second}${full}\n`);
    expect(made.all("select kind, sum(amount) as n from events group by kind order by kind")).toEqual([
      { kind: "drop", n: 2 },
      { kind: "suppression", n: 59 },
    ]);
  });
  it("whose dates were cut off", async () => {
    const full = "ip_conntrack: table full, dropping packet.";
    await read(`kernel: ${full} kernel: printk: 3 messages suppressed. kernel: ${full}\n`);
    expect(made.all("select kind, amount from events order by event_id")).toEqual([
      { kind: "drop", amount: 1 },
      { kind: "suppression", amount: 3 },
      { kind: "drop", amount: 1 },
    ]);
  });
  it("behind another line of the same limiter", async () => {
    const [at, wait] = ["Jan 29 15:47:09 web1 kernel:", "TCP: time wait bucket table overflow"];
    const notice = "__ratelimit: 5 callbacks suppressed";
    await read(`${at} ${notice} ${at} ${wait} ${at} ${wait} ${at} ${notice} ${at} ${wait}\n`);
    expect(made.one("select sum(amount) from events where kind = 'suppression'")).toBe(10);
  });
  it("behind what a console lost, which is told as well", async () => {
    await read("** 34 printk messages dropped ** [    2.345678] nf_conntrack: table full, dropping packet\n");
    expect(made.all("select kind, amount, uptime_us from events order by event_id")).toEqual([
      { kind: "loss", amount: 34, uptime_us: null },
      { kind: "drop", amount: 1, uptime_us: 2_345_678 },
    ]);
  });
  it("are none where prose quotes them, or another program does", async () => {
    const undated = "kernel: nf_conntrack: table full, dropping packet.";
    for (const lines of [glued, `${undated} ${undated}`]) {
      await read(`it says ${lines}\nMar  3 09:12:01 gw1 app[7]: ${lines}\n`);
      expect(drops()).toBe(0);
    }
  });
});

describe("lines that are missing are events", () => {
  it.each([
    ["systemd-journald[381]: /dev/kmsg buffer overrun, some messages lost.", null],
    ["Mar  1 10:00:00 gw1 systemd-journald[381]: /dev/kmsg buffer overrun, some messages lost.", null],
    [
      "Mar  1 10:00:00 gw1 kernel: systemd-journald[123]: /dev/kmsg buffer overrun, some messages lost.",
      null,
    ],
    ["[   12.345678] systemd-journald[123]: /dev/kmsg buffer overrun, some messages lost.", null],
    ["Mar  1 10:00:00 gw1 systemd-journald[381]: Forwarding to syslog missed 8 messages.", 8],
    ["Nov 11 10:00:00 barbados journal: Suppressed 9668 messages from /user.slice/user-0.slice", 9668],
    ["rsyslogd[1167]: imjournal from <gw1:nova>: begin to drop messages due to rate-limiting", null],
    [
      "2026 May 14 05:41:28.000183 gold210 INFO syncd#rsyslogd: imuxsock[pid: 51, name: /usr/bin/syncd]: 48814808 messages lost due to rate-limiting (20000 allowed within 300 seconds)",
      48_814_808,
    ],
  ])("%s", async (text, amount) => {
    await read(`${text}\n`);
    expect(made.all("select kind, amount from events")).toEqual([{ kind: "loss", amount }]);
  });
});

describe("a repeat that syslog-ng spelt in its old way", () => {
  it.each(["rhino", "rhino kernel:"])("behind %s", async (head) => {
    await read(
      "Feb 18 23:05:50 rhino kernel: ip_conntrack: table full, dropping packet.\n" +
        `Feb 18 23:05:52 ${head} Last message 'ip_conntrack: table ' repeated 3 times, supressed by syslog-ng on rhino\n`,
    );
    expect(made.all("select amount, host from events order by event_id")).toEqual([
      { amount: 1, host: "rhino" },
      { amount: 3, host: "rhino" },
    ]);
  });
  it.each([
    ["kernel: ip_conntrack", 4],
    ["kernel: eth0: link u", 1],
  ])("that quotes the tag, too: %s", async (start, count) => {
    await read(
      "Feb 18 23:05:50 rhino kernel: ip_conntrack: table full, dropping packet.\n" +
        `Feb 18 23:05:52 rhino syslog-ng[7]: Last message '${start}' repeated 3 times, supressed by syslog-ng on rhino\n`,
    );
    expect(drops()).toBe(count);
  });
});

describe("a date that was cut off", () => {
  it("leaves host, uptime and message", async () => {
    await read(
      "obs kernel: [38775494.392631] nf_conntrack: table full, dropping packet\n" +
        "16:44:36 obs kernel: [38775494.393661] nf_conntrack: table full, dropping packet\n" +
        "** kernel: __ratelimit: 2291 callbacks suppressed\n",
    );
    expect(made.all("select kind, amount, time, host from events order by event_id")).toEqual([
      { kind: "drop", amount: 1, time: null, host: "obs" },
      { kind: "drop", amount: 1, time: null, host: "obs" },
      { kind: "suppression", amount: 2291, time: null, host: "obs" },
    ]);
  });
  it("makes no drop of a heading, of prose, or of another program's line", async () => {
    const full = "nf_conntrack: table full, dropping packet";
    await read(
      [
        `Linux kernel: ${full}`,
        `The kernel: ${full}`,
        `obs app: kernel: ${full}`,
        `I saw kernel: ${full}`,
        `'obs kernel: ${full}'`,
        `obs kernel: ${full} again and again`,
        `12:00:00 obs app[7]: kernel: ${full}`,
      ].join("\n"),
    );
    expect(drops()).toBe(0);
  });
});

describe("Markdown's escapes", () => {
  it("are no part of a log, of names or of values", async () => {
    await read(
      [
        String.raw`Mar  3 09:12:00 gw1 kernel: \[  512.000000\] \_\_ratelimit: 17 callbacks suppressed`,
        String.raw`Mar  3 09:12:00 gw1 kernel: \[  512.000001\] nf\_conntrack: table full, dropping packet`,
        String.raw`\[Tue Mar  3 09:12:05 2026\] nf\_conntrack: nf\_conntrack: table full, dropping packet`,
        "",
        String.raw`net.netfilter.nf\_conntrack\_count = 4071`,
        String.raw`net.netfilter.nf\_conntrack\_max = 4096`,
      ].join("\n"),
      new Date("2026-03-04T00:00:00Z"),
    );
    expect(made.all("select kind, amount, uptime_us, time from events order by event_id")).toEqual([
      { kind: "suppression", amount: 17, uptime_us: 512_000_000, time: "2026-03-03T09:12:00.000000Z" },
      { kind: "drop", amount: 1, uptime_us: 512_000_001, time: "2026-03-03T09:12:00.000000Z" },
      { kind: "drop", amount: 1, uptime_us: null, time: "2026-03-03T09:12:05.000000Z" },
    ]);
    expect(made.one("select entries from counts")).toBe(4071);
    expect(made.one("select value from limits where key = 'nf_conntrack_max'")).toBe(4096);
  });
});

describe("the year of 29 February", () => {
  it("is a leap year, however young the file is", async () => {
    await read(
      "Feb 29 09:12:01 gw1 kernel: nf_conntrack: table full, dropping packet\n" +
        "Mar  1 09:12:01 gw1 kernel: nf_conntrack: table full, dropping packet\n",
      new Date("2026-03-04T00:00:00Z"),
    );
    expect(made.all("select time from events order by at_us")).toEqual([
      { time: "2024-02-29T09:12:01.000000Z" },
      { time: "2024-03-01T09:12:01.000000Z" },
    ]);
  });
});

describe("what a log begins with", () => {
  it("a kernel's first line proves that no drop came before it", async () => {
    const drop = (us: string) => `[  100.${us}] nf_conntrack: nf_conntrack: table full, dropping packet\n`;
    await read(
      `[    0.000000] Linux version 7.2.0-amd64 (x) #1 SMP\n${drop("000000")}${drop("000001")}${drop("000002")}`,
    );
    expect(made.all("select drops_min, drops_max, bound from bursts")).toEqual([
      { drops_min: 3, drops_max: 3, bound: "exact" },
    ]);
  });
});

describe("a banner broken in two has its header's time and host", () => {
  const mtime = new Date("2005-11-01T00:00:00Z");
  it.each([
    "Oct 15 15:41:23 penelope kernel: ip_conntrack version 2.1 (6656  \nbuckets, 53248 max) - 296 bytes per conntrack\n",
    "Oct 15 15:41:23 penelope kernel: ip_conntrack version 2.1 (6656 buckets,\n53248 max) - 296 bytes per\nconntrack\n",
    "Oct 15 15:41:23 penelope kernel: ip_conntrack version 2.1 (6656 buckets, 532=\n48 max)\n",
    "> Oct 15 15:41:23 penelope kernel: ip_conntrack version 2.1 (6656\n> buckets, 53248 max)\n",
  ])("%j", async (text) => {
    await read(text, mtime);
    const limits = made.all("select host, key, value, since_time from limits where key = 'nf_conntrack_max'");
    const since_time = "2005-10-15T15:41:23.000000Z";
    expect(limits).toEqual([{ host: "penelope", key: "nf_conntrack_max", value: 53248, since_time }]);
  });
  it("and its uptime", async () => {
    await read(
      "[    3.103090] nf_conntrack version 0.5.0 (16386\nbuckets, 65538 max)\n" +
        "[    4.103090] rtc_cmos 00:01: setting system clock to 2026-03-11T08:14:32 UTC (1773216872)\n",
    );
    // A second before the clock was set.
    expect(made.all("select value, since_time from limits where key = 'nf_conntrack_max'")).toEqual([
      { value: 65538, since_time: "2026-03-11T08:14:31.000000Z" },
    ]);
  });
});

describe("what k3s sets is a limit from then on", () => {
  const told = `time="2022-03-21T16:31:52Z" level=info msg="Set sysctl 'net/netfilter/nf_conntrack_max' to 196608"`;
  it.each([
    ["", "unknown"],
    ["Mar 21 16:31:52 node1 k3s[10836]: ", "node1"],
  ])("behind %j", async (head, host) => {
    await read(`${head}${told}\n`);
    expect(made.all("select host, value, since_time from limits")).toEqual([
      { host, value: 196608, since_time: "2022-03-21T16:31:52.000000Z" },
    ]);
  });
});

describe("a count and the limits read beside it", () => {
  it("stands against the limit before it was raised", async () => {
    await read(
      "# 2026-04-27 21:52:00 +0200\nnet.netfilter.nf_conntrack_count = 65530\nnet.netfilter.nf_conntrack_max = 65536\n" +
        "root@gw1:~# sysctl -w net.netfilter.nf_conntrack_max=131072\nnet.netfilter.nf_conntrack_max = 131072\n",
    );
    expect(made.all("select entries, limit_value, utilisation from counts")).toEqual([
      { entries: 65530, limit_value: 65536, utilisation: 0.9999 },
    ]);
  });
});

describe("what is no part of a line", () => {
  it("NUL bytes before it and CR behind it are in neither text nor citation", async () => {
    await read(`\0\0\0${line}\r\n`);
    expect(made.all("select byte_offset, byte_length, text from events")).toEqual([
      { byte_offset: 3, byte_length: line.length, text: line },
    ]);
  });
});

describe("a kernel's line without a host beside a program's own log", () => {
  it.each([
    "2021-05-03 11:53:40,123 - util.py[WARNING]: text",
    '2021-05-03T11:53:41Z level=info msg="started"',
    "2021-05-03 11:53:40,123 INFO  [main] Started server",
    "2021-05-03 11:53:41 ERROR Connection timed out",
    "2021-05-04 10:00:01 65531",
    "Mar  1 10:00:00 INFO something happened",
  ])("is of an unknown host: %s", async (own) => {
    await read(`${own}\n[12345.678901] nf_conntrack: table full, dropping packet\n`);
    expect(made.all("select host, uptime_us from events")).toEqual([
      { host: "unknown", uptime_us: 12_345_678_901 },
    ]);
  });
});

describe("coverage", () => {
  it("a daemon that was down leaves a hole, which is not an hour without drops", async () => {
    const origin =
      '[origin software="rsyslogd" swVersion="8.2302.0" x-pid="156" x-info="https://www.rsyslog.com"]';
    await read(
      `2026-03-10T12:00:00+00:00 gw1 sshd[1]: ok\n2026-03-10T12:05:00+00:00 gw1 rsyslogd: ${origin} exiting on signal 15.\n` +
        `2026-03-10T13:05:00+00:00 gw1 rsyslogd: ${origin} start\n2026-03-10T13:10:00+00:00 gw1 sshd[1]: ok\n`,
    );
    expect(made.all("select kind, from_time, to_time, reason from coverage where kind = 'gap'")).toEqual([
      {
        kind: "gap",
        from_time: "2026-03-10T12:05:00.000000Z",
        to_time: "2026-03-10T13:05:00.000000Z",
        reason: "daemon-down",
      },
    ]);
  });
  it("a rotation that is missing is a hole", async () => {
    const drop = (hour: string) =>
      `2026-03-10T${hour}:00:00+00:00 gw1 kernel: nf_conntrack: table full, dropping packet\n`;
    for (const [name, hour] of [
      ["messages.5", "01"],
      ["messages.2", "12"],
      ["messages.1", "18"],
    ] as const) {
      writeFileSync(join(folder, name), drop(hour));
    }
    await made.ingest([folder]);
    expect(made.all("select from_time, to_time, reason from coverage where kind = 'gap'")).toEqual([
      {
        from_time: "2026-03-10T01:00:00.000000Z",
        to_time: "2026-03-10T12:00:00.000000Z",
        reason: "rotation-missing",
      },
    ]);
  });
});

it("no reading is later than the file, where the line of the latest is no event and not the last", async () => {
  const banners = [
    "Jun 27 22:52:32 charlus kernel: ip_conntrack version 2.1 (4095 buckets, ",
    "32760 max) - 292 bytes per conntrack",
    "May 3 11:53:31 cdh-dn03 kernel: nf_conntrack version 0.5.0 (7972 buckets, 31888 max)",
  ];
  for (const last of [
    [],
    ["[Thu Mar 14 19:57:45 2024] nf_conntrack version 0.5.0 (16387 buckets, 65539 max)"],
  ]) {
    made.again();
    await read(`${[...banners, ...last].join("\n")}\n`, new Date("2026-11-22T00:00:00Z"));
    const since = made.all("select distinct since_time from limits where host = 'cdh-dn03'");
    expect(since).toEqual([{ since_time: "2026-05-03T11:53:31.000000Z" }]);
  }
});
