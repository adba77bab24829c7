// The real logrotate at work under the nightly run, up to sixty virtual days long: every drop that was written is in the
// database once, whatever became of the file it was written to.

import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chance, DROP, HEAVY, line, makePlace, onlyValue, type Place, runNightly } from "./support.ts";

const DAYS = HEAVY ? 60 : 20;
const DAY_MS = 86_400_000;
const START_MS = Date.parse("2026-08-01T00:00:00Z");
const SEED = Number(process.env.CONNTRAIL_SEED ?? 20_260_801);
const RUNS_A_DAY = HEAVY ? 4 : 1;

const WAYS: Readonly<Record<string, string>> = {
  rename: "rotate 7\n create",
  copytruncate: "rotate 7\n copytruncate",
  compress: "rotate 7\n create\n compress",
  delaycompress: "rotate 7\n create\n compress\n delaycompress",
  dateext: "rotate 7\n create\n dateext",
  "copytruncate, compressed": "rotate 7\n copytruncate\n compress\n delaycompress",
};

const isInstalled = spawnSync("logrotate", ["--version"]).error === undefined;
if (!isInstalled) console.log("logrotate.test.ts: skipped, logrotate is not installed");

let place: Place;
let logs: string;
beforeEach(() => {
  place = makePlace();
  logs = join(place.folder, "logs");
  mkdirSync(logs, { mode: 0o755 });
});
afterEach(() => place.remove());

/** Rotates. What logrotate names after today is named after the virtual day instead. */
function rotate(conf: string, atMs: number): void {
  const { status, stderr } = spawnSync("logrotate", [
    "--force",
    "--state",
    join(place.folder, "state"),
    conf,
  ]);
  expect(stderr.toString()).not.toMatch(/^error/m);
  expect(status).toBe(0);
  for (const name of readdirSync(logs)) {
    const dated = /^(messages-)\d{8}$/.exec(name);
    const virtual = new Date(atMs).toISOString().slice(0, 10).replaceAll("-", "");
    if (dated !== null && statSync(join(logs, name)).mtimeMs > atMs - DAY_MS && name > `messages-${virtual}`)
      renameSync(join(logs, name), join(logs, `messages-${virtual}`));
  }
}

/** Files of the folder look as if they had been written on the virtual day they were. */
function age(atMs: number, known: Map<string, number>): void {
  for (const name of readdirSync(logs)) {
    const path = join(logs, name);
    const { ino, size } = statSync(path);
    const key = `${ino}:${size}`;
    const writtenMs = known.get(key) ?? atMs;
    known.set(key, writtenMs);
    utimesSync(path, writtenMs / 1000, writtenMs / 1000);
  }
}

/** A day's lines: ordinary ones, and a burst or two; some nights nothing happens. */
function dayOfLines(day: number, random: () => number): { text: string; drops: number }[] {
  return Array.from({ length: RUNS_A_DAY + 1 }, (_, part) => {
    const fromMs = START_MS + day * DAY_MS + (part * DAY_MS) / (RUNS_A_DAY + 1);
    const count = random() < 0.3 ? 0 : Math.floor(random() * 40);
    const lines = Array.from({ length: count + 10 }, (_, i) => {
      const text = i < 5 || i >= count + 5 ? `eth0: link ${day} ${part} ${i}` : DROP;
      return line("gw1", fromMs + 60_000 + i * 1000, text);
    });
    return { text: lines.join(""), drops: count };
  });
}

describe.skipIf(!isInstalled)(`${DAYS} days under logrotate (seed ${SEED})`, () => {
  for (const [name, options] of Object.entries(WAYS)) {
    it(name, async () => {
      const random = chance(SEED);
      const log = join(logs, "messages");
      const conf = join(place.folder, "logrotate.conf");
      writeFileSync(conf, `${log} {\n ${options}\n missingok\n}\n`, { mode: 0o644 });
      const written = new Map<string, number>();
      let drops = 0;
      for (let day = 0; day < DAYS; day++) {
        const parts = dayOfLines(day, random);
        const nowMs = START_MS + (day + 1) * DAY_MS;
        for (const [i, part] of parts.entries()) {
          appendFileSync(log, part.text, { mode: 0o640 });
          drops += part.drops;
          age(nowMs - DAY_MS / 2, written);
          // A run in the middle of the day; after the last part it comes before or after the rotation.
          if (i < RUNS_A_DAY && random() < 0.7) await runNightly(place, [logs], { nowUs: nowMs * 1000 });
        }
        if (random() < 0.9) rotate(conf, nowMs - DAY_MS / 2);
        age(nowMs, written);
        if (random() < 0.8) await runNightly(place, [logs], { nowUs: nowMs * 1000 });
      }
      const { ingest } = await runNightly(place, [logs], { nowUs: (START_MS + (DAYS + 1) * DAY_MS) * 1000 });
      expect(existsSync(log)).toBe(true);
      expect(ingest.problems).toBe(0);
      expect(onlyValue(place.db, "select count(*) from events where kind = 'drop'")).toBe(drops);
      expect(onlyValue(place.db, "select sum(amount) from events where kind = 'drop' and speaks")).toBe(
        drops,
      );
      expect(onlyValue(place.db, "select sum(drop_lines) from bursts")).toBe(drops);
      expect(onlyValue(place.db, "select sum(drop_lines) from minutes")).toBe(drops);
      expect(onlyValue(place.db, "pragma integrity_check")).toBe("ok");
    }, 600_000);
  }
});
