// Every statement the program will ever run is SQL over the schema as it is now.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeWhole, type Db, openForWriting } from "../../src/store/open.ts";
import { makeTemporary, statement, statementNames } from "../../src/store/statements.ts";

const folder = mkdtempSync(join(tmpdir(), "conntrail-statements-"));
let db: Db;

beforeAll(() => {
  db = openForWriting(join(folder, "fresh.db"));
  makeTemporary(db);
});
afterAll(() => {
  closeWhole(db);
  rmSync(folder, { recursive: true, force: true });
});

it.each(statementNames())("%s prepares, once for each database", (name) => {
  const prepared = statement(db, name);
  expect(prepared.source).not.toMatch(/;[\s\S]*\S/);
  expect(statement(db, name)).toBe(prepared);
});

it("what feeds reports comes in an order", () => {
  for (const name of statementNames().filter((one) => /^(?:report|list)_/.test(one))) {
    const { source } = statement(db, name);
    if (!/^select coalesce\(sum\(/.test(source)) expect(source, name).toMatch(/\border by [^;]+;?$/);
  }
});

it("a name that is not there is a defect", () => {
  expect(() => statement(db, "no_such_statement")).toThrow("no_such_statement");
});
