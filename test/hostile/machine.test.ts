// The machine fails under the program: what it says, what it leaves, and that the next run makes up for it. Disk full,
// kills and signals have their tests in test/nightly; faults of the disk are made by strace, where it is installed.

import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EXIT } from "../../src/errors.ts";
import { discover } from "../../src/sources/discover.ts";
import { Ledger } from "../../src/sources/ledger.ts";
import { openFile } from "../../src/sources/open.ts";
import { readChunks } from "../../src/sources/read.ts";
import { buildProgram, cleanEnvironment, hasStackTrace, type Program, type Ran } from "../cli/program.ts";
import { drops, line, makePlace, onlyValue, type Place, rowsOf, start } from "../nightly/support.ts";
import { makeDatabase, NOW_US } from "../support/database.ts";

const isRoot = process.getuid?.() === 0;
const hasStrace = spawnSync("strace", ["-V"]).status === 0;
const NOBODY = 65_534;
if (!isRoot) console.log("machine.test.ts: not root, the tests that become another user are skipped");
if (!hasStrace)
  console.log("machine.test.ts: strace is not installed, the tests that fail the disk are skipped");

let program: Program;
let place: Place;
let logs: string;
beforeAll(() => {
  program = buildProgram();
  chmodSync(join(program.folder, ".."), 0o755);
});
afterAll(() => program.remove());
beforeEach(() => {
  place = makePlace();
  chmodSync(place.folder, 0o777);
  logs = join(place.folder, "logs");
  mkdirSync(logs);
});
afterEach(() => place.remove());

function runAs(user: number, args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program.script, ...args], {
    cwd: place.folder,
    env: { ...cleanEnvironment(), HOME: place.folder },
    uid: user,
    gid: user,
  });
  return { status, out: stdout.toString(), err: stderr.toString() };
}

/** The program with a system call that fails from its n-th use on, where it is of `path`. */
function withFault(fault: string, path: string, args: readonly string[]): Ran {
  const call = fault.split(":", 1)[0];
  const trace = ["-f", "-qq", "-o", "/dev/null", "-e", `trace=${call}`, "-e", `inject=${fault}`, "-P", path];
  const { status, stdout, stderr } = spawnSync(
    "strace",
    [...trace, process.execPath, program.script, ...args],
    {
      cwd: place.folder,
      // strace counts the calls of each thread for itself.
      env: { ...cleanEnvironment(), UV_THREADPOOL_SIZE: "1" },
    },
  );
  return { status, out: stdout.toString(), err: stderr.toString() };
}

const LINES = 30_000;

function others(from: string, count: number): string {
  const start = Date.parse(from);
  return Array.from({ length: count }, (_, i) => line("gw1", start + i * 1000, "eth0: link is up")).join("");
}

describe("reading", () => {
  it.runIf(hasStrace)(
    "a disk that fails in what a log has grown by: the rest comes in another run, though the file is unchanged",
    () => {
      const path = join(logs, "messages");
      const args = ["ingest", logs, "--db", place.db];
      // Lines of others at its end: a log that ends in nothing but drops is read anew.
      const early = drops("gw1", "2026-11-10T00:00:00Z", LINES) + others("2026-11-11T00:00:00Z", LINES);
      const late = drops("gw1", "2026-11-12T00:00:00Z", LINES);
      writeFileSync(path, early);
      expect(program.run(args).status).toBe(EXIT.done);
      writeFileSync(path, early + late);
      const failed = withFault("pread64:error=EIO:when=6+", path, args);
      expect(failed).toMatchObject({ status: EXIT.problems, err: expect.stringMatching(/\[read-error\]/) });
      expect(program.run(args).status).toBe(EXIT.done);
      const lines = "select sum(amount) from events where kind = 'drop'";
      expect(onlyValue(place.db, lines)).toBe(2 * LINES);
      expect(onlyValue(place.db, "select count(*) from sources")).toBe(1);
    },
    60_000,
  );

  it.runIf(hasStrace)(
    "a disk that fails in the middle: what was read is kept, the rest comes in another run",
    () => {
      const path = join(logs, "messages");
      writeFileSync(path, drops("gw1", "2026-11-20T10:00:00Z", 2 * LINES));
      const args = ["ingest", logs, "--db", place.db];
      const failed = withFault("pread64:error=EIO:when=8+", path, args);
      expect([failed.status, failed.err]).toEqual([
        EXIT.problems,
        expect.stringMatching(/\(EIO\).*\[read-error\]/),
      ]);
      const some = onlyValue(place.db, "select count(*) from events") as number;
      expect(some).toBeGreaterThan(1000);
      expect(some).toBeLessThan(2 * LINES);
      expect(program.run(args).status).toBe(EXIT.done);
      expect(onlyValue(place.db, "select count(*) from events")).toBe(2 * LINES);
      expect(onlyValue(place.db, "select sum(drop_lines) from bursts")).toBe(2 * LINES);
    },
  );
  it("a handle that fails in the middle ends the stream with a problem", async () => {
    let reads = 0;
    const read = async (buffer: Buffer) => {
      reads += 1;
      if (reads === 3) throw Object.assign(new Error("gone"), { code: "EIO" });
      return { bytesRead: buffer.length, buffer };
    };
    const ledger = new Ledger();
    let bytes = 0;
    for await (const chunk of readChunks({ read } as unknown as FileHandle, 0, 1 << 20, ledger))
      bytes += chunk.length;
    expect([bytes, ledger.complete]).toEqual([512 << 10, false]);
    expect(ledger.problems).toMatchObject([{ kind: "read-error", offset: 512 << 10 }]);
  });
  it("a file that goes between being found and being opened, and one that goes while it is read", async () => {
    writeFileSync(join(logs, "a.log"), drops("gw1", "2026-11-20T10:00:00Z", 3));
    writeFileSync(join(logs, "b.log"), drops("gw1", "2026-11-20T11:00:00Z", LINES));
    const { files } = await discover([logs]);
    unlinkSync(join(logs, "a.log"));
    const kinds: string[] = [];
    let bytes = 0;
    for (const file of files) {
      for await (const source of openFile(file)) {
        for await (const chunk of source.chunks) {
          bytes += chunk.length;
          rmSync(file.path, { force: true });
        }
        kinds.push(...source.problems().map(({ kind }) => kind));
      }
    }
    expect(kinds).toEqual(["read-error"]);
    expect(bytes).toBe(drops("gw1", "2026-11-20T11:00:00Z", LINES).length);
  });
  it.runIf(isRoot)("a file and a folder that may not be read are told, the others read", () => {
    writeFileSync(join(logs, "open.log"), drops("gw1", "2026-11-20T10:00:00Z", 3), { mode: 0o644 });
    writeFileSync(join(logs, "shut.log"), drops("gw2", "2026-11-20T10:00:00Z", 3), { mode: 0o600 });
    mkdirSync(join(logs, "shut"), { mode: 0o700 });
    const { status, err } = runAs(NOBODY, ["ingest", logs, "--db", place.db]);
    expect(status).toBe(EXIT.problems);
    // Of no byte: none was read.
    expect(err.match(/ may not be read by this user \[permission-denied\]/g)).toHaveLength(2);
    expect(onlyValue(place.db, "select count(*) from events")).toBe(3);
  });
});

describe("writing", () => {
  it.runIf(isRoot)("a database that another user keeps for himself: a sentence that says so", () => {
    const db = join(logs, "kept.db");
    writeFileSync(db, "", { mode: 0o600 });
    const { status, err } = runAs(NOBODY, ["report", "--db", db]);
    expect(err).toBe(`conntrail: cannot open ${db}: it may not be read by this user\n`);
    expect(status).toBe(EXIT.failed);
  });
  it.runIf(isRoot)("a database folder that may not be written to: a sentence, and nothing is left", () => {
    writeFileSync(join(logs, "messages"), drops("gw1", "2026-11-20T10:00:00Z", 3), { mode: 0o644 });
    const shut = join(place.folder, "shut");
    mkdirSync(shut, { mode: 0o755 });
    for (const args of [
      ["ingest", logs, "--db", join(shut, "x.db")],
      ["nightly", logs, "--db", join(shut, "x.db"), "--out", place.out],
      ["nightly", logs, "--db", place.db, "--out", join(shut, "reports")],
      ["report", "--db", place.db, "--out", join(shut, "report.html"), "--format", "html"],
    ]) {
      const { status, err } = runAs(NOBODY, args);
      if (args.includes(join(shut, "x.db"))) expect(err).toMatch(/x\.db: permission denied in its folder/);
      expect([args.join(" "), status, err]).toEqual([
        args.join(" "),
        EXIT.failed,
        expect.stringMatching(/^conntrail: .+\n/),
      ]);
      expect(hasStackTrace(err)).toBe(false);
    }
    expect(readdirSync(shut)).toEqual([]);
  });
  it.runIf(isRoot)("a database in a folder that may only be read is read", () => {
    writeFileSync(join(logs, "messages"), drops("gw1", "2026-11-20T10:00:00Z", 3), { mode: 0o644 });
    const shut = join(place.folder, "shut");
    mkdirSync(shut);
    const db = join(shut, "x.db");
    expect(program.run(["ingest", logs, "--db", db]).status).toBe(EXIT.done);
    chmodSync(db, 0o644);
    chmodSync(shut, 0o555);
    const { status, err, out } = runAs(NOBODY, ["report", "--db", db, "--format", "json"]);
    expect([status, err]).toEqual([EXIT.done, ""]);
    expect(out).toContain("gw1");
    expect(readdirSync(shut)).toEqual(["x.db"]);
  });
  it.runIf(hasStrace)("a disk that fails under the database ends the run, and the next one is whole", () => {
    writeFileSync(join(logs, "messages"), drops("gw1", "2026-11-20T10:00:00Z", LINES));
    const args = ["ingest", logs, "--db", place.db];
    expect(program.run(["ingest", "-", "--db", place.db]).status).toBe(EXIT.done);
    const { status, err } = withFault("pwrite64:error=EIO:when=30+", `${place.db}-wal`, args);
    expect([status, err]).toEqual([EXIT.failed, expect.stringMatching(/^conntrail: /)]);
    expect(hasStackTrace(err)).toBe(false);
    expect(program.run(args).status).toBe(EXIT.done);
    expect(onlyValue(place.db, "pragma integrity_check")).toBe("ok");
    expect(onlyValue(place.db, "select sum(drop_lines) from bursts")).toBe(LINES);
  });
  it("what is made may be read by owner and group alone", () => {
    writeFileSync(join(logs, "messages"), drops("gw1", "2026-11-20T10:00:00Z", 3));
    const args = ["nightly", logs, "--db", place.db, "--out", place.out];
    expect(program.run(args).status).toBe(EXIT.done);
    const modes = spawnSync("find", [place.db, place.out, "-printf", "%m\n"])
      .stdout.toString()
      .trim()
      .split("\n");
    expect(modes.length).toBeGreaterThan(3);
    expect(modes.filter((mode) => !/^[67][045]0$/.test(mode))).toEqual([]);
  });
});

describe("the clock", () => {
  it("is set back by a day while a run is under way: all is read and the run ends", async () => {
    const made = makeDatabase();
    try {
      for (let i = 0; i < 5; i += 1) {
        writeFileSync(join(logs, `m${i}.log`), drops(`gw${i}`, "2026-11-20T10:00:00Z", 10));
      }
      let now = NOW_US;
      const step = 6 * 3_600_000_000;
      const options = {
        now: () => {
          now -= step;
          return now;
        },
      };
      const first = await made.ingest([logs], options);
      expect([first.eventsAdded, first.problems]).toEqual([50, 0]);
      const again = await made.ingest([logs], options);
      expect([again.eventsAdded, again.sourcesRead]).toEqual([0, 0]);
      expect(made.all("select status from runs")).toEqual([{ status: "done" }, { status: "done" }]);
    } finally {
      made.remove();
    }
  });
});

describe("whoever listens", () => {
  const many = () => {
    writeFileSync(join(logs, "messages"), drops("gw1", "2026-11-20T10:00:00Z", LINES));
    expect(program.run(["ingest", logs, "--db", place.db]).status).toBe(EXIT.done);
  };
  it("goes away: neither a crash nor a stack, on either stream", async () => {
    many();
    for (const closed of ["stdout", "stderr"] as const) {
      for (const args of [
        ["query", "select * from events", "--db", place.db],
        ["report", "--db", place.db, "--format", "html"],
        ["ingest", `${logs}/none`, logs, "--db", place.db],
      ]) {
        const run = start(program, args, place.folder);
        run.child[closed]?.destroy();
        const { status, signal, err } = await run.ended;
        expect([signal, hasStackTrace(err)]).toEqual([null, false]);
        expect(status).toBeLessThanOrEqual(EXIT.problems);
      }
    }
  });
  it("is a full device: told, and exit 1", () => {
    many();
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(
      process.execPath,
      [program.script, "query", "select * from events", "--db", place.db],
      {
        stdio: ["ignore", full, "pipe"],
        env: cleanEnvironment(),
      },
    );
    closeSync(full);
    expect([status, stderr.toString()]).toEqual([
      EXIT.failed,
      expect.stringMatching(/^conntrail: .*ENOSPC\n$/),
    ]);
  });
  it("is nobody: no terminal, no standard streams, no environment", async () => {
    writeFileSync(join(logs, "messages"), drops("gw1", "2026-11-20T10:00:00Z", 3));
    const child = spawn(
      process.execPath,
      [program.script, "nightly", logs, "--db", place.db, "--out", place.out],
      {
        cwd: place.folder,
        detached: true,
        stdio: "ignore",
        env: {},
      },
    );
    const status = await new Promise((resolve) => child.once("close", resolve));
    expect(status).toBe(EXIT.done);
    expect(onlyValue(place.db, "select count(*) from events")).toBe(3);
  });
});

describe("the environment", () => {
  const yearless = "Nov 20 10:00:00 gw1 kernel: nf_conntrack: table full, dropping packet\n";
  for (const TZ of ["", ":/no/such/zone", "Nowhere/Atall", "\x1b[31m"]) {
    it(`has a zone that nobody knows (TZ=${JSON.stringify(TZ)}): UTC`, () => {
      writeFileSync(join(logs, "messages"), yearless);
      const args = ["ingest", logs, "--db", place.db, "--year", "2026"];
      const { status, err } = program.run(args, { env: { TZ, TZDIR: "/nonexistent" } });
      expect([status, hasStackTrace(err)]).toEqual([EXIT.done, false]);
      expect(rowsOf(place.db, "select time from events")).toEqual([{ time: "2026-11-20T10:00:00.000000Z" }]);
    });
  }
  it("has the plainest of locales: names and texts are UTF-8 all the same", () => {
    const name = "m\u00e4ssages-\u65e5\u672c.log";
    writeFileSync(join(logs, name), drops("gw\u00f6", "2026-11-20T10:00:00Z", 2));
    for (const env of [
      { LANG: "C", LC_ALL: "C" },
      { LANG: "xx_YY.UTF-9", LC_ALL: "" },
    ]) {
      rmSync(place.db, { force: true });
      expect(program.run(["ingest", logs, "--db", place.db], { env }).status).toBe(EXIT.done);
      const { out } = program.run(["report", "--db", place.db, "--format", "json"], { env });
      expect(out).toContain("gw\u00f6");
      expect(out).toContain(name);
    }
  });
});
