// How far a timeline reaches: the bursts with room beside them, but hardly beyond what logs tell of.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { ReportOptions } from "../../src/pipeline/reporting/rows.ts";
import { freshDatabase, freshFolder } from "../support/fresh.ts";
import { reportOf } from "../support/report.ts";

const DAY = 86_400_000_000;
const at = (day: string) => Date.parse(`2026-${day}T00:00:00Z`) * 1000;

const folder = freshFolder();
const made = freshDatabase();

/** A line every hour of the days, and a drop at the noon of some. */
function log(days: readonly string[], drops: readonly string[]): string {
  const hours = (day: string) =>
    Array.from({ length: 24 }, (_, hour) => {
      const said = hour === 12 && drops.includes(day) ? "nf_conntrack: table full, dropping packet" : "calm";
      return `2026-${day}T${String(hour).padStart(2, "0")}:00:00+00:00 gw1 kernel: ${said}`;
    });
  return `${days.flatMap(hours).join("\n")}\n`;
}

async function rangeOf(text: string, options: Partial<ReportOptions> = {}) {
  const path = join(folder, "messages");
  writeFileSync(path, text);
  await made.ingest([path]);
  const [host] = reportOf(made.path, options).hosts;
  if (!host?.timeline) throw new Error("no timeline");
  return host.timeline;
}

const MARCH = Array.from({ length: 20 }, (_, i) => `03-${String(i + 1).padStart(2, "0")}`);

it("ends soon behind the last line, with a margin that shows that it ends", async () => {
  // Bursts on the 2nd and 19th, 17 days apart: a quarter would be four days, the logs go on for one and a half.
  const { fromUs, toUs, bucketUs } = await rangeOf(log(MARCH, ["03-02", "03-19"]));
  const margin = 17 * DAY * 0.02;
  expect(Math.abs(fromUs - (at("03-01") - margin))).toBeLessThanOrEqual(bucketUs);
  expect(Math.abs(toUs - (at("03-20") + (23 / 24) * DAY + margin))).toBeLessThanOrEqual(bucketUs);
});

it("has a quarter of room where logs go on", async () => {
  const { fromUs, toUs, bucketUs } = await rangeOf(log(MARCH, ["03-09", "03-13"]));
  expect(Math.abs(fromUs - (at("03-09") + DAY / 2 - DAY))).toBeLessThanOrEqual(bucketUs);
  expect(Math.abs(toUs - (at("03-13") + DAY / 2 + DAY))).toBeLessThanOrEqual(bucketUs);
});

it("is what was asked for", async () => {
  const asked = { sinceUs: at("02-20"), untilUs: at("04-01") };
  const { fromUs, toUs, bucketUs } = await rangeOf(log(MARCH, ["03-09"]), asked);
  expect(asked.sinceUs - fromUs).toBeLessThan(bucketUs);
  expect(Math.abs(toUs - asked.untilUs)).toBeLessThanOrEqual(bucketUs);
});

it("shows lines in the second in which they were printed, also where one limiter window holds them all", async () => {
  const second = (s: number, text: string) =>
    `2026-03-09T12:00:${String(s).padStart(2, "0")}+00:00 gw1 kernel: ${text}`;
  const drop = "nf_conntrack: table full, dropping packet";
  const printed = [10, 11, 11, 13, 14, 20, 20, 20];
  const lines = [second(0, "calm"), ...printed.map((s) => second(s, drop)), second(59, "calm")];
  const { fromUs, bucketUs, buckets } = await rangeOf(`${lines.join("\n")}\n`);
  expect(bucketUs).toBe(1_000_000);
  const shown = buckets.flatMap((one, i) =>
    one.dropLines === 0 ? [] : [[fromUs + i * bucketUs, one.dropLines]],
  );
  const at = (s: number) => Date.UTC(2026, 2, 9, 12, 0, s) * 1000;
  expect(shown).toEqual([
    [at(10), 1],
    [at(11), 2],
    [at(13), 1],
    [at(14), 1],
    [at(20), 3],
  ]);
});

it("under another gap the lines stand where they stood", async () => {
  const drops = ["03-05", "03-09"];
  const kept = await rangeOf(log(MARCH, drops), { sinceUs: at("03-05"), untilUs: at("03-05") + 6e9 });
  const regapped = reportOf(made.path, {
    sinceUs: at("03-05"),
    untilUs: at("03-05") + 6e9,
    gapUs: 5_000_000,
  });
  expect(regapped.hosts[0]?.timeline?.buckets).toEqual(kept.buckets);
});

it("has a year in pieces of hours, each with the drops and counts that fell into it", async () => {
  const YEAR = Array.from({ length: 365 }, (_, i) =>
    new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(5, 10),
  );
  // Noon of three days, and counts at half past the hour around one of them: the highest after noon, the lowest before.
  const noons = ["03-02", "03-04", "09-10"];
  const count = (hour: number, entries: number) =>
    `${at("03-02") / 1000 + (hour + 0.5) * 3_600_000},${entries},65536`;
  const samples = [count(10, 900), count(11, 700), count(12, 65_000), count(13, 65_536), count(36, 800)];
  writeFileSync(join(folder, "samples.csv"), `epoch_ms,count,max\n${samples.join("\n")}\n`);
  await made.ingest([join(folder, "samples.csv")], { host: "gw1" });
  const asked = { sinceUs: at("01-01"), untilUs: at("12-31") };
  const { fromUs, bucketUs, buckets } = await rangeOf(log(YEAR, noons), asked);
  // 364 days in at most 600 pieces: 14.56 hours.
  expect(bucketUs).toBe(15 * 3_600_000_000);
  expect(fromUs % bucketUs).toBe(0);
  const piece = (us: number) => Math.floor((us - fromUs) / bucketUs);
  const hours = (day: string, hour: number) => piece(at(day) + hour * 3_600_000_000);
  const told = buckets.flatMap(({ dropLines, entriesMin, entriesMax }, i) =>
    dropLines > 0 || entriesMax !== null ? [[i, dropLines, entriesMin, entriesMax]] : [],
  );
  const wanted = new Map<number, [number, number, number | null, number | null]>();
  for (const day of noons) {
    const i = hours(day, 12);
    wanted.set(i, [i, (wanted.get(i)?.[1] ?? 0) + 1, null, null]);
  }
  for (const [hour, entries] of [
    [10, 900],
    [11, 700],
    [12, 65_000],
    [13, 65_536],
    [36, 800],
  ] as const) {
    const i = hours("03-02", hour);
    const [, lines, low, high] = wanted.get(i) ?? [i, 0, null, null];
    wanted.set(i, [i, lines, Math.min(low ?? entries, entries), Math.max(high ?? entries, entries)]);
  }
  expect(told).toEqual([...wanted.values()].sort((a, b) => a[0] - b[0]));
  // Whatever it is drawn from: the hours are the minutes.
  expect(made.one("select sum(drop_lines) from hour")).toBe(3);
});
