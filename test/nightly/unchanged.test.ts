// A thousand rotated files with nothing new in them: no byte of a log is read, whatever they are called today.

import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { drops, makePlace, type Place, rowsOf, runNightly } from "./support.ts";

const FILES = 1000;
let place: Place;
let logs: string;
beforeEach(() => {
  place = makePlace();
  logs = join(place.folder, "logs");
  mkdirSync(logs);
  for (let i = 1; i <= FILES; i++) {
    const day = new Date(Date.parse("2026-11-20T10:00:00Z") - i * 3_600_000).toISOString();
    writeFileSync(join(logs, `messages.${i}`), drops("gw1", day, 2));
  }
});
afterEach(() => place.remove());

it("a run with nothing new reads nothing, nor does one after all were renamed", async () => {
  await runNightly(place, [logs]);
  await runNightly(place, [logs]);
  for (let i = FILES; i >= 1; i--) renameSync(join(logs, `messages.${i}`), join(logs, `messages.${i + 1}`));
  await runNightly(place, [logs]);
  const runs = rowsOf(
    place.db,
    "select sources_read, sources_skipped, bytes_read, events_added from runs order by run_id",
  );
  expect(runs[0]).toMatchObject({ sources_read: FILES, events_added: 2 * FILES });
  const nothing = { sources_read: 0, sources_skipped: FILES, bytes_read: 0, events_added: 0 };
  expect(runs.slice(1)).toEqual([nothing, nothing]);
});
