// What is written never lies where the database or a log lies, whatever name that has there.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { run } from "../../src/commands/run.ts";
import { UserError } from "../../src/errors.ts";

const LOG =
  "2021-03-10T10:00:00.000001+00:00 gw1 kernel: nf_conntrack: nf_conntrack: table full, dropping packet\n";

let folder: string;
const at = (name: string) => join(folder, name);

/** How a command ended: its exit code and what it said. */
async function ended(args: readonly string[]): Promise<{ code: number; message: string }> {
  try {
    await run([...args, "--quiet"]);
    return { code: 0, message: "" };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: error.exitCode, message: error.message };
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "conntrail-spared-"));
  writeFileSync(at("gw1.log"), LOG);
  expect(await ended(["ingest", at("gw1.log"), "--db", at("who.db")])).toEqual({ code: 0, message: "" });
  symlinkSync(at("who.db"), at("link.db"));
  linkSync(at("who.db"), at("hard.db"));
  symlinkSync(folder, at("there"));
  mkdirSync(at("inside"));
  symlinkSync(at("who.db"), at("inside/conntrail-report.txt"));
  linkSync(at("gw1.log"), at("other-name.log"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("report --out", () => {
  it("a FIFO or a device is written into, and stays what it is", async () => {
    spawnSync("mkfifo", [at("fifo")]);
    const reader = spawn("cat", [at("fifo")]);
    onTestFinished(() => void reader.kill());
    let got = "";
    reader.stdout.on("data", (chunk) => {
      got += chunk;
    });
    const closed = once(reader, "close");
    expect(await ended(["report", "--db", at("who.db"), "--out", at("fifo")])).toEqual({
      code: 0,
      message: "",
    });
    expect(statSync(at("fifo")).isFIFO()).toBe(true);
    await closed;
    expect(got).toContain("gw1 dropped packets");
  });

  it.each([
    ["the database", "who.db"],
    ["a link to it", "link.db"],
    ["another name of its file", "hard.db"],
    ["it, in a folder reached by a link", "there/who.db"],
    ["what SQLite keeps beside it, there or not", "who.db-wal"],
    ["the same in a folder reached by a link", "there/who.db-shm"],
    ["a folder in which the report would be it", "inside"],
  ])("%s: 64, and all is as it was", async (_, out) => {
    const before = readFileSync(at("who.db"));
    const { code, message } = await ended(["report", "--db", at("who.db"), "--out", at(out)]);
    expect(message).toContain("is the database itself");
    expect(code).toBe(64);
    expect(readFileSync(at("who.db")).equals(before)).toBe(true);
  });

  it.each([
    ["a log", "gw1.log"],
    ["another name of its file", "other-name.log"],
    ["it, in a folder reached by a link", "there/gw1.log"],
  ])("%s: 64, and all is as it was", async (_, out) => {
    const { code, message } = await ended(["report", "--db", at("who.db"), "--out", at(out)]);
    expect(message).toContain("is a log that was read");
    expect(code).toBe(64);
    expect(readFileSync(at("gw1.log"), "utf8")).toBe(LOG);
  });

  it("a report that lies there already: written anew", async () => {
    for (let i = 0; i < 2; i++) {
      expect(await ended(["report", "--db", at("who.db"), "--out", at("report.txt")])).toMatchObject({
        code: 0,
      });
    }
    expect(readFileSync(at("report.txt"), "utf8")).toContain("gw1");
  });
});

describe("a folder of files one of which would be the database", () => {
  it.each([
    ["the index", "index.html"],
    ["a day's report", "gw1/2021-03-10.json"],
    ["what a killed run may have left of one", "gw1/2021-03-10.json.17"],
  ])("nightly: %s", async (_, name) => {
    mkdirSync(at("reports/gw1"), { recursive: true });
    const before = ["nightly", at("gw1.log"), "--out", at("reports"), "--db", at(`reports/${name}`)];
    const { code, message } = await ended(before);
    expect(message).toContain("is the database itself");
    expect(code).toBe(64);
  });

  it("nightly: a day's report that leads to it", async () => {
    mkdirSync(at("nights/gw1"), { recursive: true });
    await ended(["ingest", at("gw1.log"), "--db", at("night.db")]);
    linkSync(at("night.db"), at("nights/gw1/2021-03-10.md"));
    const { code, message } = await ended([
      "nightly",
      at("gw1.log"),
      "--out",
      at("nights"),
      "--db",
      at("night.db"),
    ]);
    expect(message).toContain("nights/gw1/2021-03-10.md is the database itself");
    expect(code).toBe(64);
  });

  it("nightly: a database that merely lies among the reports is none of its files", async () => {
    const args = ["nightly", at("gw1.log"), "--out", at("reports"), "--db", at("reports/conntrail.db")];
    expect(await ended(args)).toEqual({ code: 0, message: "" });
  });

  it.each(["ndjson", "parquet"])("export --format %s", async (format) => {
    const file = "events/host=gw1/day=2021-03-10";
    expect(
      await ended(["export", "--db", at("who.db"), "--format", format, "--out", at("lake")]),
    ).toMatchObject({
      code: 0,
    });
    const [name = ""] = readdirSync(at(`lake/${file}`)).filter((one) => one.endsWith(format));
    mkdirSync(at(`sea-${format}/${file}`), { recursive: true });
    symlinkSync(at("who.db"), at(`sea-${format}/${file}/${name}`));
    const args = ["export", "--db", at("who.db"), "--format", format, "--out", at(`sea-${format}`)];
    const { code, message } = await ended(args);
    expect(message).toContain(`${name} is the database itself`);
    expect(code).toBe(64);
  });
});
