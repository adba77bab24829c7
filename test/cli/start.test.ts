// The built program starts from code that V8 made of it when it was built, and without it just as well.

import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildProgram, cleanEnvironment, type Program, SAMPLES } from "./program.ts";

const LINE = "Nov  3 10:00:01 fw kernel: nf_conntrack: table full, dropping packet\n";
const INGEST = ["ingest", "-", "--year", "2026", "--tz", "UTC"];

let program: Program;
let bundle: string;

beforeAll(() => {
  program = buildProgram();
  bundle = dirname(program.script);
  cpSync(SAMPLES, join(bundle, "../../samples"), { recursive: true });
  const warmed = spawnSync(process.execPath, [join(bundle, "warm.cjs")], { env: cleanEnvironment() });
  if (warmed.status !== 0) throw new Error(`not warmed: ${warmed.stderr}`);
});
afterAll(() => program.remove());

const compiledFiles = () => readdirSync(bundle).filter((name) => name.endsWith(".code"));

/** How the files of the bundle were come by in one run into a new database. */
function begin(args: readonly string[] = INGEST): { taken: string[]; compiled: string[] } {
  rmSync(join(program.folder, "conntrail.db"), { force: true });
  const { status, err } = program.run(args, { input: LINE, env: { NODE_DEBUG: "conntrail" } });
  expect(status).toBe(0);
  const told = [...err.matchAll(/^CONNTRAIL \d+: (taken|compiled) (.+)$/gm)];
  const having = (how: string) => told.filter((one) => one[1] === how).map((one) => one[2] ?? "");
  return { taken: having("taken"), compiled: having("compiled") };
}

it("takes all that reading a log and reporting it need", () => {
  const { taken, compiled } = begin();
  expect(taken.length).toBeGreaterThan(20);
  expect(compiled).toEqual([]);
  const { status, err } = program.run(["report", "--format", "html", "--out", "-"], {
    env: { NODE_DEBUG: "conntrail" },
  });
  expect(status).toBe(0);
  expect(err).not.toContain("compiled");
});

it("says nothing of its own, on either stream", () => {
  rmSync(join(program.folder, "conntrail.db"), { force: true });
  expect(program.run([...INGEST, "--quiet"], { input: LINE })).toEqual({ status: 0, out: "", err: "" });
});

it("does not run code with a flipped bit, and compiles what it is of", () => {
  const whole = new Map(compiledFiles().map((name) => [name, readFileSync(join(bundle, name))]));
  for (const [name, bytes] of whole) {
    const damaged = Buffer.from(bytes);
    const at = damaged.length - 100;
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    writeFileSync(join(bundle, name), damaged);
  }
  const { taken, compiled } = begin();
  expect(taken).toEqual([]);
  expect(compiled.length).toBeGreaterThan(20);
  for (const [name, bytes] of whole) writeFileSync(join(bundle, name), bytes);
  expect(begin().compiled).toEqual([]);
});

it("does not run code of another text, though it is as long", () => {
  const path = join(bundle, "ingest.cjs");
  const text = readFileSync(path, "utf8");
  const other = text.replace(/^\/\/ dist\/commands/m, "// tsid/commands").replace("// dist/", "// tsid/");
  expect(other.length).toBe(text.length);
  expect(other).not.toBe(text);
  writeFileSync(path, other);
  expect(begin().compiled).toEqual([path]);
  writeFileSync(path, text);
});

it("starts where none was kept, or half of one", () => {
  for (const name of compiledFiles()) writeFileSync(join(bundle, name), Buffer.alloc(3));
  expect(begin().taken).toEqual([]);
  for (const name of compiledFiles()) rmSync(join(bundle, name));
  expect(begin().taken).toEqual([]);
});
