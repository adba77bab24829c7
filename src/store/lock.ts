// One run at a time. The lock is a write transaction on a small database beside the real one: the kernel drops it
// with the process, however that ends. Its one row says who holds it, and can be read while it is held.

import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, openSync, realpathSync, statSync, unlinkSync } from "node:fs";
import Database from "better-sqlite3";
import { EXIT, UserError } from "../errors.ts";
import { sqlFiles } from "./files.ts";

export interface Lock {
  release(): void;
}

interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly since: string;
  readonly command: string;
}

interface Attempt {
  readonly path: string;
  readonly fd: number;
  readonly db: Database.Database;
}

const SQL = new Map(sqlFiles("lock").map((file) => [file.name, file.text]));
/** Milliseconds that the holder's row may take to be written or read beside others who do the same. */
const ROW_MS = 5_000;
/** Waited for who holds the lock to say who it is, in milliseconds. */
const WHO_MS = 1_000;
const COMMAND_CHARACTERS = 200;

/**
 * Takes the lock of the database at `path`, waiting for it up to `waitS` seconds.
 * @throws UserError that says who holds it (exit code 75), or why no lock can be had there.
 */
export function takeLock(path: string, waitS: number): Lock {
  const lockPath = `${resolved(path)}.lock`;
  const token = randomUUID();
  const deadline = Date.now() + waitS * 1000;
  for (;;) {
    const attempt = begin(lockPath, path);
    try {
      if (hold(attempt, token, deadline)) return { release: () => end(attempt, true) };
      end(attempt, false);
    } catch (error) {
      const holder = isBusy(error) ? readHolder(attempt) : null;
      end(attempt, false);
      throw isBusy(error) ? refused(path, holder, waitS) : explain(error, path);
    }
  }
}

/** The same file has one lock, whatever link it is reached by. */
function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function begin(lockPath: string, path: string): Attempt {
  try {
    const fd = openSync(lockPath, "a", 0o640);
    try {
      return { path: lockPath, fd, db: new Database(lockPath) };
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  } catch (error) {
    throw explain(error, path);
  }
}

/** Takes the lock, says so, and takes it again: a row has to be committed to be seen. False: begin anew. */
function hold({ db, fd, path }: Attempt, token: string, deadline: number): boolean {
  const begin = () => {
    db.pragma(`busy_timeout = ${Math.max(0, deadline - Date.now())}`);
    db.exec("begin immediate");
  };
  begin();
  if (!isAt(fd, path)) return false;
  db.exec(sql("make"));
  const command = process.argv.slice(2).join(" ").slice(0, COMMAND_CHARACTERS);
  db.prepare(sql("hold")).run({ token, pid: process.pid, since: new Date().toISOString(), command });
  db.pragma(`busy_timeout = ${ROW_MS}`);
  db.exec("commit");
  begin();
  const holder = db.prepare(sql("holder")).get() as Holder | undefined;
  return holder?.token === token && isAt(fd, path);
}

/** The file that was opened still lies there: its last holder may have removed it meanwhile. */
function isAt(fd: number, path: string): boolean {
  const here = statSync(path, { throwIfNoEntry: false });
  const own = fstatSync(fd);
  return here !== undefined && here.ino === own.ino && here.dev === own.dev;
}

/** Who has just begun says so a moment later: worth waiting for. */
function readHolder(attempt: Attempt): Holder | null {
  const until = Date.now() + WHO_MS;
  for (;;) {
    const holder = lookForHolder(attempt);
    if (holder !== null || Date.now() >= until) return holder;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WHO_MS / 20);
  }
}

function lookForHolder({ db }: Attempt): Holder | null {
  try {
    db.pragma(`busy_timeout = ${ROW_MS}`);
    return (db.prepare(sql("holder")).get() as Holder | undefined) ?? null;
  } catch {
    return null;
  }
}

/** The descriptor is closed last: closing one gives up all locks that a process has on the file. */
function end({ db, fd, path }: Attempt, held: boolean): void {
  try {
    // While it is held nobody else can be given it, so it is the right file that goes.
    if (held && isAt(fd, path)) unlinkSync(path);
  } catch {
    // Left behind it does no harm: it is the transaction that locks, not the file.
  }
  db.close();
  closeSync(fd);
}

function sql(name: string): string {
  const text = SQL.get(name);
  if (text === undefined) throw new Error(`no lock statement ${name}`);
  return text;
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY");
}

function refused(path: string, holder: Holder | null, waitS: number): UserError {
  const since = holder?.since.replace(/\.\d+Z$/, "Z");
  const who = holder === null ? "" : `: process ${holder.pid} since ${since}, conntrail ${holder.command}`;
  const waited = waitS > 0 ? ` after ${waitS} s of waiting` : "";
  return new UserError(`${path} is held by another run${waited}${who}`, { exitCode: EXIT.locked });
}

function explain(error: unknown, path: string): unknown {
  const code = String((error as { code?: unknown }).code ?? "");
  if (/^(?:EACCES|EPERM|EROFS|SQLITE_READONLY)/.test(code)) {
    const why = code === "EROFS" ? "nothing may be written" : "permission denied";
    return new UserError(`cannot write to ${path}: ${why} in its folder (a lock file is made there)`, {
      cause: error,
    });
  }
  if (/^(?:ENOSPC|EDQUOT|SQLITE_FULL)/.test(code)) {
    return new UserError(`no space left for ${path}`, { cause: error });
  }
  if (/^SQLITE_(?:NOTADB|CORRUPT)/.test(code)) {
    return new UserError(`${path}.lock is damaged`, { cause: error, hint: "remove it" });
  }
  if (code === "ENOENT")
    return new UserError(`cannot open ${path}: its folder does not exist`, { cause: error });
  if (/^E[A-Z]+$/.test(code) || code.startsWith("SQLITE_")) {
    return new UserError(`cannot open ${path}`, { cause: error });
  }
  return error;
}
