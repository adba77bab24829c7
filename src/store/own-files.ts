// What must never be written over: the database with the files that SQLite and its lock keep beside it, and the logs
// that it was read from.

import { realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Db } from "./open.ts";
import { statement } from "./statements.ts";

const BESIDE = ["", "-wal", "-shm", "-journal", ".lock"] as const;

/** The database's own files, whether they are there or not. */
export function databaseFiles(db: string): string[] {
  return BESIDE.map((suffix) => `${resolve(db)}${suffix}`);
}

/** Says whether a path leads to one of the database's own files: by its name, or by whatever name the file has there. */
export function ownsFile(db: string): (path: string) => boolean {
  const own = databaseFiles(db);
  const names = new Set([...own, ...own.map(realName)]);
  return (path) => {
    if (names.has(resolve(path)) || names.has(realName(path))) return true;
    const there = statOf(path);
    return there !== null && own.some((file) => isSame(statOf(file), there));
  };
}

interface Seen {
  readonly path: string;
  readonly size_bytes: number;
  readonly mtime_us: number;
}

/** True where a file lies at `path` that sources of the database were read from. */
export function isLogOf(db: Db, path: string): boolean {
  const there = statOf(path);
  if (there === null || !there.isFile()) return false;
  const names = new Set([resolve(path), realName(path)]);
  const known = statement(db, "paths_named").all({ name: basename(path) }) as { path: string }[];
  if (known.some((one) => names.has(resolve(one.path)) || names.has(realName(one.path)))) return true;
  const seen = statement(db, "seen_by_node").all({ dev: there.dev, ino: there.ino }) as Seen[];
  // An inode whose file is gone may be another file's by now.
  const asSeen = (one: Seen) =>
    one.size_bytes === there.size && one.mtime_us === Math.floor(there.mtimeMs * 1000);
  return seen.some((one) => isSame(statOf(one.path), there) || asSeen(one));
}

/** With every folder by its own name; the file itself need not be there. */
export function realName(path: string): string {
  const full = resolve(path);
  try {
    return realpathSync(full);
  } catch {
    return dirname(full) === full ? full : join(realName(dirname(full)), basename(full));
  }
}

function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function isSame(a: Stats | null, b: Stats): boolean {
  return a !== null && a.dev === b.dev && a.ino === b.ino;
}
