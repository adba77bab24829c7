// Every option of every command that takes a value is given once, with something in it. Two values, or none, end with
// 64 and its name: what is dropped in silence, or reaches a handler as a list, is wrong in another way each time.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import yargs, { type Argv } from "yargs";
import * as advise from "../../src/commands/advise.ts";
import * as config from "../../src/commands/config.ts";
import * as exportViews from "../../src/commands/export.ts";
import * as formats from "../../src/commands/formats.ts";
import * as ingest from "../../src/commands/ingest.ts";
import * as merge from "../../src/commands/merge.ts";
import * as nightly from "../../src/commands/nightly.ts";
import * as parse from "../../src/commands/parse.ts";
import * as query from "../../src/commands/query.ts";
import * as report from "../../src/commands/report.ts";
import { run } from "../../src/commands/run.ts";
import * as runs from "../../src/commands/runs.ts";
import { sample } from "../../src/commands/sample.ts";
import * as verify from "../../src/commands/verify.ts";
import { UserError } from "../../src/errors.ts";

const MODULES = [
  ingest,
  report,
  nightly,
  query,
  exportViews,
  parse,
  merge,
  advise,
  verify,
  formats,
  runs,
  config,
];
const POSITIONAL: ReadonlySet<string> = new Set(["path", "input", "question"]);
/** What a command cannot do without. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  ingest: ["no.log"],
  nightly: ["no.log"],
  export: ["--format", "ndjson", "--out", "nowhere"],
};

interface Table {
  readonly key: Readonly<Record<string, unknown>>;
  readonly boolean: readonly string[];
  readonly array: readonly string[];
  readonly number: readonly string[];
  readonly choices: Readonly<Record<string, readonly string[]>>;
}

/** Options of a command that take one value, each with one it may have. */
function valued(builder: (parser: Argv) => unknown): [name: string, value: string, isText: boolean][] {
  const parser = yargs([]).help(false).version(false);
  builder(parser);
  const table = (parser as unknown as { getOptions(): Table }).getOptions();
  return Object.keys(table.key)
    .filter((name) => !table.boolean.includes(name) && !table.array.includes(name) && !POSITIONAL.has(name))
    .map((name) => [name, table.choices[name]?.[0] ?? "1", !table.number.includes(name)]);
}

const CASES = MODULES.flatMap(({ command, builder }) => {
  const [name = ""] = command.split(" ");
  return valued(builder as (parser: Argv) => unknown).map((option) => [name, ...option] as const);
});

/** The command with all it needs but one option. */
function without(command: string, option: string): string[] {
  const needed = NEEDED[command] ?? [];
  const at = needed.indexOf(`--${option}`);
  return [command, ...(at < 0 ? needed : needed.filter((_, i) => i !== at && i !== at + 1))];
}

async function ended(args: readonly string[]): Promise<{ code: number; message: string }> {
  const error = await run(args).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw error ?? new Error(`${args.join(" ")} did its work`);
  return { code: error.exitCode, message: error.message };
}

describe("an option that takes one value", () => {
  it("there are as many as the help of all commands tells", () => {
    const count: Record<string, number> = {};
    for (const [command] of CASES) count[command] = (count[command] ?? 0) + 1;
    expect(count).toEqual({
      ingest: 7,
      report: 9,
      nightly: 12,
      query: 2,
      export: 6,
      parse: 7,
      merge: 3,
      advise: 6,
      verify: 3,
      formats: 2,
      runs: 2,
      config: 13,
    });
  });

  it.each(CASES)("%s --%s %s, given twice", async (command, name, value) => {
    const args = [...without(command, name), `--${name}`, value, `--${name}=${value}`];
    expect(await ended(args)).toEqual({ code: 64, message: `--${name} is given twice` });
  });

  it.each(CASES.filter(([, , , isText]) => isText))("%s --%s, empty", async (command, name) => {
    const args = [...without(command, name), `--${name}=`];
    expect(await ended(args)).toEqual({ code: 64, message: `--${name} is empty` });
  });

  it("is told with the number of its values, in the name it was given", async () => {
    const args = ["report", "--display-tz", "UTC", "--display-tz", "UTC", "--display-tz", "UTC"];
    expect((await ended(args)).message).toBe("--display-tz is given 3 times");
  });

  it("sample, which has no parser, knows the rule as well", () => {
    expect(sample(["--proc", "a", "--proc=b", "-"])).toBe(64);
  });
});

describe("what may be given twice", () => {
  let code: typeof process.exitCode;
  beforeEach(() => {
    code = process.exitCode;
  });
  afterEach(() => {
    process.exitCode = code;
  });

  it("paths, parameters and flags", async () => {
    const missing = { code: 1, message: "no database at no.db" };
    expect(await ended(["verify", "a", "b", "--db", "no.db"])).toEqual(missing);
    expect(
      await ended(["query", "select :a, :b", "--param", "a=1", "--param", "b=2", "--db", "no.db"]),
    ).toEqual(missing);
    expect(await ended(["report", "--quiet", "--quiet", "--db", "no.db"])).toEqual(missing);
  });
});
