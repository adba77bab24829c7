// What `export` wrote, read back by another engine: DuckDB must see the rows that SQLite has, and the SQL shipped
// for it must give the same answers as the views.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ExportOptions, exportViews } from "../../src/pipeline/fleet/export.ts";
import { EXPORTED } from "../../src/store/exported.ts";
import { sqlFiles } from "../../src/store/files.ts";
import { openForReading } from "../../src/store/open.ts";
import { SAMPLES } from "../cli/program.ts";
import { columnsOf } from "../sql/catalogue.ts";
import { type Incident, writeIncident } from "../sql/incident.ts";
import { type Made, makeDatabase } from "../support/database.ts";

type Row = Record<string, unknown>;

const EVERYTHING = { host: null, sinceUs: null, untilUs: null, name: "test.db", format: "parquet" as const };

let incident: Incident;
let made: Made;
let folder: string;
let duck: DuckDBConnection;
const lake = () => join(folder, "lake");

const write = (options: Partial<ExportOptions> = {}) => {
  const db = openForReading(made.path);
  try {
    return exportViews(db, { ...EVERYTHING, out: lake(), ...options });
  } finally {
    db.close();
  }
};

/** Rows of DuckDB with plain numbers, and instants as microseconds. */
async function ask(sql: string): Promise<Row[]> {
  const result = await duck.runAndReadAll(sql);
  return result.getRowObjects().map((row) => {
    const cells = Object.entries(row).map(([name, value]) => [name, plain(value)]);
    return Object.fromEntries(cells) as Row;
  });
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "object" && value !== null && "micros" in value) return Number(value.micros);
  if (typeof value === "object" && value !== null && "value" in value) return Number(value.value);
  return value;
}

const shipped = (name: string): string => {
  const file = sqlFiles("parquet").find((one) => one.name === name);
  if (file === undefined) throw new Error(`no sql/parquet/${name}.sql`);
  return file.text;
};

const files = (below: string): string[] =>
  (readdirSync(below, { recursive: true }) as string[]).filter((name) => name.endsWith(".parquet")).sort();

const sorted = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).sort();

beforeAll(async () => {
  incident = writeIncident();
  made = makeDatabase();
  await made.ingest([incident.folder, join(SAMPLES, "router-2026")]);
  folder = mkdtempSync(join(tmpdir(), "conntrail-export-"));
  write();
  duck = await (await DuckDBInstance.create(":memory:")).connect();
  await duck.run("set timezone = 'UTC'");
  await duck.run(`set variable lake = '${lake()}'`);
  await duck.run(shipped("views"));
});
afterAll(() => {
  duck?.closeSync();
  made?.remove();
  incident?.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(EXPORTED)("$name", (view) => {
  it("has the view's columns in their order, and says what they are", () => {
    const db = openForReading(made.path);
    expect(view.columns.map(({ name }) => name)).toEqual(columnsOf(db, view.name));
    db.close();
    const schema = JSON.parse(readFileSync(join(lake(), view.name, "_schema.json"), "utf8")) as {
      columns: { column: string; type: string; unit: string | null }[];
    };
    expect(schema.columns.map(({ column }) => column)).toEqual(view.columns.map(({ name }) => name));
    for (const { column, unit } of schema.columns) if (column.endsWith("_us")) expect(unit).toBe("us");
  });

  it("has types that every engine knows: instants in UTC, whole numbers of 64 bits, text", async () => {
    const types = new Map(
      (await ask(`describe ${view.name}`)).map((row) => [row.column_name, row.column_type]),
    );
    const known = {
      text: "VARCHAR",
      integer: "BIGINT",
      real: "DOUBLE",
      timestamp: "TIMESTAMP WITH TIME ZONE",
    };
    for (const { name, type } of view.columns) expect(types.get(name), name).toBe(known[type]);
  });

  it("has the rows that SQLite has, timestamps to the microsecond", async () => {
    const ours = made.all<Row>(`select * from ${view.name}`).map((row) => {
      const cells = view.columns.map(({ name, from }) => [name, row[from ?? name]]);
      return Object.fromEntries(cells) as Row;
    });
    expect(ours.length).toBeGreaterThan(0);
    expect(sorted(await ask(`select * from ${view.name}`))).toEqual(sorted(ours));
  });

  it("lies by host and UTC day", async () => {
    const placed = await ask(
      `select distinct filename, host, ${view.dayOf} as us from
        read_parquet('${lake()}/${view.name}/*/*/*.parquet', filename = true, hive_partitioning = false)`,
    );
    for (const { filename, host, us } of placed) {
      const day = us === null ? "unknown" : new Date(Number(us) / 1000).toISOString().slice(0, 10);
      expect(String(filename)).toContain(`/host=${String(host)}/day=${day}/`);
    }
  });
});

describe("SQL shipped for Parquet", () => {
  it("runs, all of it", async () => {
    for (const { name, text } of sqlFiles("parquet")) {
      if (name !== "views") expect(await ask(text), name).not.toEqual([]);
    }
  });

  it("makes of events the bursts that the views have", async () => {
    const ours = made.all<Row>(
      `select host, netns, start_us, end_us, drop_lines from bursts where start_us is not null
        order by host, netns, start_us`,
    );
    expect(ours.length).toBeGreaterThan(4);
    expect(sorted(await ask(shipped("bursts-from-events")))).toEqual(sorted(ours));
  });

  it("makes of events the minutes that the views have", async () => {
    const ours = made.all<Row>(
      "select host, netns, minute_us, drop_lines from minutes where drop_lines > 0 order by 1, 2, 3",
    );
    expect(ours.length).toBeGreaterThan(4);
    expect(sorted(await ask(shipped("minutes-from-events")))).toEqual(sorted(ours));
  });

  it.each(["totals-by-host", "drops-by-day", "limits-that-differ"])(
    "%s says what SQLite says",
    async (name) => {
      // The same text over the views of SQLite; mod() is the one function that it may lack.
      const ours = made.all<Row>(shipped(name).replaceAll(/mod\((\w+), (\d+)\)/g, "($1 % $2)"));
      expect(ours.length).toBeGreaterThan(0);
      expect(await ask(shipped(name))).toEqual(ours);
    },
  );

  it("totals by host are those of the recorded incident: 46 printed lines on fw1 and gw2", async () => {
    const rows = await ask(shipped("totals-by-host"));
    const of = (host: string) => rows.find((row) => row.host === host);
    expect(Number(of("fw1")?.drops_min) + Number(of("gw2")?.drops_min)).toBe(46);
  });
});

describe("another export", () => {
  it("of the same rows writes over what is there, and adds nothing", () => {
    const before = files(lake());
    expect(write().removed).toBe(0);
    expect(files(lake())).toEqual(before);
    expect(
      readdirSync(lake(), { recursive: true }).filter((name) => String(name).includes("partial")),
    ).toEqual([]);
  });

  it("of one host and day leaves the others as they are, and writes the day whole", async () => {
    const [rows] = await ask("select count(*) as n from events");
    write({
      host: "fw1",
      sinceUs: Date.parse("2026-03-14T10:00:30Z") * 1000,
      untilUs: Date.parse("2026-03-14T10:00:31Z") * 1000,
    });
    expect(await ask("select count(*) as n from events")).toEqual([rows]);
  });

  it("of a log that grew takes the place of what it was, and another database's files stay", async () => {
    const log = join(folder, "grown.log");
    const line = (s: number) =>
      `2026-05-01T00:00:0${s}.000000+00:00 grow kernel: nf_conntrack: table full, dropping packet\n`;
    writeFileSync(log, line(1) + line(2));
    await made.ingest([log]);
    write();
    const other = makeDatabase();
    writeFileSync(`${log}.other`, line(7));
    await other.ingest([`${log}.other`]);
    const db = openForReading(other.path);
    exportViews(db, { ...EVERYTHING, out: lake(), name: "other.db" });
    db.close();
    other.remove();
    writeFileSync(log, line(1) + line(2) + line(3));
    await made.ingest([log]);
    expect(write().removed).toBe(3);
    const below = join(lake(), "events", "host=grow", "day=2026-05-01");
    expect(files(below)).toHaveLength(2);
    expect(await ask("select count(*) as n from events where host = 'grow'")).toEqual([{ n: 3 + 1 }]);
    const bursts = await ask("select drop_lines from bursts where host = 'grow' order by drop_lines");
    expect(bursts).toEqual([{ drop_lines: 1 }, { drop_lines: 3 }]);
  });
});

it("a host's name is a name in a path, whatever is in it", async () => {
  const log = join(folder, "odd.log");
  writeFileSync(
    log,
    "2026-05-02T00:00:01+00:00 ../a=b%2F*é kernel: nf_conntrack: table full, dropping packet\n",
  );
  await made.ingest([log]);
  write();
  expect(existsSync(join(lake(), "events", "host=..%2Fa%3Db%252F%2A%C3%A9"))).toBe(true);
  expect(await ask("select host from events where at_us = 1777680001000000")).toEqual([
    { host: "../a=b%2F*é" },
  ]);
});
