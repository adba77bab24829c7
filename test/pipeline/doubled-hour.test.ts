// The hour that passes twice when clocks are put back, in a log whose kernel lines carry uptimes: lines outside the hour
// place these, and they tell which pass it was. In Madrid it was 2025-10-26T01:00:00Z at 03:00 and again at 02:00.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const folder = freshFolder();
const made = freshDatabase();

const FULL = "nf_conntrack: table full, dropping packet";
/** Uptime 1000 s is 01:59:00 summer time, 2025-10-25T23:59:00Z. */
const at = (time: string, uptimeS: number | null, text = FULL) =>
  `Oct 26 ${time} gw kernel: ${uptimeS === null ? "" : `[${uptimeS.toFixed(6).padStart(12)}] `}${text}`;
const read = async (lines: readonly string[]) => {
  writeFileSync(join(folder, "kern.log"), `${lines.join("\n")}\n`);
  await made.ingest([join(folder, "kern.log")], { tz: "Europe/Madrid", year: 2025 });
};
const times = () =>
  made.all<{ time: string | null }>("select time from events order by event_id").map((e) => e.time);
const doubts = () => made.all("select kind, count from problems");

it("is told by uptimes, where no stamp steps back", async () => {
  await read([at("01:59:00", 1000), at("02:30:00", 2860), at("02:30:00", 6460), at("03:30:00", 10060)]);
  expect(times()).toEqual([
    "2025-10-25T23:59:00.000000Z",
    "2025-10-26T00:30:00.000000Z",
    "2025-10-26T01:30:00.000000Z",
    "2025-10-26T02:30:00.000000Z",
  ]);
  expect(doubts()).toEqual([]);
});

it("is told to lines without an uptime by those around them", async () => {
  const lines = [at("01:59:00", 1000), at("02:20:00", null), at("02:30:00", 2860), at("02:40:00", null)];
  await read([...lines, at("02:40:00", 7060), at("02:50:00", null)]);
  expect(times()).toEqual([
    "2025-10-25T23:59:00.000000Z",
    "2025-10-26T00:20:00.000000Z",
    "2025-10-26T00:30:00.000000Z",
    null,
    "2025-10-26T01:40:00.000000Z",
    "2025-10-26T01:50:00.000000Z",
  ]);
  expect(doubts()).toEqual([{ kind: "ambiguous-hour", count: 1 }]);
});

it("stays a doubt where no line outside it places the uptimes", async () => {
  await read([at("02:30:00", 2860), at("02:40:00", 3460)]);
  expect(times()).toEqual([null, null]);
  expect(doubts()).toEqual([{ kind: "ambiguous-hour", count: 2 }]);
});

it("stays one where the machine slept for an hour meanwhile: before or after this line, nothing tells", async () => {
  await read([at("01:59:00", 1000), at("02:30:00", 2860), at("03:30:00", 6460)]);
  expect(times()).toEqual(["2025-10-25T23:59:00.000000Z", null, "2025-10-26T02:30:00.000000Z"]);
  expect(doubts()).toEqual([{ kind: "ambiguous-hour", count: 1 }]);
});

it("stays one where the lines that are placed are of another boot", async () => {
  await read([
    ...[at("01:59:00", 1000), at("02:20:00", 0, "Linux version 6.1.0 (gcc) #1 SMP"), at("02:30:00", 600)],
  ]);
  expect(times()).toEqual(["2025-10-25T23:59:00.000000Z", null, null]);
});
