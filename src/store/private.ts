// A database that nobody else sees: without a name, on disk where it is large, gone with its connection.

import Database from "better-sqlite3";
import { migrate } from "./migrate.ts";
import type { Db } from "./open.ts";

/** Opens an empty one. Nothing in it needs to outlive a crash. */
export function openPrivate(): Db {
  const db = new Database("");
  db.pragma("synchronous = off");
  db.pragma("temp_store = file");
  db.pragma("foreign_keys = on");
  migrate(db);
  return db;
}
