// The disk fills up: the run says so and fails, and with room again the next one ends in the rows of any other.

import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildProgram, type Program } from "../cli/program.ts";
import { drops, factsOf, makePlace, onlyValue, type Place } from "./support.ts";

let program: Program;
let place: Place;
let small: string;
let mounted = false;
beforeAll(() => {
  program = buildProgram();
  place = makePlace();
  small = join(place.folder, "small");
  mkdirSync(small);
  mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", small]).status === 0;
  if (!mounted) console.log("disk-full.test.ts: skipped, no file system may be mounted here");
});
afterAll(() => {
  if (mounted) spawnSync("umount", [small]);
  program.remove();
  place.remove();
});

it("a full disk is told in a sentence, and nothing is lost or doubled once there is room", ({ skip }) => {
  if (!mounted) skip();
  const logs = join(place.folder, "logs");
  mkdirSync(logs);
  for (let i = 0; i < 10; i++)
    writeFileSync(join(logs, `m${i}.log`), drops(`gw${i}`, "2026-11-20T10:00:00Z", 1500));
  const db = join(small, "conntrail.db");
  const args = (path: string, out: string) => [
    "nightly",
    logs,
    "--db",
    path,
    "--out",
    join(place.folder, out),
  ];
  const calm = program.run(args(join(place.folder, "calm.db"), "calm"));
  expect([calm.err, calm.status]).toEqual(["", 0]);
  for (let i = 0; i < 3; i++) {
    const { status, err } = program.run(args(db, "full"));
    expect([status, err]).toEqual([1, expect.stringMatching(/^(?:conntrail: [^\n]+\n)+$/)]);
    expect(err).toMatch(/full|no space/);
    expect(err).not.toContain("internal error");
  }
  expect(spawnSync("mount", ["-o", "remount,size=64m", small]).status).toBe(0);
  const last = program.run(args(db, "full"));
  expect(last.status, last.err).toBe(0);
  expect(onlyValue(db, "pragma integrity_check")).toBe("ok");
  expect(factsOf(db)).toEqual(factsOf(join(place.folder, "calm.db")));
  rmSync(db);
}, 300_000);
