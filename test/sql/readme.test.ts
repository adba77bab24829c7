// The page for people who only have the file: its outputs are real, its columns are those of the live schema.

import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sqlFiles } from "../../src/store/files.ts";
import { type Db, openForReading } from "../../src/store/open.ts";
import { type Made, makeDatabase } from "../support/database.ts";
import { columnsOf, drawTables, viewNames } from "./catalogue.ts";
import { README, VIEWS } from "./documented.ts";
import { type Incident, writeIncident } from "./incident.ts";
import { hasPandas, hasPython, hasShell, python, shellTable } from "./shell.ts";

let incident: Incident;
let made: Made;
let db: Db;
let folder: string;

beforeAll(async () => {
  incident = writeIncident();
  made = makeDatabase();
  await made.ingest([incident.folder], { hash: true });
  db = openForReading(made.path);
  folder = mkdtempSync(join(tmpdir(), "conntrail-readme-"));
  copyFileSync(made.path, join(folder, "conntrail.db"));
});
afterAll(() => {
  db?.close();
  made?.remove();
  incident?.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Rows as `sqlite3 -header -column -nullvalue NULL` shows them; logs lie where a host keeps them. */
function table(sql: string): string {
  const prepared = db.prepare(sql).safeIntegers();
  const names = prepared.columns().map((column) => column.name);
  const rows = (prepared.raw().all() as unknown[][]).map((row) => row.map(cell));
  const widths = names.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const lines = [names, widths.map((width) => "-".repeat(width)), ...rows];
  return lines
    .map((row) =>
      row
        .map((text, i) => text.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cell(value: unknown): string {
  if (value === null) return "NULL";
  if (typeof value === "number" && Number.isInteger(value)) return value.toFixed(1);
  return String(value).replace(incident.folder, "/var/log");
}

const WORKED = /```sql\n([^`]*)```\n\n```text\n[^`]*```/g;
const SCRIPTED = /```python\n([^`]*)```\n\n```text\n[^`]*```/g;
const worked = [...README.matchAll(WORKED)].map((match) => match[1] ?? "");

/** Cells are as wide as the formatter makes them. */
function queryTable(): string {
  const rows = sqlFiles("queries").map(({ name, text }) => [
    `\`${name}\``,
    (text.split("\n", 1)[0] ?? "").slice(3).replace(/ Optional: [^.]*$/, ""),
  ]);
  const all = [["query", "answers"], ...rows];
  const widths = [0, 1].map((i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  const [head, ...body] = all.map(
    (row) => `| ${row.map((text, i) => text.padEnd(widths[i] ?? 0)).join(" | ")} |`,
  );
  return [head, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body].join("\n");
}

/** The page with every generated part made anew. */
function regenerate(): string {
  const block = (mark: string, text: string) => (page: string) =>
    page.replace(
      new RegExp(`<!-- ${mark} -->\\n[\\s\\S]*?<!-- end -->`),
      () => `<!-- ${mark} -->\n${text}\n<!-- end -->`,
    );
  const tables = block("tables", `\`\`\`text\n${drawTables(db)}\n\`\`\``);
  const page = tables(block("queries", queryTable())(README)).replace(
    WORKED,
    (_, sql: string) => `\`\`\`sql\n${sql}\`\`\`\n\n\`\`\`text\n${table(sql)}\n\`\`\``,
  );
  if (!hasPython) return page;
  return page.replace(
    SCRIPTED,
    (_, script: string) => `\`\`\`python\n${script}\`\`\`\n\n\`\`\`text\n${python(script, folder)}\`\`\``,
  );
}

it("outputs, diagram and the list of questions are what the database gives", async () => {
  await expect(regenerate()).toMatchFileSnapshot("../../sql/README.md");
});

it("the first query answers the drops of a day: 23 + 4 + 1 + 10 and 3 lines, 90 + 40 + 7 kept back", () => {
  expect(db.prepare(worked[0] ?? "").all()).toEqual([
    { day: "2026-03-14", drops_at_least: 41, drops_reported: 178 },
    { day: "2026-03-15", drops_at_least: 5, drops_reported: 5 },
  ]);
});

describe("the views' columns", () => {
  it("every view is there, and none that is not", () => {
    expect(VIEWS.map(({ name }) => name).sort()).toEqual(viewNames(db).sort());
  });

  describe.each(VIEWS)("$name", ({ name: view, columns }) => {
    it("has every column in its order, with its meaning and what NULL means", () => {
      expect(columns.map(({ name }) => name)).toEqual(columnsOf(db, view));
      for (const column of columns) {
        expect(column.means, column.name).not.toBe("");
        expect(column.whenNull, column.name).not.toBe("");
      }
    });

    it("is never NULL where it says never", () => {
      for (const { name } of columns.filter((column) => column.whenNull.startsWith("never"))) {
        const nulls = db.prepare(`select count(*) as n from "${view}" where "${name}" is null`).get();
        expect(nulls, name).toEqual({ n: 0 });
      }
    });
  });
});

describe("the snippets", () => {
  it("one for each view at least", () => {
    for (const view of viewNames(db)) expect(worked.join()).toContain(`from ${view}\n`);
  });

  it.runIf(hasShell)("the sqlite3 shell (where there is one) shows what the page shows", () => {
    for (const sql of worked) {
      expect(shellTable(made.path, sql).replaceAll(incident.folder, "/var/log")).toMatch(/^\S/);
      if (!sql.includes("path")) expect(shellTable(made.path, sql)).toBe(table(sql));
    }
  });

  it.runIf(hasPandas)("the pandas snippet (where it is installed) gives the drops of each day", () => {
    const script = [...README.matchAll(/```python\n([^`]*)```/g)].map((match) => match[1] ?? "")[1] ?? "";
    expect(python(script, folder)).toMatch(/2026-03-14\s+178\n2026-03-15\s+5/);
  });

  it("shell commands name queries and files that are there", () => {
    for (const [, name] of README.matchAll(/queries\/([\w-]+)\.sql|conntrail query ([\w-]+)/g)) {
      if (name !== undefined) expect(sqlFiles("queries").map((one) => one.name)).toContain(name);
    }
  });
});
