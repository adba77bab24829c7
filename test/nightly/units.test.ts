// What is shipped for cron, systemd and logrotate is taken by cron's syntax, systemd and logrotate.

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const SHIPPED = fileURLToPath(new URL("../../samples/nightly/", import.meta.url));
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

it("the line for cron has its five fields, a user and the command", () => {
  const lines = readFileSync(join(SHIPPED, "cron.d-conntrail"), "utf8").split("\n");
  const jobs = lines.filter((line) => line !== "" && !/^#|^\w+=/.test(line));
  expect(jobs).toHaveLength(1);
  expect(jobs[0]).toMatch(/^(?:[\d*/,-]+\s+){5}\w+\s+.*\bconntrail nightly\b/);
  expect(jobs[0]).not.toContain("%");
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
