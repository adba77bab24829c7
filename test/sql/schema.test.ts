// The schema as it really is: the committed dump, what is promised of tables and views, and the file's own marks.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SCHEMA_VERSION } from "../../src/store/migrate.ts";
import { closeWhole, type Db, openForReading, openForWriting } from "../../src/store/open.ts";
import { makeDatabase } from "../support/database.ts";
import { columnsOf, dumpSchema, schemaObjects, viewNames } from "./catalogue.ts";
import { writeIncident } from "./incident.ts";

/** Deleted with their parent by a scan: a handful of rows at most. */
const FEW_ROWS = new Set(["occupancy.stream_id", "seen_source.source_id"]);

const folder = mkdtempSync(join(tmpdir(), "conntrail-schema-"));
let db: Db;

beforeAll(() => {
  db = openForWriting(join(folder, "fresh.db"));
});
afterAll(() => {
  closeWhole(db);
  rmSync(folder, { recursive: true, force: true });
});

it("sql/schema.sql is what a fresh database has", async () => {
  await expect(dumpSchema(db)).toMatchFileSnapshot("../../sql/schema.sql");
});

it("the dump makes the same schema again", () => {
  const copy = new Database(":memory:");
  copy.exec(dumpSchema(db));
  expect(dumpSchema(copy)).toBe(dumpSchema(db));
  copy.close();
});

it("the file says whose it is, and of which version", () => {
  expect(db.pragma("application_id", { simple: true })).toBe(Buffer.from("ctrl").readUInt32BE());
  expect(db.pragma("user_version", { simple: true })).toBe(SCHEMA_VERSION);
  expect(db.prepare("select count(*) as n from migration").get()).toEqual({ n: SCHEMA_VERSION });
});

describe("tables", () => {
  it("are all STRICT", () => {
    const lax = db
      .prepare("select name from pragma_table_list where schema = 'main' and type = 'table' and not strict")
      .all() as { name: string }[];
    expect(lax.filter(({ name }) => !name.startsWith("sqlite_"))).toEqual([]);
  });

  it("have an index wherever rows are deleted with their parent", () => {
    for (const { name } of schemaObjects(db).filter(({ type }) => type === "table")) {
      const keys = db.pragma(`foreign_key_list("${name}")`) as { from: string; on_delete: string }[];
      for (const { from } of keys.filter((key) => key.on_delete === "CASCADE")) {
        if (FEW_ROWS.has(`${name}.${from}`)) continue;
        const plan = db.prepare(`explain query plan select 1 from "${name}" where "${from}" = ?`).all(1);
        expect((plan[0] as { detail: string }).detail, `${name}.${from}`).toMatch(/^SEARCH /);
      }
    }
  });
});

describe("views", () => {
  it("have plural names, tables singular ones", () => {
    const views = viewNames(db);
    expect(views).toEqual(expect.arrayContaining(["bursts", "events", "minutes", "sources"]));
    for (const { type, name } of schemaObjects(db)) {
      if (type === "table") expect(views).not.toContain(name);
    }
  });

  it("tell times with exactly six digits of a second, or not at all", async () => {
    const incident = writeIncident();
    const made = makeDatabase();
    await made.ingest([incident.folder]);
    const filled = openForReading(made.path);
    try {
      for (const view of viewNames(filled)) {
        const times = columnsOf(filled, view).filter((name) => name === "time" || name.endsWith("_time"));
        for (const time of times) {
          const rows = filled
            .prepare(`select "${time}" as time from "${view}" where "${time}" is not null`)
            .all();
          expect(rows.length, `${view}.${time}`).toBeGreaterThan(0);
          for (const row of rows as { time: string }[]) {
            expect(row.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
          }
        }
      }
    } finally {
      filled.close();
      made.remove();
      incident.remove();
    }
  });

  it("keep the microseconds of instants before 1970 and beyond 2038", () => {
    const insert = db.prepare(
      "insert into run (command, started_us, finished_us, status) values ('test', ?, ?, 'done')",
    );
    db.exec("begin");
    insert.run(-1, 4_102_444_800_000_001);
    expect(db.prepare("select started_time, finished_time from runs").get()).toEqual({
      started_time: "1969-12-31T23:59:59.999999Z",
      finished_time: "2100-01-01T00:00:00.000001Z",
    });
    db.exec("rollback");
  });
});
