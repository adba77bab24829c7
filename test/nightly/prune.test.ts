// Pruning: lines and readings go, what was found stays, and nothing that is pruned comes back.

import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { durationUs } from "../../src/config/duration.ts";
import { NOW_US } from "../support/database.ts";
import { reportOf } from "../support/report.ts";
import { drops, factsOf, line, makePlace, onlyValue, type Place, rowsOf, runNightly } from "./support.ts";

let place: Place;
let logs: string;
let log: string;
beforeEach(() => {
  place = makePlace();
  logs = join(place.folder, "logs");
  mkdirSync(logs);
  log = join(logs, "messages");
});
afterEach(() => place.remove());

const KEEP = { keepUs: durationUs("3d") };
const UTC = { tz: "UTC" };
const OLD =
  drops("gw1", "2026-11-10T10:00:00Z", 20) +
  line("gw1", Date.parse("2026-11-10T10:00:25Z"), "net_ratelimit: 17 callbacks suppressed");
const YOUNG = drops("gw1", "2026-11-21T10:00:00Z", 10);
const told = () => {
  const { bursts, minutes } = factsOf(place.db);
  return { bursts, minutes };
};
const events = () => onlyValue(place.db, "select count(*) from events where kind = 'drop'");
const spans = () =>
  rowsOf(
    place.db,
    "select start_us, end_us, drop_lines, suppressed, drops_min from bursts order by start_us",
  );
const ids = () => rowsOf(place.db, "select burst_id, start_us from bursts order by start_us");

describe("pruning", () => {
  it("takes events, and leaves bursts and minutes as they were", async () => {
    writeFileSync(log, OLD + YOUNG);
    await runNightly(place, [logs]);
    const before = [told(), ids()];
    const { pruned } = await runNightly(place, [logs], KEEP);
    expect(pruned).toEqual({ events: 21, observations: 0, bursts: 1 });
    expect([told(), ids()]).toEqual(before);
    expect(events()).toBe(10);
    expect(rowsOf(place.db, "select pruned from bursts order by start_us")).toEqual([
      { pruned: 1 },
      { pruned: 0 },
    ]);
  });
  it("leaves each burst the bytes that it cites: its first and last line, its limit and counts", async () => {
    const at = Date.parse("2026-11-10T09:59:00Z");
    const csv = `epoch_ms,count,max\n${at},65000,65536\n${at + 60_000},65536,65536\n${at + 120_000},400,65536\n`;
    writeFileSync(join(logs, "samples.csv"), csv);
    writeFileSync(log, OLD + YOUNG);
    await runNightly(place, [logs]);
    const cited = () => {
      return reportOf(place.db)
        .hosts.flatMap((host) => host.bursts)
        .map(({ first, last, evidence }) => ({ first, last, evidence }));
    };
    const before = cited();
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    const lines = OLD.split("\n");
    expect(before[0]).toMatchObject({
      first: { path: log, byteOffset: 0, byteLength: lines[0]?.length, sha256: sha256(lines[0] ?? "") },
      last: {
        path: log,
        byteOffset: lines.slice(0, 19).join("\n").length + 1,
        sha256: sha256(lines[19] ?? ""),
      },
    });
    expect(before[0]?.evidence.map(({ role }) => role)).toEqual([
      "limit",
      "count-before",
      "count-peak",
      "count-after",
    ]);
    await runNightly(place, [logs], KEEP);
    expect(onlyValue(place.db, "select count(*) from counts")).toBe(1);
    expect(cited()).toEqual(before);
    // The log grows, and is another source then.
    appendFileSync(log, line("gw1", Date.parse("2026-11-21T12:00:00Z")));
    await runNightly(place, [logs], KEEP);
    expect(cited().slice(0, 1)).toEqual(before.slice(0, 1));
  });
  it("what is pruned is not read again, whatever becomes of its file", async () => {
    writeFileSync(log, OLD);
    await runNightly(place, [logs], KEEP);
    const before = [told(), ids()];
    expect(onlyValue(place.db, "select count(*) from events")).toBe(1);
    writeFileSync(join(logs, "messages.2.gz"), gzipSync(OLD));
    renameSync(log, join(logs, "messages.1"));
    await runNightly(place, [logs], KEEP);
    expect([told(), ids()]).toEqual(before);
    expect(onlyValue(place.db, "select count(*) from sources")).toBe(1);
  });
  it("a log that grew and is read from its start brings nothing back", async () => {
    writeFileSync(log, OLD);
    await runNightly(place, [logs], KEEP);
    const before = [told(), ids()];
    for (let day = 19; day < 22; day++) {
      appendFileSync(log, drops("gw1", `2026-11-${day}T10:00:00Z`, 2));
      await runNightly(place, [logs], KEEP);
    }
    const now = told();
    expect((now.bursts as unknown[]).slice(0, 1)).toEqual((before[0] as ReturnType<typeof told>).bursts);
    expect(now.bursts).toHaveLength(4);
    expect(onlyValue(place.db, "select sum(drop_lines) from minutes")).toBe(26);
    expect(onlyValue(place.db, "select sum(suppressed) from minutes")).toBe(17);
  });
  it("a log that grew has no line again that was pruned of it, and counts what it has", async () => {
    const at = Date.parse("2026-11-10T09:59:00Z");
    const old = `epoch_ms,count,max\n${at},65000,65536\n`;
    const reading = (ms: number) => `${ms},100,65536\n`;
    writeFileSync(join(logs, "samples.csv"), old + reading(Date.parse("2026-11-21T09:00:00Z")));
    writeFileSync(log, OLD + YOUNG);
    await runNightly(place, [logs], KEEP);
    const counted = () => rowsOf(place.db, "select events, observations from sources order by path");
    // 10 young drops; of the samples the count of the 21st, and the limit that still holds.
    const before = counted();
    expect(before[0]).toEqual({ events: 10, observations: 0 });
    appendFileSync(log, line("gw1", Date.parse("2026-11-21T12:00:00Z")));
    appendFileSync(join(logs, "samples.csv"), reading(Date.parse("2026-11-21T13:00:00Z")));
    // No --keep: what is gone is gone.
    const { ingest } = await runNightly(place, [logs]);
    expect(ingest.eventsAdded).toBe(1);
    expect(rowsOf(place.db, "select count(*) as n, min(time) as first from events")).toEqual([
      { n: 11, first: "2026-11-21T10:00:00.000000Z" },
    ]);
    expect(rowsOf(place.db, "select time from counts order by time")).toEqual([
      { time: "2026-11-21T09:00:00.000000Z" },
      { time: "2026-11-21T13:00:00.000000Z" },
    ]);
    const after = counted();
    expect(after[0]).toEqual({ events: 11, observations: 0 });
    expect(spans()).toHaveLength(3);
  });
  it("no burst is cut in two", async () => {
    // 40 hours of drops, a minute apart, over the line.
    const from = NOW_US / 1000 - 90 * 3_600_000;
    const text = Array.from({ length: 40 * 60 }, (_, i) => line("gw1", from + i * 59_000)).join("");
    writeFileSync(log, text);
    await runNightly(place, [logs]);
    const before = spans();
    const { pruned } = await runNightly(place, [logs], KEEP);
    expect(pruned).toEqual({ events: 0, observations: 0, bursts: 0 });
    appendFileSync(log, line("gw1", NOW_US / 1000 - 3_600_000));
    await runNightly(place, [logs], KEEP);
    expect(spans().slice(0, 1)).toEqual(before);
  });
  it("ids are never given twice", async () => {
    writeFileSync(log, YOUNG);
    await runNightly(place, [logs]);
    writeFileSync(join(logs, "old.log"), OLD);
    await runNightly(place, [logs], KEEP);
    const most = Number(onlyValue(place.db, "select max(event_id) from events"));
    writeFileSync(join(logs, "more.log"), drops("gw2", "2026-11-21T11:00:00Z", 2));
    await runNightly(place, [logs], KEEP);
    expect(onlyValue(place.db, `select min(event_id) > ${most} from events where host = 'gw2'`)).toBe(1);
    expect(rowsOf(place.db, "select host, drop_lines from bursts order by start_us")).toEqual([
      { host: "gw1", drop_lines: 20 },
      { host: "gw1", drop_lines: 10 },
      { host: "gw2", drop_lines: 2 },
    ]);
  });
  it("a limit that still holds stays known", async () => {
    const csv = (day: string, max: number) =>
      `epoch_ms,count,max\n${Date.parse(`${day}T09:00:00Z`)},100,${max}\n${Date.parse(`${day}T09:01:00Z`)},110,${max}\n`;
    writeFileSync(join(logs, "samples.csv"), csv("2026-11-01", 65_536));
    writeFileSync(log, line("gw1", Date.parse("2026-11-01T08:00:00Z"), "anything else") + YOUNG);
    await runNightly(place, [logs]);
    const limits = factsOf(place.db).limits;
    const { pruned } = await runNightly(place, [logs], KEEP);
    expect(pruned?.observations).toBeGreaterThan(0);
    appendFileSync(log, drops("gw1", "2026-11-21T12:00:00Z", 3));
    await runNightly(place, [logs], KEEP);
    expect(factsOf(place.db).limits).toEqual(limits);
    expect(onlyValue(place.db, "select count(*) from counts where at_us < 1790000000000000")).toBe(0);
  });
  it("stamps without a year keep their year", async () => {
    const plain = (text: string) =>
      text.replace(
        /^\d{4}-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)\+00:00/gm,
        (_, m, d, t) => `${m === "11" ? "Nov" : "Oct"} ${d} ${t}`,
      );
    writeFileSync(log, plain(OLD + YOUNG));
    // Else a log beside it that says its zone would move it from the zone of this process.
    await runNightly(place, [logs], UTC);
    const before = spans();
    await runNightly(place, [logs], { ...KEEP, ...UTC });
    writeFileSync(join(logs, "kern.log"), drops("gw1", "2026-11-21T15:00:00Z", 1));
    await runNightly(place, [logs], { ...KEEP, ...UTC });
    expect(spans().slice(0, 2)).toEqual(before);
    expect(onlyValue(place.db, "select min(time) from events where channel = 'messages'")).toBe(
      "2026-11-21T10:00:00.000000Z",
    );
  });
  it("late evidence that tells more of a pruned burst takes its place", async () => {
    writeFileSync(log, OLD);
    await runNightly(place, [logs], KEEP);
    writeFileSync(join(logs, "kern.log"), drops("gw1", "2026-11-10T10:00:00Z", 40));
    await runNightly(place, [logs], KEEP);
    expect(rowsOf(place.db, "select drop_lines, witness from bursts")).toEqual([
      { drop_lines: 40, witness: "kern" },
    ]);
    expect(onlyValue(place.db, "select sum(drop_lines) from minutes")).toBe(40);
  });
  it("a report made while the evidence was there is left as it is", async () => {
    writeFileSync(log, OLD);
    await runNightly(place, [logs], KEEP);
    const path = join(place.out, "gw1/2026-11-10.json");
    const before = readFileSync(path, "utf8");
    appendFileSync(log, YOUNG);
    await runNightly(place, [logs], KEEP);
    expect(readFileSync(path, "utf8")).toBe(before);
    expect(before).toContain(log);
  });
  it("space is given back with vacuum", async () => {
    writeFileSync(log, drops("gw1", "2026-11-10T10:00:00Z", 5000));
    await runNightly(place, [logs]);
    const size = () => readFileSync(place.db).length;
    const before = size();
    await runNightly(place, [logs], { ...KEEP, vacuum: true });
    expect(size()).toBeLessThan(before / 2);
    rmSync(log);
    expect((await runNightly(place, [logs], KEEP)).pruned).toEqual({ events: 0, observations: 0, bursts: 0 });
  });
});
