// The Datasette metadata and the Grafana dashboard: every statement in them is SQL over the views as they are, and
// what they say of columns is what the README says.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeWhole, type Db, openForReading, openForWriting } from "../../src/store/open.ts";
import { ask as answer } from "../../src/store/query.ts";
import { type Made, makeDatabase } from "../support/database.ts";
import { columnsOf, schemaObjects, viewNames } from "./catalogue.ts";
import { type DocumentedColumn, type DocumentedView, VIEWS } from "./documented.ts";
import { type Incident, writeIncident } from "./incident.ts";
import { hasYaml } from "./shell.ts";

const sample = (name: string): string =>
  readFileSync(new URL(`../../samples/${name}`, import.meta.url), "utf8");

const folder = mkdtempSync(join(tmpdir(), "conntrail-samples-"));
let db: Db;
let incident: Incident;
let made: Made;

beforeAll(async () => {
  db = openForWriting(join(folder, "fresh.db"));
  incident = writeIncident();
  made = makeDatabase();
  await made.ingest([incident.folder], { hash: true });
});
afterAll(() => {
  closeWhole(db);
  made.remove();
  incident.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Rows of a statement over a small incident. */
function answers(sql: string): number {
  const read = openForReading(made.path);
  try {
    return [...answer(read, sql, { burst_id: 1 }).rows].length;
  } finally {
    read.close();
  }
}

/** Views that a statement reads; it must prepare, read only and leave the tables alone. */
function prepare(sql: string): void {
  expect([...answer(db, sql, {}).rows]).toBeInstanceOf(Array);
  const read = [...sql.matchAll(/\b(?:from|join) (\w+)/g)].map((match) => match[1]);
  for (const view of read) expect(viewNames(db)).toContain(view);
  expect(sql).toMatch(/\border by\b|^select (?:coalesce\(sum|count)\(/);
}

describe("samples/datasette.yaml", () => {
  const text = sample("datasette.yaml");
  const head = text.slice(0, text.indexOf("    tables:\n"));
  const statements = [...head.matchAll(/^ {6}([\w-]+):\n(?: {8}\w+: .*\n)* {8}sql: \|-\n((?: {10}.*\n)+)/gm)];

  it.each(statements.map(([, name = "", sql = ""]) => ({ name, sql })))("$name prepares", ({ sql }) => {
    prepare(sql.replace(/^ {10}/gm, ""));
  });

  it("answers its questions of an incident", () => {
    const silent = statements.filter(([, , sql = ""]) => answers(sql.replace(/^ {10}/gm, "")) === 0);
    expect(silent.map(([, name]) => name)).toEqual([]);
  });

  it("has no statement that was missed", () => {
    expect(statements).toHaveLength(head.match(/\bsql:/g)?.length ?? 0);
    expect(statements.length).toBeGreaterThan(3);
  });

  it("describes the views as the README does, and hides the tables", async () => {
    const hidden = schemaObjects(db).flatMap(({ type, name }) =>
      type === "table" ? [`      ${name}:\n        hidden: true\n`] : [],
    );
    const tables = [...VIEWS.map(describeView), ...hidden].join("");
    await expect(`${head}    tables:\n${tables}`).toMatchFileSnapshot("../../samples/datasette.yaml");
  });

  it.runIf(hasYaml)("is YAML to a reader of YAML (where there is one)", () => {
    const script = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin.read())))";
    const { stdout } = spawnSync("python3", ["-c", script], { input: text, encoding: "utf8" });
    const { databases } = JSON.parse(stdout) as {
      databases: {
        conntrail: { tables: Record<string, { columns?: Record<string, string>; sort?: string }> };
      };
    };
    for (const view of viewNames(db)) {
      const told = databases.conntrail.tables[view];
      expect(Object.keys(told?.columns ?? {})).toEqual(columnsOf(db, view));
      if (told?.sort !== undefined) expect(columnsOf(db, view)).toContain(told.sort);
    }
  });
});

/** Units that Datasette knows how to show; instants stay whole numbers. */
const PINT: Readonly<Record<string, string>> = { seconds: "s", bytes: "byte" };
/** What a view is shown by: events by their key, since sorting all of them takes its time. */
const SORT = ["start_us", "minute_us", "event_id", "at_us", "from_us", "since_us", "path", "run_id"];

function describeView({ name, means, columns }: DocumentedView): string {
  const units = columns.flatMap((column) =>
    PINT[column.unit] === undefined ? [] : [`          ${column.name}: ${PINT[column.unit]}\n`],
  );
  const sort = SORT.find((one) => columns.some((column) => column.name === one));
  return [
    `      ${name}:\n`,
    `        title: ${name[0]?.toUpperCase()}${name.slice(1)}\n`,
    `        description: ${quoted(means)}\n`,
    ...(sort === undefined ? [] : [`        sort: ${sort}\n`]),
    ...(units.length === 0 ? [] : ["        units:\n", ...units]),
    "        columns:\n",
    ...columns.map((column) => `          ${column.name}: ${quoted(describeColumn(column))}\n`),
  ].join("");
}

function describeColumn({ unit, means, whenNull }: DocumentedColumn): string {
  const told = unit === "" || unit === "time" ? means : `${means} (${unit.replace(", ", " or ")})`;
  return whenNull.startsWith("never") ? told : `${told.replace(/\.*$/, "")}. NULL: ${whenNull}`;
}

const quoted = (text: string): string => JSON.stringify(text.replaceAll("`", ""));

interface Target {
  readonly queryText: string;
  readonly rawQueryText: string;
  readonly timeColumns: readonly string[];
}

describe("samples/grafana-dashboard.json", () => {
  const dashboard = JSON.parse(sample("grafana-dashboard.json")) as {
    readonly templating: { readonly list: readonly { readonly type: string; readonly query: string }[] };
    readonly panels: readonly { readonly title: string; readonly targets: readonly Target[] }[];
  };
  /** As Grafana fills in its variables before the plugin sees the statement. */
  const fill = (sql: string): string =>
    sql
      .replaceAll(/\$\{host:sqlstring\}/g, "'fw1','gw2'")
      .replaceAll("$__from", "1773478800000")
      .replaceAll("$__to", "1773565200000")
      .replaceAll("$__interval_ms", "60000");

  it.each(dashboard.panels)("$title prepares, and has the time columns it names", ({ targets }) => {
    expect(targets.length).toBeGreaterThan(0);
    for (const { queryText, rawQueryText, timeColumns } of targets) {
      const sql = fill(queryText);
      expect(rawQueryText).toBe(queryText);
      expect(sql).not.toContain("$");
      prepare(sql);
      const columns = db
        .prepare(sql)
        .columns()
        .map(({ name }) => name);
      expect(columns).toEqual(expect.arrayContaining([...timeColumns]));
    }
  });

  it("shows something of an incident in every panel", () => {
    const silent = dashboard.panels.filter(({ targets }) =>
      targets.every(({ queryText }) => answers(fill(queryText)) === 0),
    );
    expect(silent.map(({ title }) => title)).toEqual([]);
  });

  it("asks for its variables in SQL that prepares", () => {
    const asked = dashboard.templating.list.filter(({ type }) => type === "query");
    expect(asked).toHaveLength(1);
    for (const { query } of asked) prepare(query);
  });
});
