// A database that nobody else sees: without a name, on disk where it is large, gone with its connection.

import Database from "better-sqlite3";
import { sqlFiles } from "./files.ts";
import { migrate } from "./migrate.ts";
import type { Db } from "./open.ts";

const CLEAR = sqlFiles("private").map((file) => file.text);
/** Pages of a database that is emptied rather than thrown away: making one anew takes longer than a small file. */
const SMALL_PAGES = 1024;

export interface PrivateDatabases {
  /** An empty database, for one file. */
  take(): Db;
  /** Takes it back. */
  giveBack(db: Db): void;
  close(): void;
}

/** Private databases, one at a time. */
export function createPrivateDatabases(): PrivateDatabases {
  let spare: Db | null = null;
  return {
    take() {
      const db = spare ?? openPrivate();
      spare = null;
      return db;
    },
    giveBack(db) {
      if (db.inTransaction || Number(db.pragma("page_count", { simple: true })) > SMALL_PAGES) {
        db.close();
        return;
      }
      db.transaction(() => {
        for (const text of CLEAR) db.exec(text);
      })();
      spare = db;
    },
    close() {
      spare?.close();
      spare = null;
    },
  };
}

/** Opens an empty one. Nothing in it needs to outlive a crash. */
function openPrivate(): Db {
  const db = new Database("");
  db.pragma("synchronous = off");
  db.pragma("temp_store = file");
  db.pragma("foreign_keys = on");
  migrate(db);
  return db;
}
