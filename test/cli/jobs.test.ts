// Several threads read at a time, and what they leave is what one leaves: to the end, after a signal, and where none
// of them can be had.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it, test } from "vitest";
import { openForReading } from "../../src/store/open.ts";
import { tables } from "../support/tables.ts";
import { buildProgram, cleanEnvironment, type Program } from "./program.ts";

const FILES = 6;
const LINES = 30_000;
/** Drops of a file: one in fifty lines. */
const DROPS = LINES / 50;

let program: Program;
let logs: string;
beforeAll(() => {
  program = buildProgram();
  logs = join(program.folder, "logs");
  mkdirSync(logs);
  for (let nth = 0; nth < FILES; nth++) {
    const text = Buffer.from(Array.from({ length: LINES }, (_, i) => line(nth, i)).join(""));
    const name = join(logs, `messages-2026110${nth + 1}`);
    if (nth % 2 === 0) writeFileSync(name, text);
    else writeFileSync(`${name}.gz`, gzipSync(text, { level: 1 }));
  }
});
afterAll(() => program.remove());

/** Digits that do not repeat, so that little is left to compress. */
function line(file: number, nth: number): string {
  const at = new Date(Date.UTC(2026, 10, 1 + file, 0, 0, nth * 2)).toISOString().slice(0, 19);
  const noise = Array.from({ length: 4 }, (_, i) => ((nth + 7 * file) * 2_654_435_761 * (i + 1)) % 1e9).join(
    " ",
  );
  const text = nth % 50 === 7 ? "nf_conntrack: table full, dropping packet" : `eth0: ${noise}`;
  return `${at}+00:00 gw1 kernel: ${text}\n`;
}

const args = (db: string, jobs: number) => ["ingest", logs, "--db", db, "--jobs", String(jobs), "--quiet"];

/** All rows, but for when and how often they were read. */
function rows(db: string) {
  const { run: _, ...all } = tables(db);
  const timeless = Object.entries(all).map(([name, list]) => [
    name,
    list.map(({ ingested_us: __, dated_us: ___, ...row }) => row),
  ]);
  return Object.fromEntries(timeless) as Record<string, unknown>;
}

let expected: Record<string, unknown>;
test("one at a time", () => {
  const db = join(program.folder, "one.db");
  expect(program.run(args(db, 1))).toEqual({ status: 0, out: "", err: "" });
  expected = rows(db);
  expect(expected.source).toHaveLength(FILES);
  expect(expected.event).toHaveLength(FILES * DROPS);
});

/** Loaded in front of the program: notes each thread that said something. */
const LISTEN = `
const threads = require("node:worker_threads");
const { appendFileSync } = require("node:fs");
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(...of) {
    super(...of);
    this.once("message", () => appendFileSync(process.env.HEARD, "heard\\n"));
  }
};
require("node:module").syncBuiltinESMExports();
`;

// With the thread's program not found, all would be read the same, and none the faster.
it.each([2, 3, 8])("%i at a time leave the same rows, and threads read", (jobs) => {
  const db = join(program.folder, `jobs-${jobs}.db`);
  const listen = join(program.folder, "listen.cjs");
  const heard = join(program.folder, `heard-${jobs}`);
  writeFileSync(listen, LISTEN);
  const env = { NODE_OPTIONS: `--require ${listen}`, HEARD: heard };
  expect(program.run(args(db, jobs), { env })).toEqual({ status: 0, out: "", err: "" });
  expect(rows(db)).toEqual(expected);
  // This thread reads as well.
  expect(readFileSync(heard, "utf8").split("\n").length - 1).toBe(Math.min(jobs, FILES) - 1);
});

test("where memory is short, threads are let go, and what they would have read is read all the same", () => {
  const db = join(program.folder, "short.db");
  const short = join(program.folder, "short.cjs");
  const heard = join(program.folder, "heard-short");
  writeFileSync(short, `${LISTEN}process.memoryUsage.rss = () => 2 ** 30;\n`);
  const env = { NODE_OPTIONS: `--require ${short}`, HEARD: heard };
  expect(program.run(args(db, 3), { env })).toEqual({ status: 0, out: "", err: "" });
  expect(rows(db)).toEqual(expected);
  expect(existsSync(heard)).toBe(false);
});

it.each([0, 100, 200, 300, 400, 500])(
  "a signal after %i ms takes back what is half read",
  async (afterMs) => {
    const db = join(program.folder, `signal-${afterMs}.db`);
    const child = spawn(process.execPath, [program.script, ...args(db, 3)], { env: cleanEnvironment() });
    const ended = once(child, "exit");
    // Node's own start takes as long on every machine as it takes.
    await pause(100 + afterMs);
    child.kill("SIGTERM");
    const [status, signal] = (await ended) as [number | null, string | null];
    // Before there is anything to take back, the system ends it; behind the last row, it ends by itself.
    expect([143, 0, null]).toContain(status);
    if (status === null) expect(signal).toBe("SIGTERM");
    if (status === 143) {
      const opened = openForReading(db);
      expect(opened.prepare("select status from runs").pluck().all()).toEqual(["interrupted"]);
      expect(opened.pragma("integrity_check", { simple: true })).toBe("ok");
      opened.close();
    }
    expect(program.run(args(db, 3)).status).toBe(0);
    const { source, event } = rows(db);
    expect([source, event].map((list) => (list as unknown[]).length)).toEqual([FILES, FILES * DROPS]);
  },
);

const LOST = expect.stringMatching(
  /^conntrail: a reading thread was lost \(.*ahead-thread\.cjs.*\); its files are read without it$/,
) as string;

test("without the thread's program what it would have read is read all the same", () => {
  const broken = buildProgram();
  try {
    rmSync(join(dirname(broken.script), "ahead-thread.cjs"));
    const db = join(broken.folder, "test.db");
    const told = broken.run(args(db, 3).filter((one) => one !== "--quiet"));
    expect({ ...told, err: "" }).toEqual({ status: 0, out: "", err: "" });
    expect(told.err.split("\n").filter((one) => one.includes("thread"))).toEqual([LOST, LOST]);
    expect(rows(db)).toEqual(expected);
    const quiet = join(broken.folder, "quiet.db");
    expect(broken.run(args(quiet, 3))).toEqual({ status: 0, out: "", err: "" });
  } finally {
    broken.remove();
  }
});
