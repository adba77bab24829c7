// Whose file it is and who may open it: the sentences, the sidecars, the mode.

import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EXIT, UserError } from "../../src/errors.ts";
import { SCHEMA_VERSION } from "../../src/store/migrate.ts";
import { closeWhole, openForReading, openForWriting } from "../../src/store/open.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "conntrail-open-"));
  path = join(folder, "test.db");
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

/** A whole database with one run in it. */
function make(): void {
  const db = openForWriting(path);
  db.exec("insert into run (command, started_us, status) values ('test', 0, 'done')");
  closeWhole(db);
}

function alter(sql: string): void {
  const db = new Database(path);
  db.exec(sql);
  db.close();
}

function refusal(open: (path: string) => Database.Database): UserError {
  try {
    open(path).close();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("it was opened");
}

describe.each([
  ["reading", openForReading],
  ["writing", openForWriting],
])("opening for %s refuses in a sentence", (_, open) => {
  it("a database from the future, naming both versions", () => {
    make();
    alter(`pragma user_version = ${SCHEMA_VERSION + 1}`);
    expect(refusal(open).message).toContain(`${SCHEMA_VERSION + 1}`);
    expect(refusal(open).hint).not.toBeNull();
  });

  it("a file that is not SQLite, and leaves it as it was", () => {
    writeFileSync(path, "Mar 14 10:00:00 fw1 kernel: not a database\n".repeat(40));
    const before = statSync(path).size;
    expect(refusal(open).message).toMatch(/is not an SQLite database$/);
    expect(statSync(path).size).toBe(before);
  });

  it("another program's SQLite file, and leaves it as it was", () => {
    alter("create table note (text text)");
    expect(refusal(open).message).toMatch(/not one of conntrail$/);
    alter("drop table note; pragma application_id = 7");
    expect(refusal(open).message).toMatch(/not one of conntrail$/);
    const db = new Database(path);
    expect(db.prepare("select count(*) as n from sqlite_schema").get()).toEqual({ n: 0 });
    db.close();
  });

  it("a folder in place of a file", () => {
    mkdirSync(path);
    expect(refusal(open).message).toContain(path);
  });
});

describe("opening for reading", () => {
  it("refuses what is not there with a hint, and does not make it", () => {
    expect(refusal(openForReading).hint).toContain("conntrail ingest");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("refuses an older schema with a hint", () => {
    make();
    alter(`pragma user_version = ${SCHEMA_VERSION - 1}`);
    expect(refusal(openForReading).hint).toContain("conntrail ingest");
  });

  it("cannot write", () => {
    make();
    const db = openForReading(path);
    expect(() => db.exec("delete from run")).toThrow(Database.SqliteError);
    db.close();
  });

  const reachable = process.geteuid?.() !== 0 || isMainThread;
  it.runIf(reachable)("works from a folder that may not be written to, and leaves nothing beside it", () => {
    make();
    chmodSync(path, 0o444);
    chmodSync(folder, 0o555);
    // The superuser may write anywhere: ask as somebody else.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      const db = openForReading(path);
      expect(db.prepare("select count(*) as n from runs").get()).toEqual({ n: 1 });
      expect(readdirSync(folder)).toEqual(["test.db"]);
      db.close();
      expect(readdirSync(folder)).toEqual(["test.db"]);
      expect(refusal(openForWriting)).toBeInstanceOf(UserError);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });
});

describe("opening for writing", () => {
  it("makes a file that others may not read", () => {
    make();
    expect(statSync(path).mode & 0o777 & ~0o640).toBe(0);
  });

  it("refuses a database whose migration had another text", () => {
    make();
    // The views tell that the schema must be looked at again.
    alter("update migration set sha256 = '00'; delete from view_set");
    expect(refusal(openForWriting).message).toContain("migrated by another text");
  });

  it("puts back views that are not this program's, and takes strange ones away", () => {
    make();
    alter("drop view runs; create view extras as select 1 as one; delete from view_set");
    const db = openForWriting(path);
    const names = db
      .prepare("select name from sqlite_schema where type = 'view' order by name")
      .pluck()
      .all();
    expect(names).toContain("runs");
    expect(names).not.toContain("extras");
    closeWhole(db);
  });

  it("leaves one file; reading goes on while it writes, and sees what was committed", () => {
    make();
    const writer = openForWriting(path);
    writer.exec(
      "begin immediate; insert into run (command, started_us, status) values ('new', 1, 'running')",
    );
    const reader = openForReading(path);
    expect(reader.prepare("select count(*) as n from runs").get()).toEqual({ n: 1 });
    writer.exec("commit");
    expect(reader.prepare("select count(*) as n from runs").get()).toEqual({ n: 2 });
    reader.close();
    closeWhole(writer);
    expect(readdirSync(folder)).toEqual(["test.db"]);
  });

  it("takes in what a killed run left in its sidecar, and tidies up", () => {
    const killed = openForWriting(path);
    killed.exec("insert into run (command, started_us, status) values ('killed', 0, 'running')");
    const copy = join(folder, "copy.db");
    for (const suffix of ["", "-wal"]) copyFileSync(`${path}${suffix}`, `${copy}${suffix}`);
    const next = openForWriting(copy);
    expect(next.prepare("select command from run").pluck().all()).toEqual(["killed"]);
    closeWhole(next);
    closeWhole(killed);
    expect(readdirSync(folder).sort()).toEqual(["copy.db", "test.db"]);
  });

  it("a second writer is told that the first holds it", () => {
    make();
    const holder = new Database(path);
    holder.exec("begin exclusive");
    const { exitCode, message } = refusal(openForWriting);
    expect([exitCode, message]).toEqual([EXIT.locked, `${path} is held by another run`]);
    holder.exec("rollback");
    holder.close();
  });
});
