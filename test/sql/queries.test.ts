// Every shipped query: public views only, one total order, the same answer from the program and the stock shell.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sqlFiles } from "../../src/store/files.ts";
import { type Db, openForReading } from "../../src/store/open.ts";
import { ask as answer, type Row } from "../../src/store/query.ts";
import { type Made, makeDatabase } from "../support/database.ts";
import { schemaObjects, viewNames } from "./catalogue.ts";
import { type Incident, writeIncident } from "./incident.ts";
import { hasShell, shellRows } from "./shell.ts";

const QUERIES = sqlFiles("queries");
const PARAMETERS = ["host", "since", "until", "limit"];
/** All at once: a range that holds the morning's bursts of one host. */
const GIVEN = { host: "fw1", since: "2026-03-14T10:00:00Z", until: "2026-03-14T10:31:00Z", limit: 3 };

let incident: Incident;
let made: Made;
let db: Db;

beforeAll(async () => {
  incident = writeIncident();
  made = makeDatabase();
  await made.ingest([incident.folder], { hash: true });
  db = openForReading(made.path);
});
afterAll(() => {
  db?.close();
  made?.remove();
  incident?.remove();
});

function ask(name: string, given: Readonly<Record<string, string | number>> = {}): Row[] {
  const query = QUERIES.find((one) => one.name === name);
  if (query === undefined) throw new Error(`no query ${name}`);
  return [...answer(db, query.text, given).rows];
}

const body = (text: string): string => text.replace(/--.*$/gm, "").replace(/'[^']*'/g, "''");
const namesIn = (text: string): string[] =>
  [...new Set([...text.matchAll(/:([a-z]\w*)/g)].map((match) => match[1] ?? ""))].sort();

/** Tables and indexes whose pages a statement opens. */
function opened(sql: string): string[] {
  const roots = new Map(schemaObjects(db).map((one) => [one.rootpage, one.table]));
  return [...answer(db, `explain ${sql}`, {}).rows].flatMap(({ opcode, p2, p3 }) =>
    opcode === "OpenRead" && p3 === 0 ? [roots.get(Number(p2)) ?? ""] : [],
  );
}

it("there are enough questions to be of use", () => {
  expect(QUERIES.length).toBeGreaterThanOrEqual(15);
});

describe.each(QUERIES)("$name", ({ name, text }) => {
  it("says in its first line what it answers, and its parameters", () => {
    const [first = "", second = ""] = text.split("\n");
    expect(first).toMatch(/^-- [A-Z].{20,}\. Optional: :\w+(?:, :\w+)*$/);
    expect(second).toMatch(/^(?:select|with)\b/);
    expect(namesIn(first)).toEqual(namesIn(body(text)));
    expect(PARAMETERS).toEqual(expect.arrayContaining(namesIn(first)));
  });

  it("is one statement in a total order, over public views", () => {
    const bare = body(text);
    expect(bare.trim().match(/;/g)).toHaveLength(1);
    expect(bare).toMatch(/^order by [^;]+\nlimit coalesce\(:limit, -1\);\n$/m);
    const own = [...bare.matchAll(/(?:\bwith (?:recursive )?|^\),\n)(\w+) (?:\([\w, ]+\) )?as /gm)].map(
      (m) => m[1],
    );
    const read = [...bare.matchAll(/\b(?:from|join) (\w+)/g)].map((m) => m[1]);
    expect(read.filter((one) => !own.includes(one))).not.toEqual([]);
    for (const one of read) expect([...viewNames(db), ...own]).toContain(one);
  });

  it("leaves the events alone, unless it lists them", () => {
    const lists = /\bfrom events\b/.test(text);
    expect(opened(text).includes("event")).toBe(lists);
    if (lists) expect(text).toMatch(/^select event_id,/m);
  });

  it("answers alike whatever order rows are found in", () => {
    const before = ask(name);
    db.pragma("reverse_unordered_selects = on");
    try {
      expect(ask(name)).toEqual(before);
    } finally {
      db.pragma("reverse_unordered_selects = off");
    }
  });

  it("has something to say of the incident, and no more than asked for", () => {
    expect(ask(name).length).toBeGreaterThan(0);
    expect(ask(name, { limit: 1 })).toEqual(ask(name).slice(0, 1));
    expect(ask(name, GIVEN).length).toBeLessThanOrEqual(3);
  });

  it.runIf(hasShell)("is answered by the sqlite3 shell (where there is one) as by the program", () => {
    expect(shellRows(made.path, text)).toEqual(ask(name));
    expect(shellRows(made.path, text, GIVEN)).toEqual(ask(name, GIVEN));
  });
});

describe("what is true of the incident is answered", () => {
  it("drops of a day, each channel's repetition left out", () => {
    expect(ask("drops-by-day")).toEqual([
      { host: "fw1", day: "2026-03-14", drop_lines: 38, suppressed: 137, drops_reported: 175, minutes: 4 },
      { host: "gw2", day: "2026-03-14", drop_lines: 3, suppressed: 0, drops_reported: 3, minutes: 1 },
      { host: "fw1", day: "2026-03-15", drop_lines: 5, suppressed: 0, drops_reported: 5, minutes: 1 },
      { host: "unknown", day: null, drop_lines: 3, suppressed: 0, drops_reported: 3, minutes: null },
    ]);
  });

  it("the worst burst, and what is known of its count and limit", () => {
    expect(ask("worst-bursts", { limit: 1 })[0]).toMatchObject({
      host: "fw1",
      start_time: "2026-03-14T10:00:00.000000Z",
      duration_s: 11.2,
      drops_min: 23,
      drops_reported: 153,
      limit_value: 65536,
      count_peak: 65536,
    });
  });

  it("limits: what was changed, and what a file says that the kernel does not", () => {
    const changes = ask("limit-changes").map((row) => [row.value_before, row.value, row.since_time]);
    expect(changes).toEqual([
      [null, 65536, "2026-03-14T09:59:30.000000Z"],
      [65536, 131072, "2026-03-14T12:00:00.000000Z"],
    ]);
    expect(ask("configured-and-effective")).toMatchObject([
      { key: "nf_conntrack_max", configured: 262144, effective: 131072, agrees: 0 },
      { key: "nf_conntrack_buckets", configured: 65536, effective: null, agrees: null },
    ]);
  });

  it("minutes near the limit: 63000 and 65536 of 65536 are, 60100 is above 90 % only", () => {
    expect(ask("minutes-above-95-percent").map((row) => row.entries_max)).toEqual([63000, 65536]);
    expect(ask("minutes-near-limit")).toMatchObject([
      { minutes_sampled: 4, minutes_at_90: 3, minutes_at_95: 2, minutes_at_limit: 1, entries_peak: 65536 },
    ]);
    expect(ask("counts-over-90-percent").map((row) => row.entries)).toEqual([63000, 65536, 60100]);
  });

  it("what was not seen: holes, losses, cut files, lines without a time or with a doubt", () => {
    expect(ask("coverage-holes", { host: "gw2" })).toMatchObject([
      { reason: "rotation-missing", hole_s: 363_600 },
    ]);
    expect(ask("lines-lost").map((row) => row.amount)).toEqual([236]);
    expect(ask("sources-incomplete")).toMatchObject([{ host: "gw2", complete: 0, problems: 1 }]);
    expect(ask("problems-by-kind")).toMatchObject([{ kind: "truncated", count: 1, sources: 1 }]);
    expect(ask("undated-drops").map((row) => row.uptime_us)).toEqual([4711100000, 4711101000, 4711102000]);
    expect(ask("doubted-drops")).toMatchObject([{ channel: "messages", doubts: "tag-pid" }]);
    expect(ask("doubted-bursts")).toMatchObject([
      { start_time: "2026-03-14T10:32:00.000000Z", trusted_lines: 0, doubted_lines: 1, doubts: "tag-pid" },
    ]);
  });

  it("who says so", () => {
    const says = ask("witnesses-of-bursts", { host: "fw1", limit: 4 }).map((row) => [row.channel, row.says]);
    expect(says).toEqual([
      ["kern", 1],
      ["messages", 0],
      ["kern", 1],
      ["messages", 0],
    ]);
    const lines = ask("lines-that-count", { host: "fw1" });
    expect(lines).toHaveLength(43);
    // Those that may not be the kernel's own stand among them, marked.
    const doubted = new Set(
      ask("doubted-drops")
        .filter((row) => row.speaks === 1)
        .map((row) => row.event_id),
    );
    expect(lines.filter((row) => (row.doubts !== null) !== doubted.has(row.event_id))).toEqual([]);
  });
});

describe("ranges", () => {
  it("are whole seconds from :since to before :until, in any form and zone that SQLite reads", () => {
    const all = ask("lines-that-count", { since: "2026-03-14T10:00:05Z", until: "2026-03-14T10:00:06Z" });
    expect(all.map((row) => String(row.time).slice(17))).toEqual(
      [5, 6, 7, 8, 9].map((tenth) => `05.${tenth}00000Z`),
    );
    for (const since of ["2026-03-14 10:00:05", "2026-03-14T12:00:05+02:00"]) {
      expect(ask("lines-that-count", { since, until: "2026-03-14T10:00:06" })).toEqual(all);
    }
    expect(ask("drops-by-day", { since: "2026-03-15" })).toMatchObject([
      { day: "2026-03-15", drop_lines: 5 },
    ]);
  });

  it("a text that is no time is answered by no rows, never by all", () => {
    expect(ask("worst-bursts", { since: "last week" })).toEqual([]);
    expect(ask("last-runs", { until: "soon" })).toEqual([]);
  });
});
