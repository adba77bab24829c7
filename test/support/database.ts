// A database made by the real pipeline in a folder of its own, for tests that ask what a user would ask.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type IngestOptions, ingest } from "../../src/pipeline/ingesting/ingest.ts";
import { closeWhole, openForReading, openForWriting } from "../../src/store/open.ts";
import { checkHours } from "./hours.ts";

export interface Made {
  readonly path: string;
  /** Rows of a query over the public views. */
  all<Row = Record<string, unknown>>(sql: string): Row[];
  /** The only value of a query. */
  one(sql: string): unknown;
  ingest(paths: readonly string[], options?: Partial<IngestOptions>): ReturnType<typeof ingest>;
  remove(): void;
}

/** 2026-11-22T00:00:00Z: what these tests take for now, so that inferred years do not move. */
export const NOW_US = 1_795_305_600_000_000;

const DEFAULTS: IngestOptions = {
  command: "test",
  gapUs: 60_000_000,
  hash: false,
  host: null,
  tz: null,
  year: null,
  referenceUs: null,
  processTz: "UTC",
  now: () => NOW_US,
};

/** An empty database; `ingest` fills it. */
export function makeDatabase(): Made {
  const folder = mkdtempSync(join(tmpdir(), "conntrail-"));
  const path = join(folder, "test.db");
  const all = <Row>(sql: string): Row[] => {
    const db = openForReading(path);
    try {
      return db.prepare(sql).all() as Row[];
    } finally {
      db.close();
    }
  };
  return {
    path,
    all,
    one: (sql) => Object.values(all<Record<string, unknown>>(sql)[0] ?? {})[0],
    async ingest(paths, options = {}) {
      const db = openForWriting(path);
      try {
        const result = await ingest(db, paths, { ...DEFAULTS, ...options });
        checkHours(db);
        return result;
      } finally {
        closeWhole(db);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
