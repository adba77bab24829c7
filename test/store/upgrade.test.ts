// Upgrading, with a migration that is made up: an older database is brought up to date once and keeps its rows, a
// step that fails leaves it as it was, and a database from the future is refused in a sentence.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { EXIT } from "../../src/errors.ts";
import { SCHEMA_VERSION } from "../../src/store/migrate.ts";
import { buildProgram, type Program } from "../cli/program.ts";
import { drops, factsOf, makePlace, onlyValue, type Place, rowsOf } from "../nightly/support.ts";

const NEXT = SCHEMA_VERSION + 1;
const STEP = `
-- A column with a value in every row, a table of its own, and a column that goes.
alter table source add column named text not null default '';
update source set named = upper(path);
create table added (id integer primary key) strict;
alter table finding drop column message;
alter table finding add column message text not null default '';
`;

let program: Program;
let step: string;
let place: Place;
let logs: string;
beforeAll(() => {
  program = buildProgram();
  const number = String(NEXT).padStart(4, "0");
  step = join(dirname(program.script), "../../sql/migrations", `${number}_made_up.sql`);
});
afterAll(() => program.remove());
beforeEach(() => {
  place = makePlace();
  logs = join(place.folder, "logs");
  mkdirSync(logs);
  writeFileSync(join(logs, "messages"), drops("gw1", "2026-11-20T10:00:00Z", 20));
});
afterEach(() => {
  rmSync(step, { force: true });
  place.remove();
});

const nightly = (db = place.db) =>
  program.run(["nightly", logs, "--db", db, "--out", join(place.folder, "reports")]);
const version = (db = place.db) => onlyValue(db, "pragma user_version");
const ledger = () => rowsOf<{ name: string }>(place.db, "select name from migration order by name");

it("an older database is migrated once, keeps its rows, and goes on as a new one would", () => {
  expect(nightly().status).toBe(EXIT.done);
  const before = factsOf(place.db);
  const steps = ledger().length;
  writeFileSync(step, STEP);
  const reading = program.run(["report", "--db", place.db]);
  expect([reading.status, reading.err]).toEqual([
    EXIT.failed,
    expect.stringMatching(
      /was made by an older version \(schema \d+\)\n {2}the next conntrail ingest brings/,
    ),
  ]);
  expect(version()).toBe(SCHEMA_VERSION);
  const first = nightly();
  expect([first.status, first.out, first.err]).toEqual([EXIT.done, "", ""]);
  expect(version()).toBe(NEXT);
  expect(factsOf(place.db)).toEqual(before);
  expect(onlyValue(place.db, "select named from source")).toBe(join(logs, "messages").toUpperCase());
  expect(nightly().status).toBe(EXIT.done);
  expect(ledger()).toHaveLength(steps + 1);

  writeFileSync(join(logs, "messages"), drops("gw1", "2026-11-20T10:00:00Z", 30));
  expect(nightly().status).toBe(EXIT.done);
  const fresh = join(place.folder, "fresh.db");
  expect(nightly(fresh).status).toBe(EXIT.done);
  expect(factsOf(place.db)).toEqual(factsOf(fresh));
  expect(onlyValue(place.db, "pragma integrity_check")).toBe("ok");
  expect(readdirSync(place.folder).sort()).toEqual(["conntrail.db", "fresh.db", "logs", "reports"]);
});

it("a step that fails half way leaves the database as it was", () => {
  expect(nightly().status).toBe(EXIT.done);
  const before = readFileSync(place.db);
  const facts = factsOf(place.db);
  writeFileSync(step, `${STEP}\ninsert into nowhere values (1);`);
  for (let i = 0; i < 2; i++) {
    const { status, err } = nightly();
    expect([status, err]).toEqual([EXIT.failed, expect.stringMatching(/^conntrail: [^\n]*nowhere[^\n]*\n$/)]);
  }
  expect(version()).toBe(SCHEMA_VERSION);
  expect(factsOf(place.db)).toEqual(facts);
  expect(readFileSync(place.db).length).toBe(before.length);
  writeFileSync(step, STEP);
  expect(nightly().status).toBe(EXIT.done);
  expect(version()).toBe(NEXT);
  expect(factsOf(place.db)).toEqual(facts);
});

it("a database from the future is refused by every command, and not touched", () => {
  writeFileSync(step, STEP);
  expect(nightly().status).toBe(EXIT.done);
  rmSync(step);
  const copy = join(place.folder, "copy.db");
  copyFileSync(place.db, copy);
  for (const args of [
    ["nightly", logs, "--out", join(place.folder, "other")],
    ["ingest", logs],
    ["report"],
    ["query", "select 1"],
    ["runs"],
  ]) {
    const { status, err, out } = program.run([...args, "--db", place.db]);
    expect([status, out, err], args[0]).toEqual([
      EXIT.failed,
      "",
      `conntrail: ${place.db} was made by a newer version (schema ${NEXT}; this program knows ${SCHEMA_VERSION})\n  use the newer conntrail\n`,
    ]);
  }
  expect(readFileSync(place.db).equals(readFileSync(copy))).toBe(true);
  expect(readdirSync(place.folder).sort()).toEqual(["conntrail.db", "copy.db", "logs", "reports"]);
});
