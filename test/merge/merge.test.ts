// Databases of shards put together are the database of one run over everything, in whatever order they come.

import { cpSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prune } from "../../src/pipeline/analysing/prune.ts";
import { closeWhole, openForReading, openForWriting } from "../../src/store/open.ts";
import { RECORD_KINDS } from "../../src/store/records.ts";
import { statement } from "../../src/store/statements.ts";
import { SAMPLES } from "../cli/program.ts";
import { columnsOf } from "../sql/catalogue.ts";
import { type Incident, writeIncident } from "../sql/incident.ts";
import { type Made, makeDatabase } from "../support/database.ts";
import { contents, filesBelow, mergeInto, parsed } from "./rows.ts";

const SHARDS = 5;

let incident: Incident;
let folder: string;
let whole: Made;
const shards: Made[] = [];
const paths = () => shards.map(({ path }) => path);
let count = 0;
const fresh = () => join(folder, `out-${count++}.db`);

beforeAll(async () => {
  incident = writeIncident();
  folder = mkdtempSync(join(tmpdir(), "conntrail-merge-"));
  const logs = join(folder, "logs");
  cpSync(incident.folder, join(logs, "incident"), { recursive: true, preserveTimestamps: true });
  cpSync(join(SAMPLES, "router-2026"), join(logs, "router"), { recursive: true, preserveTimestamps: true });
  const files = filesBelow(logs);
  whole = makeDatabase();
  await whole.ingest(files, { hash: true });
  for (let i = 0; i < SHARDS; i++) {
    const made = makeDatabase();
    await made.ingest(
      files.filter((_, n) => n % SHARDS === i),
      { hash: true },
    );
    shards.push(made);
  }
});
afterAll(() => {
  for (const made of [whole, ...shards]) made?.remove();
  incident?.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe("databases of shards", () => {
  it("merged are what one run over everything gives, view by view", async () => {
    const out = fresh();
    const { told, sourcesRead } = await mergeInto(out, paths());
    expect(told).toEqual([]);
    expect(sourcesRead).toBe(whole.one("select count(*) from sources"));
    const expected = contents(whole.path);
    for (const view of ["events", "bursts", "counts", "limits", "minutes", "coverage", "sources"]) {
      expect(expected[view]?.length, view).toBeGreaterThan(0);
    }
    expect(contents(out)).toEqual(expected);
  });

  it("in any order", async () => {
    for (const order of [
      [4, 3, 2, 1, 0],
      [2, 0, 4, 1, 3],
    ]) {
      const out = fresh();
      await mergeInto(
        out,
        order.flatMap((i) => paths()[i] ?? []),
      );
      expect(contents(out)).toEqual(contents(whole.path));
    }
  });

  it("any number of times, and merged databases among them", async () => {
    const [half, out] = [fresh(), fresh()];
    await mergeInto(half, paths().slice(0, 2));
    await mergeInto(out, [...paths(), half, ...paths()]);
    const again = await mergeInto(out, [half, ...paths()]);
    expect(again.sourcesRead).toBe(0);
    expect(contents(out)).toEqual(contents(whole.path));
  });

  it("are left as they are", async () => {
    const before = paths().map((path) => contents(path));
    await mergeInto(fresh(), paths());
    expect(paths().map((path) => contents(path))).toEqual(before);
  });

  it("nothing is read of a file that is none of them, and the others are merged", async () => {
    const [odd, out] = [join(folder, "odd"), fresh()];
    writeFileSync(odd, "not a database\n");
    const { told, failure } = await mergeInto(out, [odd, join(folder, "missing"), ...paths()]);
    expect(failure).toBe(null);
    expect(told).toHaveLength(2);
    const { problems: _, ...rest } = contents(out);
    expect(contents(whole.path)).toMatchObject(rest);
  });
});

describe("NDJSON of parse", () => {
  it("the same bytes give the same bytes", async () => {
    const logs = [join(folder, "logs")];
    expect(await parsed(logs)).toBe(await parsed(logs));
  });

  it("merged is what reading the files gives, without their times", async () => {
    const logs = filesBelow(join(folder, "logs"));
    const out = fresh();
    const inputs = await Promise.all(
      logs.map(async (path, i) => {
        const input = join(folder, `${i}.ndjson`);
        writeFileSync(input, await parsed([path], { hash: true }));
        return input;
      }),
    );
    const { told, sourcesSkipped } = await mergeInto(out, [...inputs.reverse(), inputs[0] ?? ""]);
    expect(told).toEqual([]);
    expect(sourcesSkipped).toBeGreaterThan(0);
    // All stamps there carry their year, so file times are not what dates them; snapshots have nothing else.
    const ours = contents(out, ["time", "at_us", "since_time", "since_us", "until_time", "until_us"]);
    const theirs = contents(whole.path, [
      "time",
      "at_us",
      "since_time",
      "since_us",
      "until_time",
      "until_us",
    ]);
    expect(ours.events).toEqual(theirs.events);
    expect(contents(out).bursts).toEqual(contents(whole.path).bursts);
    expect(contents(out).minutes?.length).toBe(contents(whole.path).minutes?.length);
  });

  it("cut short gives the sources that are whole, and a problem", async () => {
    const [input, out] = [join(folder, "cut.ndjson"), fresh()];
    const text = await parsed([join(folder, "logs", "router")]);
    writeFileSync(input, text);
    truncateSync(input, Buffer.byteLength(text) - 200);
    const { told, sourcesRead } = await mergeInto(out, [input]);
    expect(told.map((one) => one.split(" ")[1])).toContain("truncated");
    expect(sourcesRead).toBe(text.split('{"record":"source"').length - 1 - 1);
    const db = openForReading(out);
    expect(db.prepare("select count(*) as n from source where identity = 'reading'").get()).toEqual({ n: 0 });
    db.close();
  });

  it("carries line ends of other alphabets in a text", async () => {
    const log = join(folder, "odd.log");
    writeFileSync(log, "2026-05-02T00:00:01Z h\u2028x kernel: nf_conntrack: table full, dropping packet\n");
    writeFileSync(join(folder, "odd.ndjson"), await parsed([log]));
    const out = fresh();
    expect((await mergeInto(out, [join(folder, "odd.ndjson")])).told).toEqual([]);
    expect(contents(out).events?.join()).toContain("h\u2028x");
  });

  it("carries equal lines that are one row, with their times", async () => {
    const log = join(folder, "runs.log");
    const drop = (s: string) => `[  ${s}] nf_conntrack: table full, dropping packet\n`;
    // A small source has a row for every line.
    const filler = "[   10.000000] usb 1-1: new high-speed USB device\n".repeat(25_000);
    writeFileSync(
      log,
      filler + drop("100.000001") + drop("100.000300") + drop("100.250000") + drop("200.000000"),
    );
    writeFileSync(join(folder, "runs.ndjson"), await parsed([log]));
    const [out, straight] = [fresh(), makeDatabase()];
    await straight.ingest([log]);
    expect((await mergeInto(out, [join(folder, "runs.ndjson")])).told).toEqual([]);
    const merged = openForReading(out);
    const rows =
      "select amount, copies, byte_offset, byte_length, uptime_us, span_us, uptimes from event order by 3";
    const [run, single] = merged.prepare(rows).all() as {
      amount: number;
      span_us: number;
      uptimes: string;
    }[];
    expect(run).toMatchObject({ amount: 3, span_us: 249_999, uptimes: "0,299,249999" });
    expect(single).toMatchObject({ amount: 1, span_us: 0 });
    expect(merged.prepare(rows).all()).toEqual(straight.all(rows));
    merged.close();
    straight.remove();
  });
});

function rowsOf(path: string, table: string): unknown {
  const db = openForReading(path);
  try {
    return db.prepare(`select count(*) from ${table}`).pluck().get();
  } finally {
    db.close();
  }
}

describe("a log that grew", () => {
  const line = (s: number) =>
    `2026-05-01T00:00:${String(s).padStart(2, "0")}.000000+00:00 grow kernel: nf_conntrack: table full, dropping packet\n`;

  it("takes the place of what was read of it before, in any order", async () => {
    const log = join(folder, "kern.log");
    const [early, late] = [makeDatabase(), makeDatabase()];
    writeFileSync(log, line(1) + line(2));
    await early.ingest([log]);
    writeFileSync(log, line(1) + line(2) + line(3));
    await late.ingest([log]);
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      const out = fresh();
      await mergeInto(
        out,
        order.map(({ path }) => path),
      );
      expect(contents(out)).toEqual(contents(late.path));
    }
    early.remove();
    late.remove();
  });

  it("and was read on, in several parts, is one part again", async () => {
    const log = join(folder, "parts.log");
    const made = makeDatabase();
    // Long enough to be gone on with: its tail is read again, its beginning is not.
    const filler = (n: number) =>
      Array.from(
        { length: n },
        (_, i) => `2026-05-01T00:00:${String(10 + (i % 50))}+00:00 grow app[1]: ${i}\n`,
      );
    const text = [line(1), ...filler(40_000), line(2), line(2)].join("");
    writeFileSync(log, text);
    await made.ingest([log]);
    writeFileSync(log, text + line(3) + filler(10).join("") + line(4));
    await made.ingest([log]);
    expect(made.one("select count(*) from source_part")).toBe(2);
    const out = fresh();
    expect((await mergeInto(out, [made.path])).sourcesRead).toBe(1);
    expect(contents(out)).toEqual(contents(made.path));
    // Ids of lines that were cut off to be read again may be those of the lines read in their place.
    for (const table of ["anchor", "observation", "event", "stream", "proof"]) {
      expect(rowsOf(out, table), table).toBe(made.one(`select count(*) from ${table}`));
    }
    const merged = openForReading(out);
    expect(
      merged
        .prepare(
          "select count(*) as n, sum(resume is not null) as r from source_part join source using (source_id)",
        )
        .get(),
    ).toEqual({ n: 1, r: 0 });
    merged.close();
    made.remove();
  });

  it("stays beside one that only begins alike", async () => {
    const made = [line(1) + line(2), line(1) + line(5) + line(6)].map(async (text, i) => {
      mkdirSync(join(folder, `h${i}`), { recursive: true });
      writeFileSync(join(folder, `h${i}`, "kern.log"), text);
      const one = makeDatabase();
      await one.ingest([join(folder, `h${i}`, "kern.log")]);
      return one;
    });
    const both = await Promise.all(made);
    const out = fresh();
    expect(
      (
        await mergeInto(
          out,
          both.map(({ path }) => path),
        )
      ).sourcesRead,
    ).toBe(2);
    for (const one of both) one.remove();
  });
});

/** Drops of bursts with the first line that each cites, by what they say. */
const CITED = `select b.start_us, coalesce(k.text, e.text) as text, lower(hex(coalesce(k.sha256, e.sha256))) as sha256
  from burst b
  left join kept_line k on k.kind = 'event' and k.id = b.first_event_id
  left join event e on e.event_id = b.first_event_id
  where b.start_us is not null order by b.start_us, text`;

describe("pruned databases", () => {
  it("bring the bursts and minutes that outlived their events", async () => {
    const made = makeDatabase();
    await made.ingest(filesBelow(join(folder, "logs", "incident")), { hash: true });
    const bursts = made.all(
      "select host, netns, start_us, drops_min, drops_reported from bursts where start_us is not null order by 1, 3",
    );
    const minutes = made.all(
      "select host, minute_us, drop_lines, suppressed from minutes order by 1, 2, netns",
    );
    const cited = made.all(CITED);
    const db = openForWriting(made.path);
    prune(db, Date.parse("2026-03-16T00:00:00Z") * 1000);
    closeWhole(db);
    expect(made.one("select count(*) from events where kind = 'drop' and at_us is not null")).toBeLessThan(2);
    const out = fresh();
    await mergeInto(out, [made.path]);
    await mergeInto(out, [made.path, ...paths()]);
    const merged = openForReading(out);
    const ask = (sql: string) => merged.prepare(sql).all();
    const hosts = [...new Set(bursts.map((row) => String(row.host)))].map((host) => `'${host}'`).join();
    expect(
      ask(
        `select host, netns, start_us, drops_min, drops_reported from bursts where start_us is not null and host in (${hosts}) order by 1, 3`,
      ),
    ).toEqual(bursts);
    expect(
      ask(
        `select host, minute_us, drop_lines, suppressed from minutes where host in (${hosts}) order by 1, 2, netns`,
      ),
    ).toEqual(minutes);
    expect(cited.length).toBeGreaterThan(0);
    const lines = new Set(ask(CITED).map((row) => JSON.stringify(row)));
    for (const row of cited) expect(lines).toContain(JSON.stringify(row));
    expect(ask("select 1 from kept_line where id >= 0 or source_id is null")).toEqual([]);
    expect(ask("select 1 from kept_line")).not.toEqual([]);
    merged.close();
    made.remove();
  });
});

/** Columns that dating, analysis and the target's own ids make anew. */
const MADE_ANEW: Readonly<Record<string, readonly string[]>> = {
  source: [
    ...[
      "source_id",
      "run_id",
      "zone",
      "zone_basis",
      "first_year",
      "year_basis",
      "first_us",
      "last_us",
      "host_id",
    ],
    // Where reading can go on is of the reader's own rows.
    ...["dated_by", "events_dated", "resume"],
  ],
  stream: [
    ...[
      "stream_id",
      "source_id",
      "name_id",
      "host_id",
      "host_basis",
      "boot_id",
      "first_us",
      "last_us",
      "boot_us",
    ],
  ],
  fact: ["source_id"],
  proof: ["stream_id"],
  anchor: ["anchor_id", "stream_id", "at_us"],
  event: ["event_id", "form_id", "speaks"],
  event_form: ["form_id", "stream_id", "tail", "first_stamp_us", "last_stamp_us", "first_us", "last_us"],
  observation: ["observation_id", "stream_id"],
  occupancy: ["source_id", "stream_id", "at_us"],
  occupancy_share: ["source_id"],
  problem: ["problem_id", "source_id", "run_id", "path"],
};

describe("records", () => {
  const TABLES: Readonly<Record<string, string>> = {
    fact: "fact",
    stream: "stream",
    proof: "proof",
    anchor: "anchor",
    occupancy: "occupancy",
    share: "occupancy_share",
    problem: "problem",
    events: "event",
    observation: "observation",
  };

  it.each(Object.entries(TABLES))("%s carries every column of %s that is not made anew", (record, table) => {
    const read = RECORD_KINDS.find((one) => one.record === record)?.read ?? "";
    expectCarried(table, read);
    if (table === "event") expectCarried("event_form", read);
  });

  it("a source's record carries every column that is not made anew", () => {
    expectCarried("source", "exchange_source");
  });

  function expectCarried(table: string, read: string): void {
    const db = openForReading(whole.path);
    const sources = db.prepare("select source_id from source").all() as { source_id: number }[];
    const made = new Set(MADE_ANEW[table]);
    const wanted = columnsOf(db, table).filter((name) => !made.has(name));
    db.close();
    expect(sources.length).toBeGreaterThan(0);
    expect(wanted.filter((name) => !carried(read).includes(name) && name !== "identity")).toEqual([]);
  }

  function carried(read: string): string[] {
    const db = openForReading(whole.path);
    try {
      return statement(db, read)
        .columns()
        .map(({ name }) => name);
    } finally {
      db.close();
    }
  }
});
