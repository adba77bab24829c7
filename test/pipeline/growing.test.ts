// A log that grows is read on from where its reading ended, and what stands in the database is what one reading of
// the whole would have left there.

import { appendFileSync, renameSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { closeWhole, openForWriting } from "../../src/store/open.ts";
import { chance } from "../nightly/support.ts";
import { makeDatabase } from "../support/database.ts";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const MIB = 1 << 20;
const DROP = "nf_conntrack: nf_conntrack: table full, dropping packet";
/** What lies between the last point and the end is read again: two stretches, or three where a burst lies across a border. */
const AGAIN = 3 * (256 << 10);

const folder = freshFolder();
const made = freshDatabase();
const path = join(folder, "messages");

const QUERIES = [
  "select byte_offset, byte_length, line, kind, message, amount, time, basis, uptime_us, host, speaks, doubts, text from events order by byte_offset",
  "select host, start_time, end_time, drop_lines, suppressed, drops_reported, bound, bound_reasons, witnesses from bursts order by start_us",
  "select channel, bytes, lines, events, observations, complete, first_time, last_time, problems from sources",
  "select host, minute_time, drop_lines, suppressed from minutes order by minute_us",
  "select host, channel, kind, from_time, to_time, reason from coverage order by from_time",
  "select kind, count, first_byte_offset from problems order by kind",
];

async function whole(paths = [path]): Promise<unknown> {
  const other = makeDatabase();
  await other.ingest(paths);
  const rows = QUERIES.map((sql) => other.all(sql));
  other.remove();
  return rows;
}
const rows = () => QUERIES.map((sql) => made.all(sql));

/** A log over New Year, of two hosts, one of which restarts, with bursts, notices, repeats and forged lines. */
function makeLog(bytes: number, seed: number, kernelStamps: boolean): string {
  const random = chance(seed);
  const out: string[] = [];
  let size = 0;
  let atMs = Date.UTC(2025, 11, 30, 22, 0, 0);
  let bootMs = atMs - 86_400_000;
  let burst = 0;
  const add = (host: string, text: string) => {
    const at = new Date(atMs);
    const stamp = `${at.toUTCString().slice(8, 11)} ${String(at.getUTCDate()).padStart(2)} ${at.toISOString().slice(11, 19)}`;
    const uptime = ((atMs - bootMs) / 1000 + random() / 1000).toFixed(6).padStart(12);
    const stamped = kernelStamps && host === "gw1" && size % 7 !== 0;
    const line = `${stamp} ${host} kernel: ${stamped ? `[${uptime}] ` : ""}${text}\n`;
    out.push(line);
    size += line.length;
  };
  while (size < bytes) {
    atMs += Math.floor(random() * 40_000);
    const roll = random();
    if (roll < 0.004) burst = 1 + Math.floor(random() * 6);
    if (burst > 0) {
      burst--;
      if (random() < 0.7) add("gw1", `net_ratelimit: ${Math.floor(random() * 500) + 1} callbacks suppressed`);
      for (let i = 0; i < 10; i++) add(random() < 0.9 ? "gw1" : "gw2", DROP);
      if (random() < 0.3)
        add("gw2", "message repeated 3 times: [ nf_conntrack: table full, dropping packet]");
      atMs += 5000;
    } else if (roll < 0.0045 && kernelStamps) {
      bootMs = atMs;
      add("gw1", "Linux version 6.1.0-18-amd64 (debian-kernel@lists.debian.org) (gcc-12 12.2.0) #1 SMP");
    } else if (roll > 0.9999) add("gw1", "nf_conntrack version 0.5.0 (65536 buckets, 262144 max)");
    else
      add(
        "gw2",
        `eth0: link ${Math.floor(random() * 1e9)} is up and has been so for a while, nothing to see`,
      );
  }
  return out.join("");
}

it.each([
  ["plain stamps", 11, false],
  ["the kernel's own stamps beside them", 12, true],
])(
  "read in pieces cut anywhere it leaves the rows of one reading: %s",
  async (_name, seed, kernelStamps) => {
    const text = makeLog(3.2 * MIB, seed, kernelStamps);
    const random = chance(seed * 7);
    let written = Math.floor(1.6 * MIB);
    writeFileSync(path, text.slice(0, written));
    await made.ingest([path]);
    while (written < text.length) {
      const next = Math.min(text.length, written + Math.floor(random() * 0.4 * MIB) + 1);
      appendFileSync(path, text.slice(written, next));
      const done = await made.ingest([path]);
      expect(done.bytesRead).toBeLessThan(next - written + AGAIN + 1);
      written = next;
    }
    // Ids that were cut away may be given again: no part may still lay claim to them.
    const claimed = made.one(
      "select count(*) from source_part a join source_part b on (b.source_id, b.part) > (a.source_id, a.part) and b.anchor_from <= a.anchor_to and b.anchor_to >= a.anchor_from",
    );
    expect(claimed).toBe(0);
    expect(made.one("select count(*) > 100 from events where doubts = 'no-uptime'")).toBe(
      kernelStamps ? 1 : 0,
    );
    expect(rows()).toEqual(await whole());
  },
  120_000,
);

it("logs that grow in turns do not touch each other's lines", async () => {
  const paths = [path, join(folder, "kern.log")];
  const texts = [makeLog(2 * MIB, 61, true), makeLog(2 * MIB, 62, false)];
  for (const share of [0.6, 0.61, 0.7, 0.9, 1]) {
    for (const [i, text] of texts.entries()) {
      writeFileSync(paths[i] ?? "", text.slice(0, Math.floor(text.length * share) + (share < 1 ? i : 0)));
      await made.ingest([paths[i] ?? ""]);
    }
  }
  const sorted = (sets: unknown) =>
    (sets as Record<string, unknown>[][]).map((set) => set.map((row) => JSON.stringify(row)).sort());
  expect(sorted(rows())).toEqual(sorted(await whole(paths)));
}, 120_000);

it("what another version's reader noted is not gone on with: the log is read anew", async () => {
  const text = makeLog(2 * MIB, 71, false);
  writeFileSync(path, text.slice(0, 1.6 * MIB));
  await made.ingest([path]);
  const db = openForWriting(made.path);
  const noted = db.prepare("update source set resume = json_set(resume, '$.state.version', 0)").run();
  closeWhole(db);
  expect(noted.changes).toBe(1);
  appendFileSync(path, text.slice(1.6 * MIB));
  expect((await made.ingest([path])).bytesRead).toBe(text.length);
  expect(rows()).toEqual(await whole());
}, 60_000);

it("a log that was emptied and filled again beyond its size is another one", async () => {
  writeFileSync(path, makeLog(1.5 * MIB, 21, false));
  await made.ingest([path]);
  const first = made.one("select sum(amount) from events where kind = 'drop'");
  truncateSync(path, 0);
  writeFileSync(path, makeLog(2 * MIB, 22, false), { flag: "r+" });
  await made.ingest([path]);
  expect(made.one("select count(*) from sources")).toBe(2);
  const both = makeDatabase();
  await both.ingest([path]);
  const second = both.one("select sum(amount) from events where kind = 'drop'");
  both.remove();
  expect(made.one("select sum(amount) from events where kind = 'drop'")).toBe(Number(first) + Number(second));
}, 60_000);

it("renamed while it grew, it is read on under its new name", async () => {
  const text = makeLog(2 * MIB, 31, true);
  writeFileSync(path, text.slice(0, 1.8 * MIB));
  await made.ingest([path]);
  const rotated = `${path}.1`;
  renameSync(path, rotated);
  appendFileSync(rotated, text.slice(1.8 * MIB));
  const done = await made.ingest([rotated]);
  expect(done).toMatchObject({ sourcesRead: 1 });
  expect(done.bytesRead).toBeLessThan(statSync(rotated).size - 1.8 * MIB + AGAIN + 1);
  expect(made.all("select path, bytes from sources")).toEqual([{ path: rotated, bytes: text.length }]);
  expect(rows()).toEqual(await whole([rotated]));
}, 60_000);

it("touched and not changed, it leaves everything as it is", async () => {
  const text = makeLog(1.5 * MIB, 41, false);
  writeFileSync(path, text);
  await made.ingest([path]);
  const before = made.all("select * from events order by event_id");
  writeFileSync(path, text, { flag: "r+" });
  const done = await made.ingest([path]);
  expect(done).toMatchObject({ sourcesRead: 0, sourcesSkipped: 1, eventsAdded: 0 });
  expect(made.all("select * from events order by event_id")).toEqual(before);
}, 60_000);

it("is hashed once, when its name says that it is finished", async () => {
  const text = makeLog(1.5 * MIB, 51, false);
  writeFileSync(path, text.slice(0, 1.2 * MIB));
  await made.ingest([path], { hash: true });
  appendFileSync(path, text.slice(1.2 * MIB));
  await made.ingest([path], { hash: true });
  expect(made.one("select sha256 from sources")).toBeNull();
  renameSync(path, `${path}.1`);
  const last = await made.ingest([`${path}.1`], { hash: true });
  expect(last.bytesRead).toBe(text.length);
  expect(made.one("select length(sha256) from sources")).toBe(64);
  expect(await made.ingest([`${path}.1`], { hash: true })).toMatchObject({ bytesRead: 0 });
}, 60_000);

it.each([
  ["a small log, which is read whole each time", 0],
  ["a log that is read on from a point near its old end", 3 * MIB],
])("a run counts the events that its lines added: %s", async (_, bytes) => {
  const line = (second: number) => `2026-11-01T10:00:0${second}+00:00 gw1 kernel: ${DROP}\n`;
  writeFileSync(
    path,
    `${"2026-10-31T10:00:00+00:00 gw1 kernel: eth0: link is up\n".repeat(Math.ceil(bytes / 56))}${line(0)}`,
  );
  const added = [(await made.ingest([path])).eventsAdded];
  for (let second = 1; second < 4; second++) {
    appendFileSync(path, line(second).repeat(second === 3 ? 2 : 1));
    added.push((await made.ingest([path])).eventsAdded);
  }
  // Of two equal lines of a second a large log keeps one row.
  expect(added).toEqual([1, 1, 1, bytes > 0 ? 1 : 2]);
  expect(made.all("select events_added from runs order by run_id").map((run) => run.events_added)).toEqual(
    added,
  );
  expect(made.one("select count(*) from events")).toBe(added.reduce((sum, one) => sum + one, 0));
});

it("a run that has read, and has more to do, has not finished", async () => {
  writeFileSync(path, `2026-11-01T10:00:00+00:00 gw1 kernel: ${DROP}\n`);
  await made.ingest([path], { goesOn: true });
  const told = "select status, finished_time, events_added from runs";
  expect(made.all(told)).toEqual([{ status: "running", finished_time: null, events_added: 1 }]);
});
