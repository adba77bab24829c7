// A copy caught while it was being compressed: its lines are known, and it goes when the whole is seen.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { drops, factsOf, makePlace, onlyValue, type Place, rowsOf, runNightly } from "./support.ts";

let place: Place;
let logs: string;
beforeEach(() => {
  place = makePlace();
  logs = join(place.folder, "logs");
  mkdirSync(logs);
});
afterEach(() => place.remove());

it("half a gz beside the log it is made of doubles no burst, and leaves nothing once it is whole", async () => {
  const text = drops("gw1", "2026-11-20T10:00:00Z", 2000);
  const packed = gzipSync(text);
  writeFileSync(join(logs, "messages.1"), text);
  await runNightly(place, [logs]);
  const { events, bursts, minutes } = factsOf(place.db);
  writeFileSync(join(logs, "messages.1.gz"), packed.subarray(0, packed.length / 2));
  const half = await runNightly(place, [logs]);
  expect([half.ingest.problems, half.summary]).toEqual([1, []]);
  expect(onlyValue(place.db, "select sum(drop_lines) from minutes")).toBe(2000);
  // Should it stay like that: rows of its own, which do not speak, and no reason to read it again.
  expect(rowsOf(place.db, "select speaks, sum(amount) as n from events group by 1 order by 1 desc")).toEqual([
    { speaks: 1, n: 2000 },
    { speaks: 0, n: expect.any(Number) },
  ]);
  const still = await runNightly(place, [logs]);
  expect([still.ingest.bytesRead, still.summary]).toEqual([0, []]);
  writeFileSync(join(logs, "messages.1.gz"), packed);
  const whole = await runNightly(place, [logs]);
  expect([whole.ingest.problems, whole.summary]).toEqual([0, []]);
  expect(factsOf(place.db)).toMatchObject({ events, bursts, minutes });
  expect(rowsOf(place.db, "select complete from sources")).toEqual([{ complete: 1 }]);
});

it("a problem that every run meets stands once, and not at all when it is gone", async () => {
  const path = join(logs, "messages.gz");
  writeFileSync(path, Buffer.from([0x1f, 0x8b, 8, 0, 0]));
  const gone = join(place.folder, "nowhere.log");
  await runNightly(place, [logs, gone]);
  await runNightly(place, [logs, gone]);
  expect(onlyValue(place.db, `select count(*) from problems where path = '${gone}'`)).toBe(1);
  writeFileSync(gone, drops("gw1", "2026-11-20T10:00:00Z", 1));
  await runNightly(place, [logs, gone]);
  expect(onlyValue(place.db, `select count(*) from problems where path = '${gone}'`)).toBe(0);
});
