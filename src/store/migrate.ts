// From any released schema to the current one: forward only, each step checked by its checksum.

import { createHash } from "node:crypto";
import type Database from "better-sqlite3";
import { UserError } from "../errors.ts";
import { type SqlFile, sqlFiles } from "./files.ts";

/** "ctrl" in ASCII: what `file(1)` and SQLite know the database by. */
const APPLICATION_ID = 0x6374726c;

const MIGRATIONS = sqlFiles("migrations");
export const SCHEMA_VERSION = MIGRATIONS.length;

type Db = Database.Database;

function checksum(file: SqlFile): string {
  return createHash("sha256").update(file.text).digest("hex");
}

/**
 * The schema version of an open database, 0 where it is empty.
 * @throws UserError where it is a database of something else, or newer than this program.
 */
export function readVersion(db: Db, path: string): number {
  const id = Number(db.pragma("application_id", { simple: true }));
  const version = Number(db.pragma("user_version", { simple: true }));
  const tables = db.prepare("select count(*) as n from sqlite_schema").get() as { n: number };
  if (id !== APPLICATION_ID && (id !== 0 || version !== 0 || tables.n > 0)) {
    throw new UserError(`${path} is an SQLite database, but not one of conntrail`);
  }
  if (version > SCHEMA_VERSION) {
    throw new UserError(
      `${path} was made by a newer version (schema ${version}; this program knows ${SCHEMA_VERSION})`,
      { hint: "use the newer conntrail" },
    );
  }
  return version;
}

/** Brings the schema up to date and puts the views in place. */
export function migrate(db: Db): void {
  const from = readVersion(db, db.name);
  if (from > 0) checkLedger(db);
  if (from === SCHEMA_VERSION && viewsCurrent(db)) return;
  db.transaction(() => {
    if (from === 0) {
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.exec("create table migration (name text primary key, sha256 text not null) strict, without rowid;");
      db.exec("create table view_set (sha256 text not null) strict;");
    }
    const known = ledger(db);
    for (const file of MIGRATIONS) if (!known.has(file.name)) applyOne(db, file);
    replaceViews(db);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
  }).immediate();
}

function ledger(db: Db): Map<string, string> {
  const rows = db.prepare("select name, sha256 from migration").all() as { name: string; sha256: string }[];
  return new Map(rows.map((row) => [row.name, row.sha256]));
}

/** @throws UserError where a migration was applied with another text than this program has. */
export function checkLedger(db: Db): void {
  const known = ledger(db);
  for (const file of MIGRATIONS) {
    const applied = known.get(file.name);
    if (applied === undefined || applied === checksum(file)) continue;
    throw new UserError(`${db.name} was migrated by another text of ${file.name}`, {
      hint: "it was made by a version that was never released: ingest the logs into a new database",
    });
  }
}

function applyOne(db: Db, file: SqlFile): void {
  db.exec(file.text);
  db.prepare("insert into migration (name, sha256) values (?, ?)").run(file.name, checksum(file));
}

function viewsSum(): string {
  const hash = createHash("sha256");
  for (const file of sqlFiles("views")) hash.update(file.text);
  return hash.digest("hex");
}

function viewsCurrent(db: Db): boolean {
  const row = db.prepare("select sha256 from view_set").get() as { sha256: string } | undefined;
  return row?.sha256 === viewsSum();
}

function replaceViews(db: Db): void {
  const old = db.prepare("select name from sqlite_schema where type = 'view'").all() as { name: string }[];
  for (const { name } of old) db.exec(`drop view "${name.replaceAll('"', '""')}"`);
  for (const file of sqlFiles("views")) db.exec(file.text);
  db.exec("delete from view_set");
  db.prepare("insert into view_set (sha256) values (?)").run(viewsSum());
}
