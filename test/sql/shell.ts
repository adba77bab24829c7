// The stock programs that people open the database with, where this machine has them.

import { spawnSync } from "node:child_process";
import type { Row } from "../../src/store/query.ts";

function works(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args).status === 0;
}

/** JSON output came with 3.33, STRICT tables with 3.37: an older shell cannot read the file at all. */
export const hasShell = works("sqlite3", [":memory:", "create table t (a text) strict;"]);

const STRICT = "import sqlite3; sqlite3.connect(':memory:').execute('create table t (a text) strict')";
/** The user's own, and the system's, which has Debian's packages. */
const PYTHONS = ["python3", "/usr/bin/python3"];
const plainPython = PYTHONS.find((program) => works(program, ["-c", STRICT])) ?? null;
const pandasPython =
  PYTHONS.find((program) => works(program, ["-c", `${STRICT}; import pandas`])) ?? plainPython;

export const hasPython = plainPython !== null;
export const hasPandas = pandasPython !== null && works(pandasPython, ["-c", "import pandas"]);
for (const [there, what] of [
  [hasShell, "the sqlite3 shell (3.37 or later)"],
  [hasPython, "Python's sqlite3 (of SQLite 3.37 or later)"],
  [hasPandas, "pandas"],
] as const) {
  if (!there) console.warn(`recipes are not run with ${what}: it is not here`);
}
export const hasYaml = works("python3", ["-c", "import yaml"]);

function run(program: string, args: readonly string[], input: string, cwd?: string): string {
  const done = spawnSync(program, args, { input, encoding: "utf8", ...(cwd === undefined ? {} : { cwd }) });
  if (done.status !== 0 || done.stderr !== "") throw new Error(`${program}: ${done.stderr}`);
  return done.stdout;
}

/** Rows of `sqlite3 FILE < query`, as the shell gives them. */
export function shellRows(
  path: string,
  sql: string,
  given: Readonly<Record<string, string | number>> = {},
): Row[] {
  const set = Object.entries(given).map(
    ([name, value]) => `.parameter set :${name} ${typeof value === "number" ? value : `"'${value}'"`}\n`,
  );
  const out = run("sqlite3", ["-batch", "-json", path], `${set.join("")}${sql}`);
  return out.trim() === "" ? [] : (JSON.parse(out) as Row[]);
}

/** What the shell shows in columns, blanks at line ends taken off. */
export function shellTable(path: string, sql: string): string {
  const out = run("sqlite3", ["-batch", "-header", "-column", "-nullvalue", "NULL", path], sql);
  return out.replace(/ +$/gm, "").trimEnd();
}

/** What a Python script prints. */
export function python(script: string, cwd: string): string {
  return run(pandasPython ?? "python3", ["-"], script, cwd);
}
