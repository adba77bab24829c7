// The shell recipes of the page about the database, run as they stand there, in the folder that the page lies in.

import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildProgram, cleanEnvironment, type Program } from "../cli/program.ts";
import { type Made, makeDatabase } from "../support/database.ts";
import { README } from "./documented.ts";
import { type Incident, writeIncident } from "./incident.ts";
import { hasShell } from "./shell.ts";

const [block = ""] = [...README.matchAll(/```sh\n([^`]*)```/g)].map((match) => match[1]);
const commands = block.trim().split("\n");

describe("the recipes under Opening it", () => {
  let program: Program;
  let incident: Incident;
  let made: Made;
  let folder: string;
  beforeAll(async () => {
    program = buildProgram();
    incident = writeIncident();
    made = makeDatabase();
    await made.ingest([incident.folder], { hash: true });
    folder = mkdtempSync(join(tmpdir(), "conntrail-recipes-"));
    copyFileSync(made.path, join(folder, "conntrail.db"));
    cpSync(fileURLToPath(new URL("../../sql/queries", import.meta.url)), join(folder, "queries"), {
      recursive: true,
    });
    mkdirSync(join(folder, "bin"));
    const conntrail = join(folder, "bin/conntrail");
    writeFileSync(conntrail, `#!/bin/sh\nexec "${process.execPath}" "${program.script}" "$@"\n`);
    chmodSync(conntrail, 0o755);
  }, 120_000);
  afterAll(() => {
    program?.remove();
    incident?.remove();
    made?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const shell = (command: string): string => {
    const env = { ...cleanEnvironment(), PATH: `${join(folder, "bin")}:${process.env.PATH}` };
    const done = spawnSync("sh", ["-c", command], { cwd: folder, env, encoding: "utf8" });
    expect([command, done.status, done.stderr]).toEqual([command, 0, ""]);
    return done.stdout;
  };
  const worst = () => made.all("select host from bursts order by drops_reported desc, burst_id");

  it("are three", () => {
    expect(commands.map((command) => command.split(" ", 1)[0])).toEqual(["sqlite3", "sqlite3", "conntrail"]);
  });

  it.runIf(hasShell)("sqlite3 with SQL gives every burst", () => {
    const rows = shell(commands[0] ?? "")
      .trimEnd()
      .split("\n")
      .slice(2);
    expect(rows).toHaveLength(worst().length);
  });

  it.runIf(hasShell)("sqlite3 with a shipped question gives the same bursts", () => {
    const rows = shell(commands[1] ?? "")
      .trimEnd()
      .split("\n")
      .slice(2);
    expect(rows).toHaveLength(worst().length);
    expect(rows[0]).toMatch(/\bfw1\b.*\b153\b/);
  });

  it("conntrail query gives those of the host, as CSV", () => {
    const rows = parse(shell(commands[2] ?? ""), { columns: true }) as { host: string }[];
    expect(rows).toHaveLength(worst().filter(({ host }) => host === "fw1").length);
    expect(new Set(rows.map(({ host }) => host))).toEqual(new Set(["fw1"]));
  });
});
