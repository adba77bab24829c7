// Full dates among the lines of a source, and the years that stamps without one get by them.

import { appendFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mergeInto, parsed } from "../merge/rows.ts";
import { makeDatabase } from "../support/database.ts";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const DROP = "h kernel: nf_conntrack: table full, dropping packet";
const COPIED = new Date("2026-11-22T00:00:00Z");

const folder = freshFolder();
const made = freshDatabase();
const path = join(folder, "excerpt.log");

async function read(lines: readonly string[], options = {}, at = path): Promise<void> {
  writeFileSync(at, lines.map((line) => `${line}\n`).join(""));
  utimesSync(at, COPIED, COPIED);
  await made.ingest([at], options);
}
const times = () =>
  made
    .all<{ time: string }>("select time from events where kind = 'drop' order by byte_offset")
    .map(({ time }) => time.slice(0, 19));
const year = () => made.all("select first_year, year_basis from sources");

describe("the header of a journal's lines", () => {
  it("dates them, restarts between them or not", async () => {
    await read([
      "-- Logs begin at Mon 2018-04-30 09:12:13 CEST, end at Tue 2018-05-08 10:00:00 CEST. --",
      `May 03 11:53:31 ${DROP}`,
      "-- Reboot --",
      `May 04 11:53:31 ${DROP}`,
    ]);
    expect(times()).toEqual(["2018-05-03T11:53:31", "2018-05-04T11:53:31"]);
    expect(year()).toEqual([{ first_year: 2018, year_basis: "line-date" }]);
    expect(made.all("select distinct basis from events")).toEqual([{ basis: "inferred-year+assumed-zone" }]);
  });

  it("as systemd 247 writes it, behind the command that was typed", async () => {
    await read([
      "$ journalctl -k | grep conntrack",
      "-- Journal begins at Mon 2021-04-26 12:00:00 UTC, ends at Tue 2021-05-04 12:00:00 UTC. --",
      `May 03 11:53:31 ${DROP}`,
    ]);
    expect(times()).toEqual(["2021-05-03T11:53:31"]);
  });

  it("of two journals, each dates its own", async () => {
    await read([
      "-- Logs begin at Mon 2018-04-30 09:12:13 CEST, end at Tue 2018-05-08 10:00:00 CEST. --",
      `May 03 11:53:31 ${DROP}`,
      "-- Logs begin at Sun 2020-11-01 00:00:00 CET, end at Mon 2021-02-01 00:00:00 CET. --",
      `Dec 31 23:00:00 ${DROP}`,
      `Jan 01 01:00:00 ${DROP}`,
    ]);
    expect(times()).toEqual(["2018-05-03T11:53:31", "2020-12-31T23:00:00", "2021-01-01T01:00:00"]);
  });

  it("of years says the latest that they can be of", async () => {
    await read([
      "-- Logs begin at Fri 2016-06-03 09:12:13 CEST, end at Tue 2018-05-08 10:00:00 CEST. --",
      `Nov 20 11:53:31 ${DROP}`,
      `Nov 21 11:53:31 ${DROP}`,
    ]);
    expect(times()).toEqual(["2017-11-20T11:53:31", "2017-11-21T11:53:31"]);
    expect(year()).toEqual([{ first_year: 2017, year_basis: "journal-end" }]);
  });

  it("without an end says the least, and the file's time which", async () => {
    await read(["-- Logs begin at Mon 2018-04-30 09:12:13 CEST. --", `May 03 11:53:31 ${DROP}`]);
    expect(times()).toEqual(["2026-05-03T11:53:31"]);
  });

  it("without an end, read from a copy that is older", async () => {
    writeFileSync(path, `-- Logs begin at Mon 2018-04-30 09:12:13 CEST. --\nMay 03 11:53:31 ${DROP}\n`);
    utimesSync(path, new Date("2017-01-05T00:00:00Z"), new Date("2017-01-05T00:00:00Z"));
    await made.ingest([path]);
    expect(times()).toEqual(["2018-05-03T11:53:31"]);
    expect(year()).toEqual([{ first_year: 2018, year_basis: "journal-begin" }]);
  });

  it("yields to --year, which is told", async () => {
    await read(
      [
        "-- Logs begin at Mon 2018-04-30 09:12:13 CEST, end at Tue 2018-05-08 10:00:00 CEST. --",
        `May 03 11:53:31 ${DROP}`,
      ],
      { year: 2019 },
    );
    expect(times()).toEqual(["2019-05-03T11:53:31"]);
    expect(made.all("select kind, message from problems")).toEqual([
      { kind: "option-contradicts", message: "a full date beside its lines says 2018" },
    ]);
  });

  it("of a line that quotes one is none", async () => {
    await read([
      `May 03 11:53:30 h logger: -- Logs begin at Mon 2018-04-30 09:12:13 CEST, end at Tue 2018-05-08 10:00:00 CEST. --`,
      `May 03 11:53:31 ${DROP}`,
    ]);
    expect(times()).toEqual(["2026-05-03T11:53:31"]);
  });
});

describe("lines with full dates among others", () => {
  const wanted = ["2021-05-03T11:53:31"];
  const line = `May 03 11:53:31 ${DROP}`;
  for (const [name, lines] of [
    ["of the same log, behind them", [line, "2021-05-03T11:53:41.000000+00:00 h sshd[1]: hi"]],
    ["of the same log, before them", ["2021-05-03T11:53:21.000000+00:00 h sshd[1]: hi", line]],
    ["of dmesg -T", [line, "[Mon May  3 11:53:32 2021] eth0: link up"]],
    ["that date(1) gave, before them", ["$ date", "Tue May  4 10:00:00 UTC 2021", line]],
    ["that date(1) gave, behind them", [line, "$ date", "Tue 04 May 2021 10:00:00 AM UTC"]],
  ] as const) {
    it(`${name}`, async () => {
      await read(lines);
      expect(times()).toEqual(wanted);
      expect(year()).toEqual([{ first_year: 2021, year_basis: "line-date" }]);
    });
  }

  it("date a limit told by kube-proxy", async () => {
    await read([
      "[Tue Nov 20 22:30:22 2018] nf_conntrack: table full, dropping packet",
      "I1120 15:18:19.757786 26448 conntrack.go:52] Setting nf_conntrack_max to 786432",
    ]);
    expect(made.all("select since_time, value from limits")).toEqual([
      { since_time: "2018-11-20T15:18:19.757786Z", value: 786432 },
    ]);
  });

  it("of machines of other years date what stands beside them", async () => {
    await read([
      `May 03 11:53:31 ${DROP}`,
      "2021-05-03T11:53:41.000000+00:00 h sshd[1]: hi",
      "[Tue Nov 20 22:30:22 2018] eth0: link up",
      `Nov 20 22:30:30 ${DROP}`,
    ]);
    expect(times()).toEqual(["2021-05-03T11:53:31", "2018-11-20T22:30:30"]);
  });

  it("do not date a line of another season", async () => {
    await read([`May 03 11:53:31 ${DROP}`, "[Thu Mar 14 19:57:45 2019] eth0: link up"]);
    expect(times()).toEqual(["2026-05-03T11:53:31"]);
    expect(year()).toEqual([{ first_year: 2026, year_basis: "mtime" }]);
  });

  it("come before the date of a rotated name", async () => {
    const dated = join(folder, "messages-20260401");
    await read([line, "2021-05-03T11:53:41.000000+00:00 h sshd[1]: hi"], {}, dated);
    expect(times()).toEqual(wanted);
  });

  it("come behind a line that tells the instant of its own stamp", async () => {
    await read([
      "May 03 11:53:30 h kernel: [    1.500000] rtc_cmos 00:01: setting system clock to 2020-05-03 11:53:30 UTC (1588506810)",
      line,
      "2021-05-03T11:53:41.000000+00:00 h sshd[1]: hi",
    ]);
    expect(times()).toEqual(["2020-05-03T11:53:31"]);
    expect(year()).toEqual([{ first_year: 2020, year_basis: "full-date" }]);
  });

  it("yield to --year, which is told", async () => {
    await read([line, "2021-05-03T11:53:41.000000+00:00 h sshd[1]: hi"], { year: 2024 });
    expect(times()).toEqual(["2024-05-03T11:53:31"]);
    expect(made.all("select kind, message from problems")).toEqual([
      { kind: "option-contradicts", message: "a full date beside its lines says 2021" },
    ]);
  });
});

/** Lines of the hour from `May 03 10:00:00` on, some 1.3 MiB of them, with a drop now and then. */
function longLog(): string[] {
  return Array.from({ length: 18_000 }, (_, i) => {
    const at = new Date(Date.UTC(2020, 4, 3, 10) + i * 200).toISOString().slice(11, 19);
    return i % 500 === 0
      ? `May 03 ${at} ${DROP}`
      : `May 03 ${at} h sshd[${i}]: Connection closed by 192.0.2.7 port ${i}`;
  });
}
const ROWS = [
  "select byte_offset, time, basis, kind, text from events order by byte_offset",
  "select first_year, year_basis, first_time, last_time, events from sources",
];

async function inTwoPieces(lines: readonly string[], cut: number): Promise<void> {
  const text = (some: readonly string[]) => some.map((line) => `${line}\n`).join("");
  writeFileSync(path, text(lines.slice(0, cut)));
  utimesSync(path, COPIED, COPIED);
  await made.ingest([path]);
  appendFileSync(path, text(lines.slice(cut)));
  utimesSync(path, COPIED, COPIED);
  await made.ingest([path]);
  const whole = makeDatabase();
  await whole.ingest([path]);
  expect(ROWS.map((sql) => made.all(sql))).toEqual(ROWS.map((sql) => whole.all(sql)));
  whole.remove();
}

describe("a log that has grown has the rows of one that was read at once", () => {
  it("where a journal's header stands at its head", async () => {
    const header = "-- Logs begin at Mon 2018-04-30 09:12:13 CEST, end at Tue 2018-05-08 10:00:00 CEST. --";
    await inTwoPieces([header, ...longLog()], 17_990);
    expect(times()[0]).toBe("2018-05-03T10:00:00");
    expect(times().at(-1)).toBe("2018-05-03T10:58:20");
  });
  it("where the full date stands in what was added, or before it", async () => {
    const iso = "2020-05-03T11:00:01.000000+00:00 h sshd[1]: nf_conntrack: table full, dropping packet";
    const after = [...longLog(), iso];
    await inTwoPieces(after, 18_000);
    expect(times()[0]).toBe("2020-05-03T10:00:00");
    made.again();
    rmSync(path);
    await inTwoPieces([iso, ...longLog()], 17_990);
    expect(times()[0]).toBe("2020-05-03T10:00:00");
  });
});

describe("parsed, and merged into a database", () => {
  it("a journal's header dates its lines in both", async () => {
    const header = "-- Logs begin at Mon 2018-04-30 09:12:13 CEST, end at Tue 2018-05-08 10:00:00 CEST. --";
    writeFileSync(path, `${header}\nMay 03 11:53:31 ${DROP}\n`);
    const told = await parsed([path]);
    expect(told).toContain('"time":"2018-05-03T11:53:31.000000Z"');
    const records = join(folder, "records.ndjson");
    writeFileSync(records, told);
    await mergeInto(made.path, [records]);
    expect(times()).toEqual(["2018-05-03T11:53:31"]);
    expect(year()).toEqual([{ first_year: 2018, year_basis: "line-date" }]);
  });
});
