// Runs every golden case below test/cases/ingest: its input files, read by the real pipeline, must give the rows told.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { IngestOptions } from "../src/pipeline/ingesting/ingest.ts";
import { makeDatabase } from "./support/database.ts";

interface Case {
  readonly why: string;
  /** Of every input file: the year of yearless stamps is inferred from it. */
  readonly mtime: string;
  readonly options?: Partial<IngestOptions>;
  readonly expect: readonly { readonly sql: string; readonly rows: readonly object[] }[];
}

const ROOT = new URL("cases/ingest/", import.meta.url);
const NAMES = readdirSync(ROOT).sort();

/** A copy of the case's input, since a checkout does not keep file times. */
function copyInput(name: string, mtime: Date): string {
  const folder = mkdtempSync(join(tmpdir(), "conntrail-case-"));
  cpSync(new URL(`${name}/input/`, ROOT), folder, { recursive: true });
  for (const file of readdirSync(folder)) utimesSync(join(folder, file), mtime, mtime);
  return folder;
}

describe("golden cases of ingest", () => {
  it("are there", () => expect(NAMES.length).toBeGreaterThan(19));

  for (const name of NAMES) {
    it(name, async () => {
      const text = readFileSync(new URL(`${name}/case.json`, ROOT), "utf8");
      const { why, mtime, options, expect: expected }: Case = JSON.parse(text);
      const folder = copyInput(name, new Date(mtime));
      const made = makeDatabase();
      try {
        await made.ingest([folder], options);
        for (const { sql, rows } of expected) expect(made.all(sql), `${why}: ${sql}`).toEqual(rows);
      } finally {
        made.remove();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
