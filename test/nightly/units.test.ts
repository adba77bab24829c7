// What is shipped for cron, systemd and logrotate is taken by cron's syntax, systemd and logrotate.

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { HELP } from "../../src/commands/sample.ts";

const SHIPPED = fileURLToPath(new URL("../../samples/nightly/", import.meta.url));
const shipped = (name: string) => readFileSync(join(SHIPPED, name), "utf8");
const has = (program: string) => spawnSync(program, ["--version"]).error === undefined;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "conntrail-units-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("systemd verifies the service and its timer", ({ skip }) => {
  if (!has("systemd-analyze")) {
    console.log("units.test.ts: skipped, systemd-analyze is not installed");
    skip();
  }
  for (const unit of ["conntrail.service", "conntrail.timer"])
    copyFileSync(join(SHIPPED, unit), join(folder, unit));
  const { status, stderr } = spawnSync("systemd-analyze", [
    "verify",
    join(folder, "conntrail.service"),
    join(folder, "conntrail.timer"),
  ]);
  expect([stderr.toString(), status]).toEqual(["", 0]);
});

it("the service is confined to its state directory", () => {
  const unit = readFileSync(join(SHIPPED, "conntrail.service"), "utf8");
  for (const setting of [
    "DynamicUser=yes",
    "ProtectSystem=strict",
    "PrivateNetwork=yes",
    "StateDirectory=conntrail",
  ])
    expect(unit.split("\n")).toContain(setting);
});

it("cron and systemd run the nightly command with the same settings, which nothing shipped wins over", () => {
  const command = "conntrail nightly --config /etc/conntrail.json";
  expect(shipped("cron.d-conntrail")).toContain(`; ${command}\n`);
  const unit = shipped("conntrail.service");
  expect(unit).toContain(`\nExecStart=/usr/bin/env ${command}\n`);
  expect(unit).not.toMatch(/^Environment=/m);
  // The state directory of the unit, and the folder that it may read.
  expect(JSON.parse(shipped("conntrail.json"))).toMatchObject({
    paths: ["/var/log"],
    db: "/var/lib/conntrail/conntrail.db",
    out: "/var/lib/conntrail/reports",
  });
});

it("the samples lie where they are written, read and rotated", () => {
  const path = "/var/log/conntrail-samples.csv";
  expect(shipped("cron.d-conntrail")).toContain(`conntrail sample ${path}\n`);
  expect(shipped("logrotate.d-conntrail")).toContain(`\n${path} {\n`);
  expect(HELP).toContain(`PATH=/usr/local/bin:/usr/bin:/bin `);
  expect(HELP).toContain(`root conntrail sample ${path}\n`);
});

it("the lines for cron have their five fields, a user and the command, below a path", () => {
  const lines = shipped("cron.d-conntrail").split("\n");
  const jobs = lines.filter((line) => line !== "" && !/^#|^\w+=/.test(line));
  expect(jobs).toHaveLength(2);
  for (const [i, name] of ["nightly", "sample"].entries()) {
    expect(jobs[i]).toMatch(new RegExp(`^(?:[\\d*/,-]+\\s+){5}\\w+\\s+.*\\bconntrail ${name}\\b`));
    expect(jobs[i]).not.toContain("%");
  }
  expect(lines.findIndex((line) => line.startsWith("PATH="))).toBeLessThan(lines.indexOf(jobs[0] ?? ""));
});

it("logrotate takes the snippet", ({ skip }) => {
  if (!has("logrotate")) {
    console.log("units.test.ts: skipped, logrotate is not installed");
    skip();
  }
  const conf = join(folder, "logrotate.conf");
  writeFileSync(conf, readFileSync(join(SHIPPED, "logrotate.d-conntrail"), "utf8"), { mode: 0o644 });
  const { status, stderr } = spawnSync("logrotate", ["--debug", "--state", join(folder, "state"), conf]);
  expect(stderr.toString()).not.toMatch(/^error/m);
  expect(status).toBe(0);
});
