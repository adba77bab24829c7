// A source goes by the name it has now: what cites it can be found where it lies.

import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { drops, makePlace, type Place, rowsOf, runNightly } from "./support.ts";

let place: Place;
let logs: string;
beforeEach(() => {
  place = makePlace();
  logs = join(place.folder, "logs");
  mkdirSync(logs);
});
afterEach(() => place.remove());

const DAYS = ["2026-11-18", "2026-11-19", "2026-11-20"] as const;
const text = (day: string) => drops("gw1", `${day}T10:00:00Z`, 3);
const at = (name: string) => join(logs, name);
const write = (name: string, day: string) => writeFileSync(at(name), text(day));

/** Where each day's lines are said to be, by the view; each cited line is read there. */
function places(): Record<string, string> {
  const rows = rowsOf<{ day: string; path: string; byte_offset: number; byte_length: number; text: string }>(
    place.db,
    `select substr(e.time, 1, 10) as day, s.path, e.byte_offset, e.byte_length, e.text
     from events e join sources s using (source_id) order by e.at_us`,
  );
  for (const { path, byte_offset, byte_length, text } of rows)
    if (!path.endsWith(".gz"))
      expect(
        readFileSync(path)
          .subarray(byte_offset, byte_offset + byte_length)
          .toString(),
      ).toContain(text);
  return Object.fromEntries(rows.map(({ day, path }) => [day, path.slice(logs.length + 1)]));
}

it("after logrotate renamed them, none of them read again", async () => {
  DAYS.forEach((day, i) => {
    write(i === 2 ? "messages" : `messages.${2 - i}`, day);
  });
  await runNightly(place, [logs]);
  expect(places()).toEqual({ [DAYS[0]]: "messages.2", [DAYS[1]]: "messages.1", [DAYS[2]]: "messages" });
  for (const [from, to] of [
    ["messages.2", "messages.3"],
    ["messages.1", "messages.2"],
    ["messages", "messages.1"],
  ] as const)
    renameSync(at(from), at(to));
  write("messages", "2026-11-21");
  const { ingest } = await runNightly(place, [logs]);
  expect(ingest.sourcesRead).toBe(1);
  expect(places()).toEqual({
    [DAYS[0]]: "messages.3",
    [DAYS[1]]: "messages.2",
    [DAYS[2]]: "messages.1",
    "2026-11-21": "messages",
  });
});

it("whatever the order in which names change hands", async () => {
  // Read oldest first by their dates: the one that takes a name is met before the one that had it.
  write("a.log", DAYS[0]);
  write("b.log", DAYS[1]);
  await runNightly(place, [logs]);
  renameSync(at("a.log"), at("c.log"));
  renameSync(at("b.log"), at("a.log"));
  await runNightly(place, [logs]);
  expect(places()).toEqual({ [DAYS[0]]: "c.log", [DAYS[1]]: "a.log" });
});

it("after it was compressed, or moved", async () => {
  write("messages.1", DAYS[0]);
  write("kern.log", DAYS[1]);
  await runNightly(place, [logs]);
  writeFileSync(at("messages.1.gz"), gzipSync(text(DAYS[0])));
  await runNightly(place, [logs]);
  // Both lie there: the first name stays.
  expect(places()[DAYS[0]]).toBe("messages.1");
  rmSync(at("messages.1"));
  renameSync(at("messages.1.gz"), at("messages.2.gz"));
  mkdirSync(at("old"));
  renameSync(at("kern.log"), at("old/kern.log"));
  const { ingest } = await runNightly(place, [logs]);
  expect(ingest.bytesRead).toBe(0);
  expect(places()).toEqual({ [DAYS[0]]: "messages.2.gz", [DAYS[1]]: "old/kern.log" });
});

it("a copy moves nothing", async () => {
  write("messages", DAYS[0]);
  await runNightly(place, [logs]);
  copyFileSync(at("messages"), at("copy"));
  utimesSync(at("copy"), 1, 1);
  await runNightly(place, [logs]);
  expect(places()).toEqual({ [DAYS[0]]: "messages" });
});

it("several of one day, numbered by who rotated them, are read like any others", async () => {
  write("messages-20261118.2", DAYS[0]);
  write("messages-20261118.1", DAYS[1]);
  write("messages-20261118", DAYS[2]);
  await runNightly(place, [logs]);
  expect(places()).toEqual({
    [DAYS[0]]: "messages-20261118.2",
    [DAYS[1]]: "messages-20261118.1",
    [DAYS[2]]: "messages-20261118",
  });
  const ranks = rowsOf<{ rank: number }>(place.db, "select rank from source order by path desc");
  expect(ranks.map(({ rank }) => rank)).toEqual([...ranks.map(({ rank }) => rank)].sort((a, b) => a - b));
});
