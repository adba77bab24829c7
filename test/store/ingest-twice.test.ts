// The same bytes again change nothing, whatever their name or age; and a run leaves one file.

import { cpSync, readdirSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Db, openForReading } from "../../src/store/open.ts";
import { schemaObjects } from "../sql/catalogue.ts";
import { type Incident, writeIncident } from "../sql/incident.ts";
import { type Made, makeDatabase } from "../support/database.ts";

let incident: Incident;
let made: Made;

beforeEach(async () => {
  incident = writeIncident();
  made = makeDatabase();
  await made.ingest([incident.folder], { hash: true });
});
afterEach(() => {
  made.remove();
  incident.remove();
});

/** Every row of every table, but for those that tell of the runs themselves. */
function dump(leftOut: readonly string[]): Record<string, unknown[]> {
  const db: Db = openForReading(made.path);
  try {
    const tables = schemaObjects(db).filter(({ type, name }) => type === "table" && !leftOut.includes(name));
    return Object.fromEntries(tables.map(({ name }) => [name, db.prepare(`select * from "${name}"`).all()]));
  } finally {
    db.close();
  }
}

it("a second run over files that lie as they lay reads nothing and changes nothing", async () => {
  const before = dump(["run"]);
  const again = await made.ingest([incident.folder], { hash: true });
  expect(again).toMatchObject({ sourcesRead: 0, bytesRead: 0, eventsAdded: 0 });
  expect(dump(["run"])).toEqual(before);
  expect(made.one("select count(*) from runs")).toBe(2);
});

it("files that were touched are read again, and nothing is added", async () => {
  const before = dump(["run", "seen_file"]);
  for (const name of readdirSync(join(incident.folder, "fw1"))) {
    utimesSync(join(incident.folder, "fw1", name), 1_773_600_000, 1_773_600_000);
  }
  const again = await made.ingest([incident.folder], { hash: true });
  expect(again).toMatchObject({ sourcesRead: 0, eventsAdded: 0 });
  expect(again.bytesRead).toBeGreaterThan(0);
  expect(dump(["run", "seen_file"])).toEqual(before);
});

it("the same logs under other names add nothing but the names", async () => {
  const seen = ["run", "seen_file", "seen_source"];
  const before = dump(seen);
  const copy = join(incident.folder, "copy");
  cpSync(join(incident.folder, "fw1", "kern.log"), join(copy, "kernel-of-fw1.txt"));
  cpSync(join(incident.folder, "gw2", "kern.log"), join(copy, "gw2.log"));
  const again = await made.ingest([copy], { hash: true });
  expect(again).toMatchObject({ sourcesRead: 0, sourcesSkipped: 2, eventsAdded: 0 });
  expect(dump(seen)).toEqual(before);
});

it("after a run there is the database and nothing beside it", () => {
  expect(readdirSync(dirname(made.path))).toEqual(["test.db"]);
});
