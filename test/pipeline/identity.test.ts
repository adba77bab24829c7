// A log is known by its content: renamed, compressed, copied or grown, its lines stand once.

import { copyFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { makeDatabase } from "../support/database.ts";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const folder = freshFolder();
const made = freshDatabase();
const path = join(folder, "messages");

const line = (second: number, text = "nf_conntrack: table full, dropping packet") => {
  const at = new Date(Date.UTC(2026, 2, 10, 12, 0, second));
  return `${at.toISOString().slice(0, 19)}+00:00 gw1 kernel: ${text}\n`;
};
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => line(from + i)).join("");

const EVENTS =
  "select byte_offset, byte_length, kind, amount, time, speaks, text from events order by time, byte_offset";
const SOURCES = "select channel, bytes, lines, events, complete from sources order by source_id";
const BURSTS =
  "select host, start_time, end_time, drop_lines, drops_reported, witnesses from bursts order by start_us";

/** Everything a user sees, but ids and names of files. */
function rows(): unknown {
  return { events: made.all(EVENTS), sources: made.all(SOURCES), bursts: made.all(BURSTS) };
}

async function fresh(files: readonly string[]): Promise<unknown> {
  const other = makeDatabase();
  await other.ingest(files);
  const found = { events: other.all(EVENTS), sources: other.all(SOURCES), bursts: other.all(BURSTS) };
  other.remove();
  return found;
}

describe("identity by content", () => {
  it("the same bytes read twice change nothing", async () => {
    writeFileSync(path, lines(0, 20));
    await made.ingest([path]);
    const before = rows();
    const again = await made.ingest([path]);
    expect(again).toMatchObject({ sourcesRead: 0, sourcesSkipped: 1, bytesRead: 0, eventsAdded: 0 });
    expect(rows()).toEqual(before);
  });
  it("renamed, copied and compressed it is the same source", async () => {
    writeFileSync(path, lines(0, 20));
    await made.ingest([path]);
    const before = rows();
    copyFileSync(path, join(folder, "copy.log"));
    writeFileSync(join(folder, "messages.1.gz"), gzipSync(readFileSync(path)));
    renameSync(path, join(folder, "messages.1"));
    await made.ingest([folder]);
    expect(rows()).toEqual(before);
  });
  for (const cut of [69, 70, 71, 72, 500, 1000]) {
    it(`grown after ${cut} bytes were read, its rows are those of one reading`, async () => {
      const whole = lines(0, 40) + line(40, "net_ratelimit: 17 callbacks suppressed") + lines(41, 60);
      writeFileSync(path, whole.slice(0, cut));
      await made.ingest([path]);
      writeFileSync(path, whole);
      await made.ingest([path]);
      expect(rows()).toEqual(await fresh([path]));
      expect(made.one("select count(*) from sources")).toBe(1);
    });
  }
  it("grown, then rotated and compressed before it was read again", async () => {
    writeFileSync(path, lines(0, 30));
    await made.ingest([path]);
    writeFileSync(join(folder, "messages.1.gz"), gzipSync(lines(0, 50)));
    writeFileSync(path, lines(50, 55));
    await made.ingest([folder]);
    expect(made.all(BURSTS)).toEqual([
      {
        host: "gw1",
        start_time: "2026-03-10T12:00:00.000000Z",
        end_time: "2026-03-10T12:00:54.000000Z",
        drop_lines: 55,
        drops_reported: 55,
        witnesses: 1,
      },
    ]);
    expect(made.one("select count(*) from events")).toBe(55);
  });
  it("truncated and refilled it is a new source, and the old lines stay", async () => {
    writeFileSync(path, lines(0, 30));
    await made.ingest([path]);
    writeFileSync(path, lines(200, 210));
    await made.ingest([path]);
    expect(made.one("select count(*) from events")).toBe(40);
    expect(made.one("select sum(drop_lines) from bursts")).toBe(40);
  });
  it("two files that start alike are told apart", async () => {
    const other = join(folder, "other", "messages");
    writeFileSync(path, lines(0, 30) + line(100));
    copyFileSync(path, join(folder, "messages.2"));
    writeFileSync(join(folder, "messages.2"), lines(0, 30) + line(900));
    void other;
    await made.ingest([folder]);
    expect(made.one("select count(*) from sources")).toBe(2);
  });
  it("a change in the middle of a large file is seen by the lines that count", async () => {
    const filler = `${"x".repeat(99)}\n`.repeat(30_000);
    writeFileSync(path, filler + line(1) + filler);
    writeFileSync(join(folder, "other.log"), filler + line(2) + filler);
    await made.ingest([folder]);
    expect(made.one("select count(*) from events")).toBe(2);
  });
});
