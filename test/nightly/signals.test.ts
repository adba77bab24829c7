// SIGINT and SIGTERM really sent, at chance instants and in the middle of each stage: the run ends in order, says so,
// and the next one ends in the rows of a run never disturbed.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildProgram, type Program } from "../cli/program.ts";
import {
  chance,
  DROP,
  type Ended,
  factsOf,
  HEAVY,
  line,
  makePlace,
  onlyValue,
  type Place,
  pause,
  rowsOf,
  runNightly,
  start,
} from "./support.ts";

const SEED = Number(process.env.CONNTRAIL_SEED ?? Date.now() % 1_000_000_000);
const SHOTS = HEAVY ? 60 : 4;
const FILES = 6;
/** Lines of a file, for stages that must last until the signal is there, on a busy machine too. */
const LONG = 6000;
/** A line a second. */
const LINES_A_DAY = 86_400;

let program: Program;
let place: Place;
let logs: string;
beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program.remove());
beforeEach(() => {
  place = makePlace();
  logs = join(place.folder, "logs");
  mkdirSync(logs);
});
afterEach(() => place.remove());

/** Every fifth line a drop, a file a day. */
function writeLogs(linesAFile: number): void {
  for (let f = 0; f < FILES; f++) {
    const from = Date.parse("2026-11-01T00:00:00Z") + f * 86_400_000;
    const lines = Array.from({ length: linesAFile }, (_, i) =>
      line("gw1", from + i * 1000, i % 5 === 3 ? DROP : `eth0: link is up, ${i}`),
    );
    writeFileSync(join(logs, `messages.${FILES - f}`), lines.join(""));
  }
}

const args = (command: "ingest" | "nightly") => [
  command,
  logs,
  "--db",
  place.db,
  ...(command === "nightly" ? ["--out", place.out] : ["--quiet"]),
];

/** Starts a run, waits until `ready` (asked every few milliseconds) and `afterMs` more, and sends the signal. */
async function shoot(
  command: "ingest" | "nightly",
  signal: "SIGINT" | "SIGTERM" | "SIGKILL",
  ready: () => boolean,
  afterMs = 0,
): Promise<Ended> {
  const run = start(program, args(command), place.folder);
  let over = false;
  void run.ended.then(() => {
    over = true;
  });
  while (!over && !ready()) await pause(3);
  await pause(afterMs);
  run.child.kill(signal);
  return await run.ended;
}

/**
 * As `shoot`, anew and with longer logs where the stage was over before the signal came: a busy machine may let us wait
 * longer than it lasts.
 */
async function shootWithin(lines: number, ...aim: Parameters<typeof shoot>): Promise<Ended> {
  for (let tries = 1; ; tries++) {
    writeLogs(Math.min(lines * tries, LINES_A_DAY));
    const ended = await shoot(...aim);
    if (ended.status !== 0 || tries === 10) return ended;
    for (const left of [place.db, place.out]) rmSync(left, { recursive: true, force: true });
  }
}

function asked(sql: string): unknown {
  try {
    return onlyValue(place.db, sql);
  } catch {
    return null;
  }
}

const isRunning = () => asked("select count(*) from runs where status = 'running'") === 1;
/** The signal met a process that had done its work and was going: nothing in it hears signals any more. */
const isOver = () => asked("select status from runs order by run_id desc limit 1") === "ok";
const isAllRead = () => isRunning() && asked("select count(*) from sources") === FILES;
const isReporting = () => isRunning() && existsSync(join(place.out, "gw1"));

function expectOrder(ended: Ended, signal: string, status: number): void {
  expect([ended.err, ended.status]).toEqual([
    expect.stringMatching(
      new RegExp(
        `^(?:conntrail: the run before[^\\n]*\\n)?conntrail: interrupted by ${signal}: .*\\n {2}.*\\n$`,
      ),
    ),
    status,
  ]);
  expect(ended.out).toBe("");
  expect(rowsOf(place.db, "select status, message from runs order by run_id desc limit 1")).toEqual([
    { status: "interrupted", message: signal },
  ]);
  // No sidecar and no lock; reports are whole.
  const left = readdirSync(place.folder).filter((name) => name !== "reports");
  expect(left.sort()).toEqual(["conntrail.db", "logs"]);
  if (existsSync(place.out)) {
    const names = readdirSync(place.out, { recursive: true }) as string[];
    expect(names.filter((name) => !/^gw1$|\.(?:html|md|json)$/.test(name))).toEqual([]);
  }
  expect(onlyValue(place.db, "pragma integrity_check")).toBe("ok");
}

async function expectSame(how: string): Promise<void> {
  const calm = { db: join(place.folder, "calm.db"), out: join(place.folder, "calm") };
  const told = await runNightly(calm, [logs]);
  const last = program.run(args("nightly"));
  expect(last.status, last.err).toBe(0);
  expect(last.err).toContain(`was interrupted: ${how}\n`);
  expect(factsOf(place.db)).toEqual(factsOf(calm.db));
  expect(readdirSync(place.out, { recursive: true }).sort()).toEqual(
    readdirSync(calm.out, { recursive: true }).sort(),
  );
  // What was not told is told now.
  expect(last.out.split("\n").slice(0, told.summary.length)).toEqual(told.summary);
}

const EXITS = { SIGINT: 130, SIGTERM: 143 } as const;

describe("a signal ends the run in order", () => {
  for (const [stage, ready] of [
    ["while it reads", isRunning],
    ["while it dates and analyses", isAllRead],
    ["while it writes reports", isReporting],
  ] as const) {
    it(`nightly, ${stage}`, async () => {
      const ended = await shootWithin(LONG, "nightly", "SIGTERM", ready);
      expectOrder(ended, "SIGTERM", EXITS.SIGTERM);
      await expectSame("SIGTERM");
    });
  }
  it("nightly, killed while it writes reports: the next run writes and tells them", async () => {
    expect((await shootWithin(2000, "nightly", "SIGKILL", isReporting)).signal).toBe("SIGKILL");
    writeFileSync(join(place.out, "gw1/2026-11-01.html.123456789"), "half");
    await expectSame("ended without saying so");
  });
  it("ingest, while it dates and analyses", async () => {
    expectOrder(await shootWithin(LONG, "ingest", "SIGINT", isAllRead), "SIGINT", EXITS.SIGINT);
    await expectSame("SIGINT");
  });
  it("ingest, while it waits for who writes to a FIFO: the first signal", async () => {
    const fifo = join(logs, "slow");
    spawnSync("mkfifo", [fifo]);
    const writer = spawn("sh", ["-c", 'exec sleep 60 > "$0"', fifo], { stdio: "ignore" });
    const run = start(program, ["ingest", fifo, "--db", place.db], place.folder);
    while (!isRunning()) await pause(3);
    await pause(500);
    run.child.kill("SIGTERM");
    const ended = await run.ended;
    writer.kill();
    expectOrder(ended, "SIGTERM", EXITS.SIGTERM);
  });
  it(
    `nightly, ${SHOTS} times at chance instants (seed ${SEED})`,
    async () => {
      console.log(`signals.test.ts: CONNTRAIL_SEED=${SEED}`);
      writeLogs(2000);
      const random = chance(SEED);
      let hit = 0;
      for (let i = 0; i < SHOTS; i++) {
        const signal = random() < 0.5 ? "SIGINT" : "SIGTERM";
        const ended = await shoot("nightly", signal, isRunning, random() * 400);
        if (ended.status === 0 || isOver()) break;
        hit++;
        expectOrder(ended, signal, EXITS[signal]);
      }
      expect(hit).toBeGreaterThan(0);
      const last = program.run(args("nightly"));
      expect(last.status, last.err).toBe(0);
      const calm = { db: join(place.folder, "calm.db"), out: join(place.folder, "calm") };
      await runNightly(calm, [logs]);
      expect(factsOf(place.db)).toEqual(factsOf(calm.db));
    },
    HEAVY ? 1_200_000 : 120_000,
  );
});
