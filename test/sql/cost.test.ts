// What reports and shipped queries read: a database with ten times the events costs them no more, unless they list
// events. Rows and pages are what is looked at here, never the clock.

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildReport } from "../../src/pipeline/reporting/report.ts";
import { FORMATS } from "../../src/render/formats.ts";
import { sqlFiles } from "../../src/store/files.ts";
import { closeWhole, type Db, openForReading, openForWriting } from "../../src/store/open.ts";
import { ask as answer } from "../../src/store/query.ts";
import { statement, statementNames } from "../../src/store/statements.ts";
import { EVERYTHING } from "../support/report.ts";

/** The only ones that read events, for they list them. */
const LISTS = ["boots", "doubted-drops", "lines-lost", "lines-that-count", "undated-drops"];
const QUERIES = sqlFiles("queries");

/** Two hosts with 40 bursts each in a year, and six lines that nothing dates on the first. */
const SIZE = { hosts: 2, bursts: 40, windows: 5, counts: 400 };

const folder = mkdtempSync(join(tmpdir(), "conntrail-cost-"));
const small = join(folder, "small.db");
const large = join(folder, "large.db");
/** As the small one, with a hundred samples of the drop counter for each. */
const sampled = join(folder, "sampled.db");
let db: Db;

function make(path: string, times: number, samples = 1): void {
  const made = openForWriting(path);
  made.pragma("synchronous = off");
  made.exec("create temp table size (hosts integer, bursts integer, windows integer, counts integer)");
  made.prepare("insert into size values (@hosts, @bursts, @windows, @counts)").run(SIZE);
  made.exec(readFileSync(new URL("../bench/big-database.sql", import.meta.url), "utf8"));
  made
    .prepare(
      `insert into event (form_id, line, byte_offset, byte_length, amount, stamp_us, at_us, text)
       select e.form_id, e.line, e.byte_offset, e.byte_length, e.amount, e.stamp_us, e.at_us, e.text
       from event_form f join event e on e.form_id = f.form_id,
         (with recursive n (i) as (select 1 union all select i + 1 from n where i < ?) select i from n)
       where f.kind = 'drop' and f.basis <> 'none' and e.doubts is null`,
    )
    .run(times);
  made
    .prepare(
      `insert into observation (stream_id, byte_offset, byte_length, kind, key, value, force, origin, stamp_kind, stamp_us,
         at_us, basis, text)
       select o.stream_id, o.byte_offset, o.byte_length, o.kind, o.key, o.value, o.force, o.origin, o.stamp_kind, o.stamp_us,
         o.at_us + i, o.basis, o.text
       from observation o,
         (with recursive n (i) as (select 1 union all select i + 1 from n where i < ?) select i from n)
       where o.kind = 'counter' and i < ?
       order by o.observation_id`,
    )
    .run(samples, samples);
  closeWhole(made);
}

beforeAll(() => {
  make(small, 8); // not so few that the pages of rare lines are the same ones
  make(large, 80);
  make(sampled, 8, 100);
  db = openForReading(large);
});
afterAll(() => {
  db?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Whether a statement opens the table of events or an index on it, by the page its tree begins at. */
function opensEvents(sql: string): boolean {
  const roots = db.prepare("select rootpage from sqlite_schema where tbl_name = 'event'").pluck().all();
  return [...answer(db, `explain ${sql}`, {}).rows].some(
    ({ opcode, p2, p3 }) => opcode === "OpenRead" && p3 === 0 && roots.includes(Number(p2)),
  );
}

/** How a statement finds its events, a step a line; `e` is what views and statements call their table. */
function ofEvents(sql: string): string[] {
  if (!opensEvents(sql)) return [];
  const steps = [...answer(db, `explain query plan ${sql}`, {}).rows].map((row) => String(row.detail));
  return steps.filter((step) => /^(?:SCAN|SEARCH) (?:e|event)\b/.test(step));
}

describe("by the plan", () => {
  it("no shipped query but those that list events looks at them", () => {
    const looking = QUERIES.filter(({ text }) => opensEvents(text)).map(({ name }) => name);
    expect(looking).toEqual(LISTS);
  });

  it.each([
    ["boots", "event_by_form"],
    ["lines-lost", "event_by_form"],
    ["doubted-drops", "event_doubted"],
  ])("%s finds its few rows by the index %s", (name, index) => {
    const query = QUERIES.find((one) => one.name === name);
    expect(ofEvents(query?.text ?? "").join()).toContain(`INDEX ${index}`);
  });

  it("a report reads single events and boots, each found without looking at another", () => {
    const names = statementNames().filter((name) =>
      /^(?:report|citations|advice)_|_between$|_in_minutes$|^time_/.test(name),
    );
    expect(names.length).toBeGreaterThan(15);
    const steps = names.flatMap((name) => ofEvents(statement(db, name).source));
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps)
      expect(step).toMatch(/^SEARCH e USING (?:INTEGER PRIMARY KEY|INDEX event_by_form)/);
  });
});

/** Bytes that this process has read so far, by its kernel's account. */
const bytesRead = () => Number(/^rchar: (\d+)$/m.exec(readFileSync("/proc/self/io", "utf8"))?.[1]);

/** Bytes that work on a freshly opened database reads. */
function cost(path: string, work: (db: Db) => unknown): number {
  const opened = openForReading(path);
  try {
    const before = bytesRead();
    work(opened);
    return bytesRead() - before;
  } finally {
    opened.close();
  }
}

describe.runIf(existsSync("/proc/self/io"))("by the pages (where the kernel counts them)", () => {
  const events = (path: string) =>
    cost(path, (own) => own.prepare("select count(text) from event not indexed").get());
  /** Other reading of this process, and inner pages of a deeper tree: a hundred pages of 8 KiB. */
  const SLACK = 100 * 8192;

  it("the measure tells a scan of events from none", () => {
    expect(events(large) - events(small)).toBeGreaterThan(10 * SLACK);
  });

  it.each(QUERIES.filter(({ name }) => !LISTS.includes(name)))(
    "$name reads no more of many events",
    (query) => {
      const ask = (own: Db) => [...answer(own, query.text, {}).rows].length;
      expect(cost(large, ask) - cost(small, ask)).toBeLessThan(SLACK);
    },
  );

  it.each([
    ["of everything", EVERYTHING],
    ["of a host's day", { ...EVERYTHING, host: "gw01", sinceUs: 1_746_057_600e6, untilUs: 1_746_143_999e6 }],
  ])("a report %s reads no more of many events", (_, options) => {
    const ask = (own: Db) => buildReport(own, options);
    expect(cost(large, ask) - cost(small, ask)).toBeLessThan(SLACK);
    expect(cost(sampled, ask) - cost(small, ask)).toBeLessThan(SLACK);
  });

  it("the measure tells a look at every sample of a counter from none", () => {
    const samples = (path: string) =>
      cost(path, (own) =>
        own.prepare("select max(value) from observation not indexed where key = 'drop'").get(),
      );
    expect(samples(sampled) - samples(small)).toBeGreaterThan(10 * SLACK);
  });
});

describe("a report of more bursts than it tells", () => {
  it("has the largest of them, in order of time, and the sums of all", () => {
    const whole = buildReport(db, EVERYTHING);
    const cut = buildReport(db, { ...EVERYTHING, mostBursts: 10 });
    const told = cut.hosts.flatMap((host) => host.bursts);
    const sizes = whole.hosts.flatMap((host) => host.bursts.map((burst) => burst.dropsReported));
    expect(sizes).toHaveLength(81);
    expect(cut.totals).toEqual(whole.totals);
    expect(cut.hosts.map(({ totals, timeline }) => ({ totals, timeline }))).toEqual(
      whole.hosts.map(({ totals, timeline }) => ({ totals, timeline })),
    );
    expect(told.length).toBeGreaterThanOrEqual(10);
    expect(told.length).toBeLessThanOrEqual(12);
    const tenth = [...sizes].sort((a, b) => b - a)[9];
    expect(told.filter((burst) => burst.dropsReported >= (tenth ?? 0)).length).toBeGreaterThanOrEqual(10);
    for (const { bursts } of cut.hosts) {
      const starts = bursts.map((burst) => burst.startUs ?? Number.POSITIVE_INFINITY);
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
    }
    expect(cut.hosts.reduce((n, host) => n + host.burstsLeftOut, 0)).toBe(81 - told.length);
  });

  it("its sums are those of its bursts, and of its timeline", () => {
    const { totals, hosts } = buildReport(db, EVERYTHING);
    const bursts = hosts.flatMap((host) => host.bursts);
    const lines = bursts.reduce((n, burst) => n + burst.dropLines, 0);
    const drawn = hosts
      .flatMap((host) => host.timeline?.buckets ?? [])
      .reduce((n, one) => n + one.dropLines, 0);
    // 40 bursts of 50 lines on each of two hosts, and of the first one's two logs a line without a date in the weeks 0, 26 and 52.
    expect([totals.dropLines, lines]).toEqual([4006, 4006]);
    expect(drawn).toBe(4000);
    expect(totals.undatedBursts).toBe(1);
  });

  it.each(["text", "html", "markdown"] as const)("%s says what was left out and who lists it", (format) => {
    const report = buildReport(db, { ...EVERYTHING, mostBursts: 10 });
    const text = [...FORMATS[format].render(report, { width: 80, colour: false, ascii: false })].join("");
    expect(text.replace(/\s+/g, " ")).toMatch(/\d+ bursts with fewer packets reported are left out here/);
    expect(text).toContain("bursts-by-time");
  });

  it("JSON counts what was left out, for each host", () => {
    const report = buildReport(db, { ...EVERYTHING, mostBursts: 10 });
    const json = JSON.parse(
      [...FORMATS.json.render(report, { width: 80, colour: false, ascii: false })].join(""),
    );
    const left = json.hosts.map((host: { bursts_left_out: number }) => host.bursts_left_out);
    expect(left).toEqual(report.hosts.map((host) => host.burstsLeftOut));
  });
});
