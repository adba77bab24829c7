// Bounds from what a whole folder says: other logs of the same burst, settings, samples, losses, extracts.

import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const folder = freshFolder();
const made = freshDatabase();

const FULL = "nf_conntrack: nf_conntrack: table full, dropping packet";
const DAY_S = Date.UTC(2026, 2, 3) / 1000;
const isoOf = (seconds: number) => new Date((DAY_S + seconds) * 1000).toISOString();
/** A line of the kernel that booted at midnight of 3 March, or at second `bootS`. */
const line = (seconds: number, text = FULL, bootS = 0) =>
  `${isoOf(seconds).slice(0, 23)}Z gw1 kernel: [${(seconds - bootS).toFixed(6).padStart(12)}] ${text}`;
const banner = (release: string, bootS = 0) => line(bootS, `Linux version ${release} (a@b) #1 SMP`, bootS);
const notice = (seconds: number, n: number) => line(seconds, `net_ratelimit: ${n} callbacks suppressed`);
const ended = line(9000, "eth0: link is up");
/** Drop lines a hundredth of a second apart. */
const drops = (seconds: number, count: number) =>
  Array.from({ length: count }, (_, i) => line(seconds + i / 100));

function write(name: string, lines: readonly string[], atS: number | null = null): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${lines.join("\n")}\n`);
  if (atS !== null) utimesSync(path, DAY_S + atS, DAY_S + atS);
}

interface Burst {
  drop_lines: number;
  suppressed: number;
  drops_max: number | null;
  bound: string;
  reasons: string[];
  tail_cap: number | null;
}
async function read(): Promise<Burst[]> {
  await made.ingest([folder], { host: "gw1" });
  const rows = made.all<Omit<Burst, "reasons"> & { bound_reasons: string }>(
    "select drop_lines, suppressed, drops_max, bound, bound_reasons, tail_cap from bursts order by start_us",
  );
  return rows.map(({ bound_reasons, ...row }) => ({
    ...row,
    reasons: bound_reasons.split(",").filter((name) => name !== ""),
  }));
}

describe("several logs of one burst", () => {
  // A kernel that counts all: 10 printed, 40 held back, 10 printed, 60 held back, 3 printed; 123 in all.
  const [first, second, third] = [drops(600, 10), drops(605.1, 10), drops(610.2, 3)];
  const all = [
    ...[banner("7.2.0"), ...first, notice(605.1, 40), ...second],
    ...[notice(610.2, 60), ...third, ended],
  ];

  it("that say the same leave its most alone", async () => {
    write("kern.log", all);
    write("messages", all.slice(0, -3));
    expect(await read()).toMatchObject([{ drop_lines: 23, drops_max: 123, bound: "range" }]);
  });

  it("with notices that the fullest lacks: it has no most", async () => {
    write(
      "kern.log",
      all.filter((text) => !text.includes(" 40 callbacks suppressed")),
    );
    write("messages", [...all.slice(0, 3), ...all.slice(4)]);
    const [burst] = await read();
    expect(burst).toMatchObject({ drop_lines: 23, suppressed: 60, drops_max: null, bound: "at-least" });
    expect(burst?.reasons).toContain("witness-contradicts");
  });

  it("that go on where the fullest ends: it has no most", async () => {
    // The last window of the first log is not used up, so by itself it would be closed: 13 + 40.
    write("kern.log", [banner("7.2.0"), ...first, notice(605.1, 40), ...second.slice(0, 3)]);
    write("messages", [...second.slice(3), notice(610.2, 60), ...third, ended]);
    const [burst] = await read();
    expect(burst).toMatchObject({ drop_lines: 13, drops_max: null });
    expect(burst?.reasons).toContain("witness-contradicts");
  });

  it("of which one tells of lost lines: it has no most", async () => {
    const missed = `${isoOf(607).slice(0, 23)}Z gw1 systemd-journald[312]: Missed 13 kernel messages`;
    write("kern.log", all);
    write("messages", [...all.slice(0, 22), missed, ...all.slice(22)]);
    const [burst] = await read();
    expect(burst).toMatchObject({ drop_lines: 23, drops_max: null });
    expect(burst?.reasons).toContain("lines-lost");
  });

  it("with the lines of its other half: the counter is read around both", async () => {
    // 6.1: 10 printed and 40 held back, then the same again at 640: the counter stands still between them.
    const half = (seconds: number) => [
      ...drops(seconds, 10),
      notice(seconds + 5.1, 40),
      ...drops(seconds + 5.1, 1),
    ];
    write("kern.log", [banner("6.1.0"), ...half(600)]);
    write("messages", [...half(640).slice(0, -1), ended]);
    const counted = Array.from({ length: 100 }, (_, i) => {
      const at = 580 + i;
      return `${(DAY_S + at) * 1000},${at},2000,2048,${at < 600 ? 0 : at < 641 ? 51 : 101},0,0`;
    });
    write("samples.csv", ["epoch_ms,uptime_s,count,max,drop,early_drop,insert_failed", ...counted]);
    expect(await read()).toMatchObject([{ drop_lines: 11, drops_max: 101, bound: "range" }]);
  });
});

describe("the limiter's settings", () => {
  // A whole window printed, and the log goes on: whether the kernel held more back is not told.
  const log = [banner("7.2.0"), ...drops(4000, 10), line(4300, "eth0: link is up")];
  const off = ["net.core.message_cost = 0", "net.core.message_burst = 10"];

  it("read before the burst in the same boot: the limiter was off", async () => {
    write("kern.log", log);
    write("sysctl_-a", off, 3000);
    const [burst] = await read();
    expect(burst).toMatchObject({ drop_lines: 10, drops_max: 10, bound: "exact" });
    expect(burst?.reasons).toEqual(["limiter-disabled"]);
  });

  it.each([
    ["after the burst", "sysctl_-a", 5000],
    ["in an earlier boot", "sysctl_-a", -86400],
    ["as configured only", "etc/sysctl.conf", 3000],
  ])("read %s say nothing of it", async (_, name, atS) => {
    write("kern.log", log);
    write(name, off, atS);
    const [burst] = await read();
    expect(burst).toMatchObject({ drop_lines: 10, drops_max: null, bound: "at-least" });
    expect(burst?.reasons).toEqual(expect.arrayContaining(["open-end", "window-default"]));
  });

  it("a size read after the burst closes no window", async () => {
    write("kern.log", log);
    write("sysctl_-a", ["net.core.message_cost = 5", "net.core.message_burst = 100"], 5000);
    expect(await read()).toMatchObject([{ drops_max: null, bound: "at-least" }]);
  });

  it("a longer window that is only read later keeps the end open", async () => {
    // Nine lines fifty seconds ago and one more: one used-up window where it lasts a minute.
    write("kern.log", [banner("7.2.0"), ...drops(4000, 9), line(4050), line(4300, "eth0: link is up")]);
    write("sysctl_-a", ["net.core.message_cost = 60", "net.core.message_burst = 10"], 5000);
    expect(await read()).toMatchObject([{ drop_lines: 10, drops_max: null, bound: "at-least" }]);
  });
});

describe("the drop counter", () => {
  const HEAD = "epoch_ms,uptime_s,count,max,drop,early_drop,insert_failed,netns";
  const sample = (at: number, uptime: number | string, drop: number, netns = "") =>
    `${(DAY_S + at) * 1000},${uptime},2000,2048,${drop},0,0,${netns}`;
  // A limiter that does not count all: only the counter gives a most.
  const log = [banner("6.1.0"), ...drops(4000, 10)];
  const later = (bootS: number) => [banner("6.1.0", bootS), line(bootS + 20, "eth0: link is up", bootS)];
  const burstOf = async () => (await read())[0];

  it("is a most between two samples of one boot", async () => {
    write("kern.log", [...log, ended]);
    write("samples.csv", [HEAD, sample(3900, 3900, 0), sample(4200, 4200, 16), sample(4500, 4500, 16)]);
    expect(await burstOf()).toMatchObject({ drop_lines: 10, drops_max: 16 });
  });

  it("is none where the log tells of a boot between them", async () => {
    write("kern.log", [...log, ...later(4120)]);
    write("samples.csv", [HEAD, sample(3900, "", 0), sample(4200, "", 16), sample(4500, "", 16)]);
    const burst = await burstOf();
    expect(burst).toMatchObject({ drop_lines: 10, drops_max: null, bound: "at-least" });
    expect(burst?.reasons).toContain("counter-reset");
  });

  it.each([
    ["goes back", 3900, 80],
    ["stands lower than the time that went by", 90, 150],
  ])("is none where the uptime of the samples %s", async (_, before, after) => {
    write("kern.log", log);
    write("samples.csv", [
      HEAD,
      sample(3900, before, 0),
      sample(4200, after, 16),
      sample(4500, after + 300, 16),
    ]);
    const burst = await burstOf();
    expect(burst).toMatchObject({ drop_lines: 10, drops_max: null });
    expect(burst?.reasons).toContain("counter-reset");
  });

  it.each([
    ["moved", 600, null],
    ["stood still", 0, 16],
  ])("of another namespace that %s", async (_, drop, most) => {
    write("kern.log", [...log, ended]);
    const both = (at: number, own: number, other: number) => [
      sample(at, at, own),
      sample(at, at, other, "lan1"),
    ];
    write("samples.csv", [HEAD, ...both(3900, 0, 0), ...both(4200, 16, drop), ...both(4500, 16, drop)]);
    const burst = await burstOf();
    expect(burst).toMatchObject({ drop_lines: 10, drops_max: most });
    expect(burst?.reasons.includes("counter-other-namespace")).toBe(most === null);
  });
});

describe("the cap of an open end", () => {
  it("is none where no earlier window told a count", async () => {
    write("kern.log", [banner("7.2.0"), ...drops(4000, 10)]);
    expect(await read()).toMatchObject([{ drops_max: null, tail_cap: null }]);
  });

  it("is the largest that an earlier window told", async () => {
    write("kern.log", [
      banner("7.2.0"),
      ...drops(600, 10),
      notice(700, 7),
      ...drops(700, 2),
      ...drops(4000, 10),
    ]);
    expect((await read()).at(-1)).toMatchObject({ drops_max: null, tail_cap: 7 });
  });
});

describe("lines that a log says it lost", () => {
  // 7.2 counts all: by the lines that are left, 10 + 40 + 10 + 60 + 3, and the next window is closed.
  const before = [banner("7.2.0"), ...drops(600, 10), notice(605.1, 40), ...drops(605.1, 10)];
  const behind = [notice(630.2, 60), ...drops(630.2, 3), ended];
  const bare = (text: string) => text.slice(text.indexOf("["));
  const overwritten = `${isoOf(615).slice(0, 23)}Z gw1 rsyslogd: imkmsg: some messages in circular buffer got overwritten`;
  const dropped = "** 34 printk messages dropped **";

  it.each([
    ["rsyslog of the ring buffer", "kern.log", [...before, `${overwritten} [v8.2302.0]`, ...behind]],
    ["a console", "console.log", [...before.map(bare), dropped, ...behind.map(bare)]],
  ])("by %s", async (_, name, lines) => {
    write(name, lines);
    const [burst] = await read();
    expect(burst).toMatchObject({ drop_lines: 23, drops_max: null, bound: "at-least" });
    expect(burst?.reasons).toContain("lines-lost");
  });

  it("elsewhere touches no burst", async () => {
    write("console.log", [
      ...before.map(bare),
      ...behind.map(bare),
      bare(line(9100)),
      bare(line(9101)),
      dropped,
    ]);
    expect((await read())[0]).toMatchObject({ drop_lines: 23, drops_max: 123 });
  });
});

describe("an extract", () => {
  it("of a flood, without its notices, has no most", async () => {
    // Three used-up windows, each 5 s behind the other: 40 and 60 held back are told in the whole log alone.
    write("out.txt", [
      banner("7.2.0"),
      ...drops(600, 1),
      ...drops(3000, 10),
      ...drops(3005.1, 10),
      ...drops(3010.2, 3),
      ...drops(9000, 1),
    ]);
    const bursts = await read();
    expect(bursts[1]).toMatchObject({ drop_lines: 23, drops_max: null, bound: "at-least" });
    expect(bursts[1]?.reasons).toContain("notices-missing");
    expect(bursts[2]).toMatchObject({ drop_lines: 1 });
    expect(bursts[2]?.reasons).not.toContain("notices-missing");
  });

  it("with few lines keeps what they show", async () => {
    write("kern.log", [banner("7.2.0"), ...drops(3000, 10), ...drops(3005.1, 3), ended]);
    expect(await read()).toMatchObject([{ drop_lines: 13, drops_max: 13, bound: "exact" }]);
  });
});
