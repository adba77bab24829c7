// npm run fuzz -- --minutes N [--target T] [--seed S] [--jobs J] [--finds DIR]
// Spoils sound inputs and gives them to every part that reads foreign bytes (targets.ts). The minutes are split over
// the targets, each in a process of its own. Fails on an exception, on an input that takes more than 1 s, and on more
// than 256 MiB; the input is kept in the folder --finds. The same seed makes the same inputs.

import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Without a new execution for so long, a target hangs; more than the 1 s allowed, for busy machines. */
const HANG_MS = 20_000;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    target: { type: "string", multiple: true },
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
    jobs: { type: "string", default: "1" },
    finds: { type: "string", default: tmpdir() },
  },
});

/** Plain JavaScript of sources and targets: a loader in the process would be most of its memory. */
function build() {
  const home = mkdtempSync(join(tmpdir(), "conntrail-fuzz-"));
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const config = join(ROOT, "test/fuzz/tsconfig.json");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", config, "--outDir", home]);
  if (status !== 0) throw new Error(`the targets do not build:\n${stdout}`);
  cpSync(join(ROOT, "package.json"), join(home, "package.json"));
  symlinkSync(join(ROOT, "node_modules"), join(home, "node_modules"));
  return home;
}

/** Runs one target; resolves to its figures, with a find where it hung or died. */
function runTarget(home, target, seed, seconds) {
  const notes = join(home, `${target}.input`);
  writeFileSync(notes, "0\n");
  const args = [join(home, "test/fuzz/child.js"), target, String(seed), String(seconds), notes];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, CONNTRAIL_FUZZ_ROOT: ROOT },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (err += chunk));
  let last = null;
  let hung = false;
  const watch = setInterval(() => {
    const now = readFileSync(notes, "latin1").split("\n", 1)[0];
    hung = now !== "" && now === last;
    last = now;
    if (hung) child.kill("SIGKILL");
  }, HANG_MS);
  return new Promise((resolve) => {
    child.on("close", (status) => {
      clearInterval(watch);
      if (status === 0) return resolve(JSON.parse(out));
      const noted = readFileSync(notes);
      const at = noted.indexOf(10);
      const why = hung ? `no end within ${HANG_MS / 1000} s` : `died with ${status}: ${err.slice(-2000)}`;
      const input = noted.subarray(at + 1).toString("base64");
      const executions = Number(noted.subarray(0, at).toString());
      resolve({
        target,
        seed,
        executions,
        seconds,
        slowestMs: HANG_MS,
        peakMib: 0,
        find: { why, input, cuts: [] },
      });
    });
  });
}

const home = build();
process.once("exit", () => rmSync(home, { recursive: true, force: true }));
process.once("SIGINT", () => process.exit(130));
const { TARGETS } = await import(pathToFileURL(join(home, "test/fuzz/targets.js")).href);
const names = values.target ?? Object.keys(TARGETS);
const jobs = Math.max(1, Number(values.jobs));
const seconds = (Number(values.minutes) * 60) / names.length;
process.stdout.write(`seed ${values.seed}, ${names.length} targets, ${seconds.toFixed(0)} s each\n`);

const waiting = [...names];
const finds = [];
const totals = { executions: 0, slowestMs: 0, peakMib: 0 };
async function work() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const { executions, slowestMs, peakMib, find } = await runTarget(
      home,
      name,
      Number(values.seed),
      seconds,
    );
    process.stdout.write(
      `${name.padEnd(10)} ${String(executions).padStart(9)} executions  slowest ${slowestMs.toFixed(0).padStart(5)} ms  ` +
        `peak ${peakMib.toFixed(0).padStart(4)} MiB  ${find === null ? "nothing found" : "FOUND"}\n`,
    );
    totals.executions += executions;
    totals.slowestMs = Math.max(totals.slowestMs, slowestMs);
    totals.peakMib = Math.max(totals.peakMib, peakMib);
    if (find !== null) finds.push({ name, find });
  }
}
await Promise.all(Array.from({ length: jobs }, work));
process.stdout.write(
  `all        ${String(totals.executions).padStart(9)} executions  slowest ${totals.slowestMs.toFixed(0).padStart(5)} ms  ` +
    `peak ${totals.peakMib.toFixed(0).padStart(4)} MiB  ${finds.length} found\n`,
);
for (const { name, find } of finds) {
  const path = join(values.finds, `find-${name}-${values.seed}`);
  writeFileSync(path, Buffer.from(find.input, "base64"));
  process.stdout.write(`\n${name}: ${find.why}\n  cuts ${JSON.stringify(find.cuts)}\n  input ${path}\n`);
}
process.exitCode = finds.length > 0 ? 1 : 0;
