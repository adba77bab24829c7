// Which burst a window is of, and what a clock that was set does to it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freshDatabase, freshFolder } from "../support/fresh.ts";
import { reportOf } from "../support/report.ts";

const folder = freshFolder();
const made = freshDatabase();

const FULL = "nf_conntrack: nf_conntrack: table full, dropping packet";
const BANNER = "Linux version 6.16.3-1-amd64 (a@b) (gcc-14) #1 SMP";
const NEIGHBOUR = "neighbour: arp_cache: neighbor table overflow!";

const stamp = (at: number) => new Date(Date.UTC(2026, 2, 3) + at * 1000).toISOString().slice(11, 19);
const line = (at: number, text: string) => `2026-03-03T${stamp(at)}Z gw1 ${text}`;
const kernel = (at: number, text = FULL) => line(at, `kernel: ${text}`);

async function bursts(lines: readonly string[]) {
  writeFileSync(join(folder, "messages"), `${lines.join("\n")}\n`);
  await made.ingest([folder]);
  return reportOf(made.path).hosts.flatMap((host) => host.bursts);
}

it("gives a window to the burst of its drop lines, however long repeats of other lines go on", async () => {
  const found = await bursts([
    ...[kernel(1, BANNER), kernel(300), kernel(300), kernel(301, NEIGHBOUR)],
    ...[line(331, "last message repeated 18 times"), line(358, "last message repeated 15 times")],
    ...[kernel(366), kernel(600)],
  ]);
  expect(
    found.map((burst) => [(burst.startUs ?? 0) / 1e6 - Date.UTC(2026, 2, 3) / 1000, burst.dropLines]),
  ).toEqual([
    [300, 2],
    [366, 1],
    [600, 1],
  ]);
});

it("does not take a wall clock that was set for time in which the budget was refilled", async () => {
  const own = (at: number, up: number) => kernel(at, `[  ${up.toFixed(6)}] ${FULL}`);
  const found = await bursts([
    kernel(1, `[    0.000000] ${BANNER}`),
    ...Array.from({ length: 9 }, (_, i) => own(300, 300 + i / 100)),
    own(337, 300.2),
  ]);
  expect(found).toMatchObject([{ dropLines: 10, dropsMax: null }]);
});
