// The benchmark from end to end over a few hundred kilobytes: what is told of its inputs is true, and every command
// in it counts that. What they cost is nobody's business here.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildProgram, cleanEnvironment, type Program } from "../cli/program.ts";

const BENCH = fileURLToPath(new URL("bench.mjs", import.meta.url));
const TIMEOUT_MS = 300_000;

interface Told {
  readonly results: readonly { readonly input: string; readonly what: string; readonly agrees: boolean }[];
  readonly inputs: readonly { readonly path: string; readonly truth: Readonly<Record<string, number>> }[];
}

let program: Program;

beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program?.remove());

function bench(args: readonly string[]): Told {
  const out = join(program.folder, "figures");
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      BENCH,
      "--program",
      program.script,
      "--dir",
      program.folder,
      "--out",
      out,
      "--keep",
      "--pairs",
      "1",
      ...args,
    ],
    { env: cleanEnvironment(), encoding: "utf8" },
  );
  expect(status, stderr).toBe(0);
  expect(readdirSync(out).sort()).toEqual(["bench.json", "bench.md"]);
  return JSON.parse(readFileSync(join(out, "bench.json"), "utf8"));
}

/** Counted again, another way. */
function count(path: string) {
  const stored = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(stored) : stored).toString("latin1");
  const lines = text.split("\n").slice(0, -1);
  const held = lines.map((line) => / kernel: net_ratelimit: (\d+) callbacks suppressed$/.exec(line)?.[1]);
  const told = held.filter((n) => n !== undefined).map(Number);
  return {
    bytes: text.length,
    lines: lines.length,
    drops: lines.filter((line) => / kernel: .*table full, dropping packet$/.test(line)).length,
    worded: lines.filter((line) => line.includes("table full")).length,
    notices: told.length,
    suppressed: told.reduce((a, b) => a + b, 0),
  };
}

it(
  "counts agree with what is true of the inputs, and that with the inputs",
  () => {
    const { results, inputs } = bench(["--bytes", "300KiB", "--only", "some,dense,gz,iso"]);
    expect(inputs).toHaveLength(4);
    for (const { path, truth } of inputs) {
      expect(truth).toMatchObject(count(path));
      expect(truth.drops).toBeGreaterThan(0);
    }
    expect(new Set(results.map((one) => one.input)).size).toBe(4);
    expect(results.filter((one) => !one.agrees)).toEqual([]);
    expect(results.filter((one) => one.what.startsWith("conntrail"))).toHaveLength(8);
  },
  TIMEOUT_MS,
);
