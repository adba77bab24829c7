// One log in rotated pieces and copies: the same rows however often it was rotated, read and copied. What is true of
// each log here is worked out by hand beside it.

import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const folder = freshFolder();
const made = freshDatabase();

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

  it("also when the old piece was deleted, and others have had its name since", async () => {
    const days = [1, 2, 3].map((day) => [iso(day * 86_400, "usb 1-1: new device")]);
    for (const lines of [BURST_OLD, BURST_NEW, ...days]) {
      if (existsSync(at("syslog.1"))) renameSync(at("syslog.1"), at("syslog.2"));
      if (existsSync(at("syslog"))) renameSync(at("syslog"), at("syslog.1"));
      write("syslog", lines);
      await made.ingest([folder]);
      if (lines !== BURST_OLD) expect(bursts()).toEqual([TRUTH]);
    }
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

/** As a syslogd without kernel stamps writes it, in whole seconds. */
const bsd = (uptimeS: number, text: string) => {
  const stamp = new Date(BOOT_MS + Math.floor(uptimeS) * 1000).toUTCString();
  return `${stamp.slice(8, 11)} ${stamp.slice(5, 7)} ${stamp.slice(17, 25)} fw1 kernel: ${text}\n`;
};
/** As `dmesg -T` prints it. */
const ctime = (uptimeS: number, text: string) => {
  const stamp = new Date(BOOT_MS + Math.floor(uptimeS) * 1000).toUTCString();
  return `[${stamp.slice(0, 3)} ${stamp.slice(8, 11)} ${stamp.slice(5, 7)} ${stamp.slice(17, 25)} 2026] ${text}\n`;
};

/** Eleven drops in two windows, less than ten in each: nothing was held back. */
const ELEVEN = [600.000003, 601.1, 602.2, 603.3, 604.4, 605.5, 620, 621.3, 622.6, 623.9, 625.2];
type Form = (uptimeS: number, text: string) => string;
const eleven = (as: Form) => [
  as(595, "usb 1-1: new high-speed USB device number 2 using xhci_hcd"),
  ...ELEVEN.map((s) => as(s, DROP)),
  as(700, "usb 1-1: USB disconnect, device number 2"),
];
/** A flood: windows of ten lines, each told of by the next one's notice. Seventy lines, and what was held back in six. */
const HELD_BACK = [1488, 1474, 1521, 1497, 1502, 1445];
const flood = (as: Form) => [
  as(595, "usb 1-1: new high-speed USB device number 2 using xhci_hcd"),
  ...Array.from({ length: 7 }, (_, w) => [
    ...(w === 0 ? [] : [as(600 + 5.01 * w, `net_ratelimit: ${HELD_BACK[w - 1]} callbacks suppressed`)]),
    ...Array.from({ length: 10 }, (_, i) => as(600 + 5.01 * w + i / 200, DROP)),
  ]).flat(),
  as(700, "usb 1-1: USB disconnect, device number 2"),
];
/** A window without stamps finer than a second. */
const ten = (uptimeS: number) => Array.from({ length: 10 }, () => bsd(uptimeS, DROP));
const FLOOD = { drop_lines: 70, suppressed: 8927, drops_min: 70, drops_max: null };
const told = () => made.all("select drop_lines, suppressed, drops_min, drops_max from bursts");

describe("copies of one log under the names of a rotation", () => {
  it("are not added: one was copied while it grew, and the other when it had been rotated", async () => {
    const lines = eleven(iso);
    write("kern.log", lines.slice(0, 9));
    write("kern.log.1", lines);
    await made.ingest([folder]);
    expect(told()).toMatchObject([{ drop_lines: 11, drops_min: 11 }]);
    expect(minutes()).toEqual([{ d: 11, n: 0 }]);
    expect(made.one("select sum(amount) from events where kind = 'drop' and speaks")).toBe(11);
  });

  it("are not added where one lacks the beginning, and its first line is another", async () => {
    const lines = flood(iso);
    write("kern.log", [iso(606, "usb 1-1: new device"), ...lines.slice(23)]);
    write("kern.log.1", lines);
    await made.ingest([folder]);
    expect(told()).toEqual([FLOOD]);
  });

  it("are not added where both end in the second that is one of the two they share whole", async () => {
    const lines = [...ten(600), bsd(664, "net_ratelimit: 2 callbacks suppressed"), ...ten(664), ...ten(669)];
    write("kern.log", lines);
    write("kern.log.old", lines.slice(1));
    await made.ingest([folder], { host: "fw1", year: 2026 });
    expect(made.one("select sum(drops_min) from bursts")).toBe(30);
  });

  it("are not added where one is cut within the second that both begin with, and within its last", async () => {
    const lines = [
      ...ten(600),
      ...ten(602),
      ...ten(666),
      bsd(900, "usb 1-1: USB disconnect, device number 2"),
    ];
    write("kern.log", lines);
    write("kern.log-20260314", lines.slice(6, 29));
    await made.ingest([folder], { host: "fw1", year: 2026 });
    expect(made.one("select sum(drops_min) from bursts")).toBe(30);
  });

  for (const [name, as] of [
    ["fine", iso],
    ["whole seconds", bsd],
  ] as const)
    it(`are not added where three of them are longer and longer, stamps: ${name}`, async () => {
      const lines = flood(as);
      // As long as the log was at 613, 622 and 705 seconds; the last have lost their beginning.
      write("messages.3", lines.slice(0, 33));
      write("messages.2", lines.slice(6, 55));
      write("messages.1", lines.slice(1));
      await made.ingest([folder], { host: "fw1", year: 2026 });
      expect(told()).toEqual([FLOOD]);
    });

  it("of a kernel's buffer that wrapped are not added: none of them has all", async () => {
    const lines = eleven(ctime);
    write("dmesg.3", lines.slice(0, 7));
    write("dmesg.2", lines.slice(4, 9));
    write("dmesg.1", lines.slice(5));
    await made.ingest([folder]);
    // The last has seven of eleven, and no most: it begins within the burst.
    expect(told()).toMatchObject([{ drop_lines: 7, drops_min: 7, drops_max: null }]);
  });

  it("have no most where each has what the other lacks", async () => {
    // Fourteen drops in windows of less than ten: twelve are in the one, which ends in a window that was not full.
    const times = [0, 1.3, 2.6, 3.9, 5.2, 6.5, 7.8, 20, 21.3, 22.6, 23.9, 25.2, 26.5, 27.8];
    const all = [
      banner("7.2.0-1-amd64"),
      iso(595, "usb 1-1: new device"),
      ...times.map((s) => iso(600 + s, DROP)),
    ];
    write("kern.log.1", all.slice(0, 14));
    write("kern.log", [...all.slice(12), iso(700, "usb 1-1: USB disconnect, device number 2")]);
    await made.ingest([folder]);
    expect(told()).toEqual([{ drop_lines: 12, suppressed: 0, drops_min: 12, drops_max: null }]);
    // The same the other way round: the later one has more, and its first line is before its first drop.
    made.again();
    write("kern.log.1", all.slice(0, 10));
    write("kern.log", [iso(607, "eth0: link up"), ...all.slice(8), iso(700, "usb 1-1: USB disconnect")]);
    await made.ingest([folder]);
    expect(told()).toEqual([{ drop_lines: 8, suppressed: 0, drops_min: 8, drops_max: null }]);
  });

  it("are told from a log whose clock was set back while it was rotated", async () => {
    // By 20.5 seconds: the new file tells other packets of seconds that the old one told of. 70 and 11, one account.
    const lines = flood(bsd);
    write("messages.1", lines.slice(0, -1));
    write("messages", eleven((s, text) => bsd(s + 10.5, text)).slice(1));
    await made.ingest([folder], { year: 2026 });
    expect(told()).toMatchObject([{ drop_lines: 81, suppressed: 8927, drops_min: 81 }]);
  });

  it("are told from a log whose stamps are no finer than a second, rotated within one", async () => {
    const late = (s: number, text: string) => bsd(s, text).replace("kernel:", "systemd[1]:");
    write("messages.1", [bsd(100, "usb 1-1: new device"), ...[600, 601, 601.1].map((s) => bsd(s, DROP))]);
    write("messages", [
      late(600, "Starting logrotate.service - Rotate log files..."),
      ...[601.2, 601.3, 602].map((s) => bsd(s, DROP)),
      bsd(700, "usb 1-1: USB disconnect, device number 2"),
    ]);
    await made.ingest([folder], { year: 2026 });
    expect(told()).toMatchObject([{ drop_lines: 6, drops_min: 6 }]);
  });
});

/**
 * Three windows of ten lines without kernel stamps; the notices tell of 379 and 271 held back, and seven more lines
 * twenty minutes later come without one: nothing was held back in the third. 30 + 650 packets, and 7.
 */
const untimed = (release: string, as: Form = bsd) => {
  const window = (from: number) => Array.from({ length: 10 }, (_, i) => as(from + i / 200, DROP));
  return {
    before: [as(0, `Linux version ${release} (build@host) #1 SMP`), as(320, "usb 1-1: new device")],
    burst: [
      ...window(600),
      as(605.1, "net_ratelimit: 379 callbacks suppressed"),
      ...window(605.1),
      as(610.2, "net_ratelimit: 271 callbacks suppressed"),
      ...window(610.2),
    ],
    after: [
      ...Array.from({ length: 7 }, (_, i) => as(2000 + i / 10, DROP)),
      as(2100, "usb 1-1: USB disconnect"),
    ],
  };
};

describe("a log without kernel stamps, whose boot is told in its first piece only", () => {
  const pairs = () => made.all("select drop_lines, suppressed, drops_max from bursts order by start_us");

  for (const [kernel, most] of [
    ["7.2.0-1-amd64", [680, 7]],
    // One that does not count every call it refuses: there is no most.
    ["6.1.0-18-amd64", [null, null]],
  ] as const)
    it(`is one account wherever it is cut, kernel ${kernel}`, async () => {
      const { before, burst, after } = untimed(kernel);
      for (const cut of [5, 10, 11, 15, 21, 22, 26]) {
        made.again();
        write("messages.1", [...before, ...burst.slice(0, cut)]);
        write("messages", [...burst.slice(cut), ...after]);
        await made.ingest([folder], { year: 2026 });
        expect({ cut, pairs: pairs() }).toEqual({
          cut,
          pairs: [
            { drop_lines: 30, suppressed: 650, drops_max: most[0] },
            { drop_lines: 7, suppressed: 0, drops_max: most[1] },
          ],
        });
        expect(minutes()).toEqual([{ d: 37, n: 650 }]);
      }
    });

  it("in three pieces, and where a run comes between any two", async () => {
    const { before, burst, after } = untimed("7.2.0-1-amd64");
    const all = [
      { drop_lines: 30, suppressed: 650, drops_max: 680 },
      { drop_lines: 7, suppressed: 0, drops_max: 7 },
    ];
    const pieces = [[...before, ...burst.slice(0, 10)], burst.slice(10, 21), [...burst.slice(21), ...after]];
    for (const piece of pieces) {
      for (const i of [2, 1])
        if (existsSync(at(`messages.${i}`))) renameSync(at(`messages.${i}`), at(`messages.${i + 1}`));
      if (existsSync(at("messages"))) renameSync(at("messages"), at("messages.1"));
      write("messages", piece);
      await made.ingest([folder], { year: 2026 });
    }
    expect(pairs()).toEqual(all);
  });

  // The first notice stands at the beginning of a piece, and nobody knows of which window it tells.
  const unknown = { drop_lines: 30, suppressed: 271, drops_max: null };

  it("but not behind a piece that is missing", async () => {
    const { before, burst, after } = untimed("7.2.0-1-amd64");
    write("messages.5", [...before, ...burst.slice(0, 10)]);
    write("messages.1", [...burst.slice(10), ...after]);
    await made.ingest([folder], { year: 2026 });
    expect(pairs()[0]).toEqual(unknown);
  });

  it("nor where the next piece tells of another boot", async () => {
    const { before, burst, after } = untimed("7.2.0-1-amd64");
    write("messages.1", [...before, ...burst.slice(0, 10)]);
    write("messages", [bsd(604, "Linux version 7.2.0-1-amd64 (b@h) #1 SMP"), ...burst.slice(10), ...after]);
    await made.ingest([folder], { year: 2026 });
    expect(pairs()[0]).toEqual(unknown);
  });
});

describe("a repeat as the first line of a piece", () => {
  const repeat = (s: number, n: number, tag = "") =>
    bsd(s, "").replace(" kernel: ", `${tag} last message repeated ${n} times`);
  const OLD = [bsd(300, "usb 1-1: new high-speed USB device number 2"), bsd(600, DROP)];
  const NEW = [
    bsd(900, "usb 1-1: USB disconnect, device number 2"),
    bsd(1500, DROP),
    bsd(1800, "usb 1-1: new device"),
  ];
  const said = () => made.all("select drop_lines, drops_min, drops_max, bound from bursts order by start_us");
  const problems = () => made.all("select kind, count, path, first_byte_offset from problems");

  it("in one file is the line before: six drops, and one", async () => {
    write("messages", [banner7(), ...OLD, repeat(630, 5), ...NEW]);
    await made.ingest([folder], { year: 2026 });
    expect(said()[0]).toEqual({ drop_lines: 6, drops_min: 6, drops_max: 6, bound: "exact" });
    expect(problems()).toEqual([]);
  });

  for (const runs of [1, 2])
    it(`is told, and what the piece before ends with is not exact, runs: ${runs}`, async () => {
      write(runs === 1 ? "messages.1" : "messages", [banner7(), ...OLD]);
      if (runs === 2) {
        await made.ingest([folder], { year: 2026 });
        renameSync(at("messages"), at("messages.1"));
      }
      write("messages", [repeat(630, 5), ...NEW]);
      await made.ingest([folder], { year: 2026 });
      // At least one of the six.
      expect(said()[0]).toEqual({ drop_lines: 1, drops_min: 1, drops_max: null, bound: "at-least" });
      expect(problems()).toEqual([
        { kind: "unknown-repeat", count: 1, path: at("messages"), first_byte_offset: 0 },
      ]);
    });

  it("takes nothing from a burst where the piece before ends with another line", async () => {
    write("messages.1", [banner7(), ...OLD, bsd(620, "eth0: link up")]);
    write("messages", [repeat(630, 5), ...NEW]);
    await made.ingest([folder], { year: 2026 });
    expect(said()).toMatchObject([{ bound: "exact" }, { bound: "exact" }]);
    expect(problems()).toMatchObject([{ kind: "unknown-repeat" }]);
  });

  it("is no problem where it says what it repeats, or is a program's", async () => {
    write("messages.1", [banner7(), ...OLD]);
    write("messages", [bsd(630, `message repeated 5 times: [ ${DROP}]`), ...NEW]);
    write("daemon.log", [repeat(630, 5, " sshd[311]:"), ...NEW]);
    await made.ingest([folder], { year: 2026 });
    expect(said()[0]).toMatchObject({ drop_lines: 6, drops_max: 6 });
    expect(problems()).toEqual([]);
  });
});

function banner7(): string {
  return bsd(0, "Linux version 7.2.0-1-amd64 (build@host) #1 SMP");
}
