// One run at a time: who holds the lock is said, and the lock dies with its process.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EXIT } from "../../src/errors.ts";
import { buildProgram, type Program } from "../cli/program.ts";
import {
  drops,
  factsOf,
  makePlace,
  onlyValue,
  type Place,
  pause,
  rowsOf,
  runNightly,
  start,
} from "./support.ts";

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

/** A run that reads standard input, and so lasts until it is closed. */
async function holder() {
  const held = start(program, ["ingest", "-", "--db", place.db], place.folder);
  for (let i = 0; i < 400 && !holds(); i++) await pause(25);
  return held;
}

function holds(): boolean {
  try {
    return onlyValue(place.db, "select count(*) from runs where status = 'running'") === 1;
  } catch {
    return false;
  }
}

const nightly = (...more: string[]) =>
  program.run(["nightly", logs, "--db", place.db, "--out", place.out, ...more]);

describe("the lock", () => {
  it("three at once: one works, the others say who it is, nothing is doubled", async () => {
    for (let i = 0; i < 40; i++)
      writeFileSync(join(logs, `m${i}.log`), drops(`gw${i}`, "2026-11-20T10:00:00Z", 500));
    const args = ["nightly", logs, "--db", place.db, "--out", place.out];
    const ended = await Promise.all([1, 2, 3].map(() => start(program, args, place.folder).ended));
    const statuses = ended.map((one) => one.status).sort();
    expect(statuses).toEqual([EXIT.done, EXIT.locked, EXIT.locked]);
    for (const { status, err, out } of ended) {
      if (status !== EXIT.locked) continue;
      expect(out).toBe("");
      expect(err).toMatch(
        /^conntrail: .*conntrail\.db is held by another run: process \d+ since \d{4}-\S+Z, conntrail nightly .*\n$/,
      );
    }
    expect(onlyValue(place.db, "select count(*) from events")).toBe(20_000);
    expect(onlyValue(place.db, "select sum(drop_lines) from bursts")).toBe(20_000);
    expect(rowsOf(place.db, "select status from runs")).toEqual([{ status: "done" }]);
  });
  it("ingest holds it as well, and is named with its process", async () => {
    const held = await holder();
    const { status, err } = nightly();
    expect(status).toBe(EXIT.locked);
    expect(err).toContain(`process ${held.child.pid} since `);
    expect(err).toContain("conntrail ingest - --db");
    expect(program.run(["ingest", logs, "--db", place.db]).status).toBe(EXIT.locked);
    held.child.stdin?.end();
    await held.ended;
    expect(nightly().status).toBe(EXIT.done);
  });
  it("another run waits for it as long as it is told to", async () => {
    const held = await holder();
    expect(nightly("--wait", "1").err).toContain("after 1 s of waiting");
    const waiting = start(
      program,
      ["nightly", logs, "--db", place.db, "--out", place.out, "--wait", "60"],
      place.folder,
    );
    await pause(1500);
    held.child.stdin?.end(drops("gw1", "2026-11-20T10:00:00Z", 3));
    expect((await held.ended).status).toBe(EXIT.done);
    expect((await waiting.ended).status).toBe(EXIT.done);
    expect(onlyValue(place.db, "select count(*) from events")).toBe(3);
  });
  it("a killed holder holds nothing", async () => {
    const held = await holder();
    held.child.kill("SIGKILL");
    await held.ended;
    const { status, err } = nightly();
    expect(status).toBe(EXIT.done);
    expect(err).toMatch(/the run before this one \(ingest, .*\) was interrupted: ended without saying so/);
    expect(readdirSync(place.folder).sort()).toEqual(["conntrail.db", "logs", "reports"]);
  });
  it("a link to the database has the same lock", async () => {
    const held = await holder();
    const { symlinkSync } = await import("node:fs");
    const link = join(place.folder, "link.db");
    symlinkSync(place.db, link);
    expect(program.run(["ingest", logs, "--db", link]).status).toBe(EXIT.locked);
    held.child.stdin?.end();
    await held.ended;
  });
});

describe("a signal", () => {
  for (const [signal, status] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    it(`${signal} takes back what is half read, and the run says so`, async () => {
      const held = await holder();
      held.child.stdin?.write(drops("gw1", "2026-11-20T10:00:00Z", 50_000));
      await pause(300);
      held.child.kill(signal);
      const ended = await held.ended;
      expect(ended.status).toBe(status);
      expect(ended.err).toMatch(
        new RegExp(`^conntrail: interrupted by ${signal}: .*\\n {2}the next run .*\\n$`),
      );
      expect(rowsOf(place.db, "select status, message from runs")).toEqual([
        { status: "interrupted", message: signal },
      ]);
      expect(onlyValue(place.db, "select count(*) from events")).toBe(0);
      expect(readdirSync(place.folder).sort()).toEqual(["conntrail.db", "logs"]);
    });
  }
});

describe("others at the database", () => {
  /** The stock client with a transaction open. */
  async function client(begin: string) {
    const child = spawn("sqlite3", [place.db], { stdio: ["pipe", "pipe", "ignore"] });
    const ready = new Promise<void>((resolve) => child.stdout.once("data", () => resolve()));
    child.stdin.write(`${begin}\nselect count(*) from event;\n`);
    await ready;
    return {
      close: () =>
        new Promise<void>((resolve) => child.once("close", () => resolve()).stdin?.end("rollback;\n.quit\n")),
    };
  }
  const growing = async (work: () => Promise<void>) => {
    writeFileSync(join(logs, "messages"), drops("gw1", "2026-11-20T10:00:00Z", 20));
    await runNightly(place, [logs]);
    const before = factsOf(place.db);
    writeFileSync(join(logs, "messages"), drops("gw1", "2026-11-20T10:00:00Z", 40));
    await work();
    return before;
  };
  for (const [who, begin] of [
    ["reader", "begin;"],
    ["writer", "begin exclusive;"],
  ] as const) {
    it(`a ${who} with an open transaction is waited for; held for long, it ends the run and nothing is lost`, async () => {
      const before = await growing(async () => {
        const other = await client(begin);
        const { status, err } = nightly();
        expect([status, err]).toEqual([EXIT.locked, expect.stringMatching(/^conntrail: [^\n]+\n$/)]);
        const waiting = start(
          program,
          ["nightly", logs, "--db", place.db, "--out", place.out, "--wait", "60"],
          place.folder,
        );
        await pause(1000);
        await other.close();
        expect((await waiting.ended).status).toBe(EXIT.done);
      });
      expect(before.events).toHaveLength(20);
      expect(onlyValue(place.db, "select count(*) from events")).toBe(40);
      expect(onlyValue(place.db, "pragma integrity_check")).toBe("ok");
    });
  }
  it("a reader sees a whole earlier state while a run is active", async () => {
    const before = await growing(async () => {});
    const held = await holder();
    held.child.stdin?.write(drops("gw2", "2026-11-20T10:00:00Z", 50_000));
    await pause(300);
    expect(factsOf(place.db)).toEqual(before);
    held.child.stdin?.end();
    await held.ended;
    expect(onlyValue(place.db, "select count(*) from events where host = 'gw2'")).toBe(50_000);
  });
  it("after a run it is one file, which the stock client reads from a read-only folder", async () => {
    await growing(async () => {});
    expect(existsSync(`${place.db}-wal`)).toBe(false);
    const { spawnSync } = await import("node:child_process");
    const { chmodSync } = await import("node:fs");
    const alone = join(place.folder, "alone");
    mkdirSync(alone);
    const { copyFileSync } = await import("node:fs");
    copyFileSync(place.db, join(alone, "copy.db"));
    chmodSync(join(alone, "copy.db"), 0o444);
    chmodSync(alone, 0o555);
    const asked = spawnSync("sqlite3", [
      "-readonly",
      join(alone, "copy.db"),
      "select count(*) from bursts; pragma journal_mode",
    ]);
    chmodSync(alone, 0o755);
    expect(asked.stdout.toString()).toBe("1\ndelete\n");
  });
});
