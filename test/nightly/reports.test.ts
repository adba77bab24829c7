// What a run writes: a report for each day that changed, an index, a summary; and nothing where nothing happened.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ingest } from "../../src/pipeline/ingesting/ingest.ts";
import { daySpan } from "../../src/pipeline/nightly/days.ts";
import { encodeHost } from "../../src/pipeline/nightly/paths.ts";
import { closeWhole, openForWriting } from "../../src/store/open.ts";
import { NOW_US } from "../support/database.ts";
import { reportOf } from "../support/report.ts";
import { drops, line, makePlace, onlyValue, type Place, rowsOf, runNightly } from "./support.ts";

let place: Place;
let log: string;
beforeEach(() => {
  place = makePlace();
  log = join(place.folder, "messages");
});
afterEach(() => place.remove());

const reports = (folder = place.out) =>
  existsSync(folder)
    ? (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.includes(".")).sort()
    : [];

const times = () => reports().map((name) => [name, statSync(join(place.out, name)).mtimeMs]);

/** Problems that a report tells which is made now. */
function problemsOf() {
  return reportOf(place.db).problems;
}

describe("reports", () => {
  it("a backlog of several days leaves a report for each, in three formats, and an index", async () => {
    writeFileSync(log, drops("gw1", "2026-11-18T10:00:00Z", 3) + drops("gw1", "2026-11-20T10:00:00Z", 5));
    const { summary, written } = await runNightly(place, [log]);
    const days = ["2026-11-18", "2026-11-20"];
    expect(reports()).toEqual([
      ...days.flatMap((day) => ["html", "json", "md"].map((e) => `gw1/${day}.${e}`)),
      "index.html",
    ]);
    expect(written).toBe(2);
    expect(summary).toEqual([
      expect.stringContaining("on 1 host"),
      "  gw1  2026-11-18  at least 3 packets, 3 reported, no ceiling known; 1 burst from 10:00:00 to 10:00:02 UTC",
      "  gw1  2026-11-20  at least 5 packets, 5 reported, no ceiling known; 1 burst from 10:00:00 to 10:00:04 UTC",
    ]);
    const index = readFileSync(join(place.out, "index.html"), "utf8");
    expect(index).toContain('<a href="gw1/2026-11-20.html">');
    expect(index.indexOf("2026-11-20")).toBeLessThan(index.indexOf("2026-11-18"));
    const day = JSON.parse(readFileSync(join(place.out, "gw1/2026-11-18.json"), "utf8"));
    expect(JSON.stringify({ ...day, sources: [] })).not.toContain("2026-11-20T10");
  });
  it("with nothing new nothing is written and nothing said", async () => {
    writeFileSync(log, drops("gw1", "2026-11-20T10:00:00Z", 5));
    await runNightly(place, [log]);
    const before = times();
    const { summary, written, ingest: done } = await runNightly(place, [log]);
    expect([summary, written, done.bytesRead]).toEqual([[], 0, 0]);
    expect(times()).toEqual(before);
  });
  it("only the days that changed are written again, and only new drops are told", async () => {
    const known = drops("gw1", "2026-11-17T10:00:00Z", 3) + drops("gw1", "2026-11-18T10:00:00Z", 3);
    writeFileSync(log, known);
    await runNightly(place, [log]);
    const before = times().filter(([name]) => String(name).includes("2026-11-17"));
    writeFileSync(log, known + drops("gw1", "2026-11-19T10:00:00Z", 2));
    const { summary, written } = await runNightly(place, [log]);
    // The 18th is covered to its end now.
    expect(written).toBe(2);
    expect(summary.slice(1)).toEqual([expect.stringContaining("2026-11-19  at least 2 packets")]);
    expect(times()).toEqual(expect.arrayContaining(before));
  });
  it("a day of which a later night reads more is told anew, drops in it or not", async () => {
    const day = () => JSON.parse(readFileSync(join(place.out, "gw1/2026-11-19.json"), "utf8"));
    const until = () => {
      const seen = day().hosts[0].timeline.coverage.filter((span: { kind: string }) => span.kind === "seen");
      return new Date(Math.max(...seen.map((span: { to_us: number }) => span.to_us)) / 1000).toISOString();
    };
    // Over midnight, to 0:00:29; the next night finds another file of that day, without a drop in it.
    writeFileSync(`${log}.1`, drops("gw1", "2026-11-18T23:59:40Z", 50));
    await runNightly(place, [`${log}.1`]);
    expect(until()).toBe("2026-11-19T00:00:29.000Z");
    const quiet = line("gw1", Date.parse("2026-11-19T00:00:40Z"), "eth0: link up");
    writeFileSync(log, `${quiet}${line("gw1", Date.parse("2026-11-19T23:00:00Z"), "eth0: link up")}`);
    const before = times().filter(([name]) => String(name).includes("2026-11-18"));
    const { summary, written } = await runNightly(place, [log]);
    expect([summary, written]).toEqual([[], 1]);
    expect(until()).toBe("2026-11-19T23:00:00.000Z");
    expect(times()).toEqual(expect.arrayContaining(before));
  });
  it("a burst over midnight is in the reports of both days, which are those of the display zone", async () => {
    writeFileSync(log, drops("gw1", "2026-11-18T22:59:30Z", 50));
    await runNightly(place, [log], { displayTz: "Europe/Madrid" });
    expect(reports().filter((name) => name.endsWith("json"))).toEqual([
      "gw1/2026-11-18.json",
      "gw1/2026-11-19.json",
    ]);
  });
  it("what was read by hand, or by a run that failed, is told by the next", async () => {
    writeFileSync(log, drops("gw1", "2026-11-18T10:00:00Z", 3));
    const db = openForWriting(place.db);
    await ingest(db, [log], {
      command: "ingest",
      gapUs: 60_000_000,
      hash: false,
      host: null,
      tz: null,
      year: null,
      referenceUs: null,
      processTz: "UTC",
      now: () => NOW_US,
    });
    closeWhole(db);
    expect((await runNightly(place, [log])).summary).toHaveLength(2);
    expect(reports()).toContain("gw1/2026-11-18.html");
    expect((await runNightly(place, [log])).summary).toEqual([]);
  });
  it("a report that cannot be written fails the run, and the next one writes it and says so", async () => {
    writeFileSync(log, drops("gw1", "2026-11-18T10:00:00Z", 3));
    writeFileSync(place.out, "in the way");
    await expect(runNightly(place, [log])).rejects.toThrow("cannot write");
    const told = {
      path: null,
      kind: "run-failed",
      message: expect.stringMatching(/^conntrail nightly of .*: cannot write/),
    };
    expect(problemsOf()).toEqual([expect.objectContaining(told)]);
    expect(rowsOf(place.db, "select status from runs")).toEqual([{ status: "failed" }]);
    rmSync(place.out);
    const { summary, trouble } = await runNightly(place, [log]);
    expect(trouble).toMatch(/^the run before this one \(nightly, .*\) failed: cannot write/);
    expect(summary).toHaveLength(2);
    expect(reports()).toContain("gw1/2026-11-18.html");
    expect(readFileSync(join(place.out, "index.html"), "utf8")).toContain("cannot write");
    expect(readFileSync(join(place.out, "gw1/2026-11-18.md"), "utf8")).toContain("a run failed");
    // Made good, it is no problem of later reports.
    expect(problemsOf()).toEqual([]);
  });
  it("reports that lie among the logs are not read for logs", async () => {
    mkdirSync(join(place.folder, "logs"));
    writeFileSync(join(place.folder, "logs/messages"), drops("gw1", "2026-11-18T10:00:00Z", 3));
    const inside = { db: place.db, out: join(place.folder, "logs/reports") };
    await runNightly(inside, [join(place.folder, "logs")]);
    const again = await runNightly(inside, [join(place.folder, "logs")]);
    expect([again.ingest.sourcesRead, onlyValue(place.db, "select count(*) from events")]).toEqual([0, 3]);
  });
  it("a name that no file could have has its report all the same", async () => {
    const host = "../x/%2e\u00e9";
    writeFileSync(log, drops(host, "2026-11-18T10:00:00Z", 2));
    await runNightly(place, [log]);
    expect(reports()).toContain("%2E.%2Fx%2F%252e%C3%A9/2026-11-18.html");
    const index = readFileSync(join(place.out, "index.html"), "utf8");
    expect(index).toContain(`href="${encodeURIComponent("%2E.%2Fx%2F%252e%C3%A9")}/2026-11-18.html"`);
  });
  it("files are for owner and group only", async () => {
    writeFileSync(log, drops("gw1", "2026-11-18T10:00:00Z", 2));
    await runNightly(place, [log]);
    for (const name of reports()) expect(statSync(join(place.out, name)).mode & 0o037, name).toBe(0);
  });
});

describe("days", () => {
  it("are 23 and 25 hours long where clocks change", () => {
    const hours = (date: string, tz: string) => {
      const { sinceUs, untilUs } = daySpan(date, tz);
      return (untilUs + 1 - sinceUs) / 3_600_000_000;
    };
    expect([
      hours("2026-03-29", "Europe/Madrid"),
      hours("2026-10-25", "Europe/Madrid"),
      hours("2026-10-26", "UTC"),
    ]).toEqual([23, 25, 24]);
  });
  it("begin when clocks go on where they skip midnight", () => {
    expect(daySpan("2026-04-24", "Africa/Cairo").sinceUs).toBe(Date.parse("2026-04-23T22:00:00Z") * 1000);
  });
});

it("a host's name in a path is one name, and tells hosts apart", () => {
  const names = [
    "gw1",
    ".",
    "..",
    "a/b",
    "a%2Fb",
    "",
    "x".repeat(255),
    "x".repeat(256),
    "-rf",
    line("a", 0).trim(),
  ];
  const encoded = names.map(encodeHost);
  expect(new Set(encoded).size).toBe(names.length);
  for (const name of encoded) expect(name).toMatch(/^[%A-Za-z0-9_][%A-Za-z0-9_.~-]{0,199}$/);
});
