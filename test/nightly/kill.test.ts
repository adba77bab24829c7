// Killed at any instant: what is left is whole, and one run to the end leaves the rows of a run never disturbed.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildProgram, type Program } from "../cli/program.ts";
import {
  chance,
  DROP,
  factsOf,
  HEAVY,
  line,
  makePlace,
  onlyValue,
  type Place,
  pause,
  start,
} from "./support.ts";

const KILLS = HEAVY ? 200 : 10;
const BYTES = HEAVY ? 200 << 20 : 4 << 20;
const FILES = HEAVY ? 40 : 12;
const SEED = Number(process.env.CONNTRAIL_SEED ?? Date.now() % 1_000_000_000);

let program: Program;
let place: Place;
let logs: string;
beforeAll(() => {
  program = buildProgram();
  place = makePlace();
  logs = join(place.folder, "logs");
  mkdirSync(logs);
  const random = chance(SEED);
  const start = Date.parse("2026-10-01T00:00:00Z");
  const size = BYTES / FILES;
  for (let f = 0; f < FILES; f++) {
    const lines: string[] = [];
    let atMs = start + f * 86_400_000;
    for (let bytes = 0; bytes < size; ) {
      atMs += Math.floor(random() * 4000);
      const text = random() < 0.02 ? DROP : `eth0: link is up, ${Math.floor(random() * 1e9)} and counting`;
      const next = line(`gw${f % 3}`, atMs, text);
      lines.push(next);
      bytes += next.length;
    }
    const name = join(logs, `messages.${FILES - f}`);
    if (f % 2 === 0) writeFileSync(name, lines.join(""));
    else writeFileSync(`${name}.gz`, gzipSync(lines.join("")));
  }
}, 600_000);
afterAll(() => {
  program.remove();
  place.remove();
});

const nightlyArgs = (name: string) => [
  "nightly",
  logs,
  "--db",
  join(place.folder, `${name}.db`),
  "--out",
  join(place.folder, `${name}-reports`),
];
const reportNames = (name: string) =>
  (readdirSync(join(place.folder, `${name}-reports`), { recursive: true }) as string[]).sort();

it(
  `after ${KILLS} kills at chance instants (seed ${SEED}) one run leaves the rows of an undisturbed one`,
  async () => {
    console.log(`kill.test.ts: CONNTRAIL_SEED=${SEED}`);
    const random = chance(SEED + 1);
    const began = Date.now();
    const calm = program.run(nightlyArgs("calm"));
    expect([calm.err, calm.status]).toEqual(["", 0]);
    const wholeMs = Date.now() - began;
    let killed = 0;
    for (let i = 0; i < KILLS; i++) {
      // From nothing in every third round, on from where the last was killed in the others.
      if (i % 3 === 0)
        for (const ending of ["", "-wal", "-shm", ".lock"])
          rmSync(join(place.folder, `shot.db${ending}`), { force: true });
      const run = start(program, nightlyArgs("shot"), place.folder);
      await pause(random() * wholeMs * (i % 3 === 0 ? 1.05 : 0.6));
      run.child.kill("SIGKILL");
      if ((await run.ended).signal === "SIGKILL") killed++;
      const check = program.run(["query", "pragma integrity_check", "--db", join(place.folder, "shot.db")]);
      if (check.status === 0) expect(check.out).toContain("ok");
    }
    expect(killed).toBeGreaterThan(0);
    const last = program.run(nightlyArgs("shot"));
    expect(last.status, last.err).toBe(0);
    const shot = join(place.folder, "shot.db");
    expect(onlyValue(shot, "pragma integrity_check")).toBe("ok");
    expect(factsOf(shot)).toEqual(factsOf(join(place.folder, "calm.db")));
    expect(reportNames("shot").filter((name) => !/\.\d+$/.test(name))).toEqual(reportNames("calm"));
    expect(readdirSync(place.folder).filter((name) => name.startsWith("shot.db"))).toEqual(["shot.db"]);
  },
  HEAVY ? 7_200_000 : 300_000,
);
