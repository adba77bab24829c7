// What most tests of the pipeline begin with: a folder to put logs into, and a database to read them into.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { type Made, makeDatabase } from "./database.ts";

/** Path of a folder that is empty when a test of the file that calls this begins, and gone when it has ended. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "conntrail-"));
  beforeEach(() => {
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Fresh extends Omit<Made, "remove"> {
  /** Begins with an empty one in the middle of a test. */
  again(): void;
}

/** A database that is empty when a test of the file that calls this begins, and gone when it has ended. */
export function freshDatabase(): Fresh {
  let made: Made;
  beforeEach(() => {
    made = makeDatabase();
  });
  afterEach(() => made.remove());
  return {
    get path() {
      return made.path;
    },
    all: (sql) => made.all(sql),
    one: (sql) => made.one(sql),
    ingest: (paths, options) => made.ingest(paths, options),
    again() {
      made.remove();
      made = makeDatabase();
    },
  };
}
