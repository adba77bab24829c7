// One kernel line can stand under two instants: where a daemon began to read long after it was printed, or a clock was
// set. The same uptimes of one boot are the same lines, and are not counted twice.

import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { sameUptimes } from "../../src/analysis/intervals.ts";
import { freshDatabase } from "../support/fresh.ts";

const DROP = "nf_conntrack: nf_conntrack: table full, dropping packet";
const BOOT = Date.UTC(2026, 2, 14, 10, 0, 0) / 1000;

const made = freshDatabase();

type Said = readonly [uptimeS: number, text: string];

const printed = ([uptimeS, text]: Said) => `[${uptimeS.toFixed(6).padStart(12)}] ${text}\n`;
const logged = (atS: number, said: Said) =>
  `${new Date((BOOT + Math.floor(atS)) * 1000).toISOString().slice(0, 19)}Z fw1 kernel: ${printed(said)}`;
const drops = (uptimeS: number, count: number) =>
  Array.from({ length: count }, (_, i): Said => [uptimeS + i / 1000, DROP]);

/** What messages and dmesg tell of one boot; `wall`: seconds after the kernel's start at which a line was stamped. */
async function bursts(said: readonly Said[], wall: (uptimeS: number) => number) {
  const path = (name: string) => join(dirname(made.path), name);
  writeFileSync(path("messages"), said.map((one) => logged(wall(one[0]), one)).join(""));
  writeFileSync(path("dmesg"), said.map(printed).join(""));
  await made.ingest([path("messages"), path("dmesg")], { host: "fw1" });
  return made.all("select drops_min, witnesses from bursts order by start_us");
}

const BANNER: Said = [0, "Linux version 6.1.0-18-amd64 (x@y) #1 SMP"];
const later = (uptimeS: number): Said => [uptimeS, "eth0: link becomes ready"];

it("seven drops at the start, read 200 s after the kernel's: seven", async () => {
  const said = [BANNER, ...drops(20, 7), later(300), later(900), later(1500)];
  expect(await bursts(said, (uptimeS) => Math.max(uptimeS, 200))).toEqual([{ drops_min: 7, witnesses: 2 }]);
});

it("ten drops, and ten more behind a clock that was set back by 90 s: twenty, and one later", async () => {
  const said = [BANNER, ...drops(1132, 10), ...drops(1195, 10), later(1500), ...drops(2100, 1), later(2700)];
  const told = await bursts(said, (uptimeS) => (uptimeS < 1190 ? Math.max(uptimeS, 8) : uptimeS - 90));
  expect(told.reduce((sum, row) => sum + Number(row.drops_min), 0)).toBe(21);
});

describe("stints of one boot", () => {
  const stint = (startUs: number, endUs: number, fromUptimeUs: number, toUptimeUs: number) => ({
    ...{ startUs, endUs, fromUptimeUs, toUptimeUs },
  });

  it("that share uptimes have in common what lies between their instants", () => {
    expect(sameUptimes([stint(900, 950, 10, 60), stint(100, 120, 40, 60)])).toEqual([
      { startUs: 100, endUs: 950 },
    ]);
  });

  it("that share none have nothing in common, however near", () => {
    expect(sameUptimes([stint(100, 120, 10, 30), stint(121, 130, 31, 40)])).toEqual([]);
  });
});
