import { expect, test } from "vitest";
import { covered, holes } from "../../src/render/facts.ts";
import { columns, countAxis, dropAxis, stretched } from "../../src/render/series.ts";
import { timeTicks } from "../../src/render/ticks.ts";
import { wall } from "../../src/render/zone.ts";
import { burst, NOON, timeline } from "./fixtures.ts";

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
const own = timeline([burst()], { fromUs: NOON, count: 1000, bucketUs: 60_000_000 });

test.each([1, 7, 68, 400, 999, 1000, 4000])("%i columns lose no drop and no peak", (count) => {
  const sum = own.buckets.reduce((all, b) => all + b.dropLines, 0);
  const peak = Math.max(...own.buckets.map((b) => b.entriesMax ?? 0));
  const even = columns(own, count);
  expect(even.length).toBeLessThanOrEqual(count);
  expect(even.reduce((all, c) => all + c.dropLines, 0)).toBe(sum);
  expect(Math.max(...even.map((c) => c.entriesMax ?? 0))).toBe(peak);
  const wide = stretched(own, count);
  expect(wide).toHaveLength(count);
  expect(Math.max(...wide.map((c) => c.entriesMax ?? 0))).toBe(peak);
  if (count <= 1000) expect(wide.reduce((all, c) => all + c.dropLines, 0)).toBe(sum);
});

test("a hole is time that no channel covers", () => {
  const span = (channel: string, kind: "seen" | "gap", from: number, to: number) => {
    return { channel, kind, fromUs: NOON + from * HOUR, toUs: NOON + to * HOUR, reason: "" };
  };
  const of = (...coverage: ReturnType<typeof span>[]) => {
    const found = holes({ ...own, fromUs: NOON, toUs: NOON + 10 * HOUR, coverage });
    return found.map((h) => [(h.fromUs - NOON) / HOUR, (h.toUs - NOON) / HOUR]);
  };
  expect(of()).toEqual([]);
  expect(of(span("a", "seen", 0, 10))).toEqual([]);
  expect(of(span("a", "seen", 1, 8))).toEqual([
    [0, 1],
    [8, 10],
  ]);
  expect(of(span("a", "seen", 0, 10), span("a", "gap", 4, 6))).toEqual([[4, 6]]);
  expect(of(span("a", "gap", 4, 6))).toEqual([[4, 6]]);
  expect(of(span("a", "seen", 0, 4), span("b", "seen", 3, 7))).toEqual([[7, 10]]);
  expect(of(span("a", "gap", 2, 6), span("b", "gap", 5, 9))).toEqual([[5, 6]]);
});

test("covered time and holes make up the whole", () => {
  const length = (spans: readonly { fromUs: number; toUs: number }[]) =>
    spans.reduce((sum, s) => sum + s.toUs - s.fromUs, 0);
  expect(length(covered(own)) + length(holes(own))).toBe(own.toUs - own.fromUs);
});

test("axes rise, and turn logarithmic where drops span orders of magnitude", () => {
  expect(dropAxis(50).log).toBe(false);
  const log = dropAxis(1_000_000);
  expect(log.log).toBe(true);
  expect(log.ticks).toEqual([1, 100, 10_000, 1_000_000].filter((tick) => log.ticks.includes(tick)));
  expect(log.at(0)).toBe(0);
  expect(log.at(121)).toBeGreaterThan(log.at(3));
  expect(log.at(1_000_000)).toBeLessThan(1);
  expect(countAxis(65_536).at(65_536)).toBeLessThan(1);
  expect(dropAxis(0).ticks).toContain(0);
});

test("ticks are whole hours of the zone, also across a change of clocks", () => {
  const night = Date.parse("2024-03-30T22:00:00Z") * 1000;
  const ticks = timeTicks(night, night + 8 * HOUR - 1, "Europe/Berlin", 8);
  expect(ticks.map((tick) => tick.label)).toEqual([
    "23:00",
    "00:00",
    "01:00",
    "03:00",
    "04:00",
    "05:00",
    "06:00",
    "07:00",
  ]);
  for (const tick of ticks) expect(wall(tick.atUs, "Europe/Berlin").time.slice(0, 5)).toBe(tick.label);
  expect(ticks.map((tick) => tick.under)).toEqual(["2024-03-30", "2024-03-31", ...Array(6).fill(null)]);
});

test("ticks of long spans are days and months, of short ones seconds", () => {
  const labels = (span: number) => timeTicks(NOON, NOON + span, "UTC", 5).map((tick) => tick.label);
  expect(labels(4 * DAY)).toEqual(["03-11", "03-12", "03-13", "03-14"]);
  expect(labels(365 * DAY)).toEqual(["2024-04", "2024-07", "2024-10", "2025-01"]);
  expect(labels(10_000_000)).toContain("13:00:02");
});
