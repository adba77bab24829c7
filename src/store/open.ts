// The database file: who may open it, and in what state it is left. One file when no run is active.

import { accessSync, chmodSync, constants, existsSync, rmSync, statSync } from "node:fs";
import Database from "better-sqlite3";
import { EXIT, UserError } from "../errors.ts";
import { type Lock, takeLock } from "./lock.ts";
import { checkLedger, migrate, readVersion, SCHEMA_VERSION } from "./migrate.ts";

export type Db = Database.Database;

/** Milliseconds a statement waits for another connection before it gives up. */
const BUSY_MS = 5_000;

/** Inner pages of a table of ten million rows take 8 MiB: read once, they stay. */
const READ_CACHE_KIB = 16 * 1024;

/** Rows are written one behind the other: the pages that were written last are enough. */
const WRITE_CACHE_KIB = 4 * 1024;

/** SQLite's own 4 KiB make a large load a twentieth slower, and reports no faster. */
const PAGE_BYTES = 8 * 1024;

/** Locks of databases that are open for writing. */
const locks = new Map<Db, Lock>();

/** Databases that this process has made. */
const made = new WeakSet<Db>();

/**
 * Opens (and makes, where missing) the database for a run that writes. The schema is brought up to date. Only one
 * run can have it: another is waited for up to `waitS` seconds.
 * @throws UserError where the file is no database of ours, is newer than this program, cannot be written, or is held.
 */
export function openForWriting(path: string, waitS = 0): Db {
  for (const [db, lock] of locks) if (!db.open) release(db, lock);
  const lock = takeLock(path, waitS);
  try {
    const db = openLocked(path, waitS);
    locks.set(db, lock);
    return db;
  } catch (error) {
    lock.release();
    throw error;
  }
}

function release(db: Db, lock: Lock | undefined): void {
  locks.delete(db);
  lock?.release();
}

function openLocked(path: string, waitS: number): Db {
  const fresh = !existsSync(path);
  const db = connect(path, false);
  let entered = false;
  try {
    // No run is in the way, but a reader may be: the journal changes only when nobody reads.
    db.pragma(`busy_timeout = ${Math.max(BUSY_MS, Math.round(waitS * 1000))}`);
    // Log text is nobody's business but the owner's and the group's; an umask may be stricter still.
    if (fresh) chmodSync(path, statSync(path).mode & 0o640);
    // What is refused stays as it is, down to its journal mode.
    if (readVersion(db, path) > 0) checkLedger(db);
    // Settled before the first page is written: of no effect on a database that is there.
    db.pragma(`page_size = ${PAGE_BYTES}`);
    db.pragma("journal_mode = wal");
    entered = true;
    db.pragma("synchronous = normal");
    db.pragma("foreign_keys = on");
    db.pragma("temp_store = file");
    db.pragma(`cache_size = -${WRITE_CACHE_KIB}`);
    migrate(db);
    if (fresh) made.add(db);
    db.pragma(`busy_timeout = ${BUSY_MS}`);
    return db;
  } catch (error) {
    if (entered) leaveOneFile(db);
    db.close();
    throw explain(error, path);
  }
}

/**
 * Opens the database for reading only.
 * @throws UserError where the file is missing, is no database of ours, or has another schema version.
 */
export function openForReading(path: string): Db {
  if (!existsSync(path)) {
    throw new UserError(`no database at ${path}`, { hint: "conntrail ingest <path...> makes one" });
  }
  const db = connect(path, true);
  try {
    const version = readVersion(db, path);
    if (version < SCHEMA_VERSION) {
      throw new UserError(`${path} was made by an older version (schema ${version})`, {
        hint: "the next conntrail ingest brings it up to date",
      });
    }
    checkLedger(db);
    db.pragma("temp_store = file");
    db.pragma(`cache_size = -${READ_CACHE_KIB}`);
    return db;
  } catch (error) {
    db.close();
    throw explain(error, path);
  }
}

function connect(path: string, readonly: boolean): Db {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new UserError(`${path} is a folder, not a database`);
  }
  try {
    const db = new Database(path, { readonly, fileMustExist: readonly });
    db.pragma(`busy_timeout = ${BUSY_MS}`);
    return db;
  } catch (error) {
    throw explain(error, path);
  }
}

/** Leaves the database as one file: everything in it, no sidecar (as far as readers allow). */
export function closeWhole(db: Db): void {
  leaveOneFile(db);
  db.close();
  release(db, locks.get(db));
}

/** The same where nothing came of the run: a database that was made for it goes again. */
export function closeUnused(db: Db): void {
  const path = db.name;
  leaveOneFile(db);
  db.close();
  if (made.has(db)) rmSync(path, { force: true });
  release(db, locks.get(db));
}

function leaveOneFile(db: Db): void {
  try {
    db.pragma("wal_checkpoint(truncate)");
    db.pragma("journal_mode = delete");
  } catch {
    // A reader holds it: the sidecar stays, and the next run tidies up.
  }
}

function explain(error: unknown, path: string): unknown {
  // better-sqlite3 tells a missing folder by a TypeError.
  if (error instanceof TypeError && error.message.includes("directory")) {
    return new UserError(`cannot open ${path}: its folder does not exist`, { cause: error });
  }
  if (!(error instanceof Database.SqliteError)) return error;
  const code = error.code;
  if (code === "SQLITE_NOTADB") return new UserError(`${path} is not an SQLite database`, { cause: error });
  if (code.startsWith("SQLITE_BUSY") || code === "SQLITE_LOCKED") {
    return new UserError(`${path} is held by another run`, { cause: error, exitCode: EXIT.locked });
  }
  if (code.startsWith("SQLITE_CANTOPEN")) {
    const why = mayRead(path) ? "" : ": it may not be read by this user";
    return new UserError(`cannot open ${path}${why}`, { cause: error });
  }
  if (code.startsWith("SQLITE_READONLY")) return new UserError(`cannot write to ${path}`, { cause: error });
  if (code === "SQLITE_FULL") return new UserError(`no space left for ${path}`, { cause: error });
  if (code.startsWith("SQLITE_CORRUPT")) return new UserError(`${path} is damaged`, { cause: error });
  return new UserError(`${path}: ${error.message}`, { cause: error });
}

function mayRead(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "EACCES";
  }
}
