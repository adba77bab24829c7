// The formats for programs: JSON and CSV.

import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { KEY_ORDER } from "../../src/render/json-keys.ts";
import { ALL, HOSTILE, NO_LOGS, ONE_HOST, TWO_HOSTS, UNDATED } from "./fixtures.ts";
import { rendered } from "./rendered.ts";

/** The same record with the keys of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

/** Names of values in a sentence are data, not keys of the record. */
function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...(key === "values" ? [] : keysOf(inner))]);
}

describe("JSON", () => {
  test("does not depend on the order keys were made in", () => {
    expect(rendered("json", reversed(TWO_HOSTS) as Report)).toBe(rendered("json", TWO_HOSTS));
  });

  test("has a place for every key of the record", () => {
    const placed = new Set<string>(KEY_ORDER);
    expect([...new Set(keysOf(TWO_HOSTS))].filter((key) => !placed.has(key))).toEqual([]);
    expect(placed.size).toBe(KEY_ORDER.length);
  });

  test("has an ISO time beside every instant, and only there", () => {
    const whole = JSON.parse(rendered("json", ONE_HOST));
    const [first] = whole.hosts[0].bursts;
    expect(whole.schema_version).toBe(1);
    expect(first.start_us).toBe(1_710_079_327_000_000);
    expect(first.start_time).toBe("2024-03-10T14:02:07.000000Z");
    expect(whole.hosts[0].timeline.buckets[0]).toMatchObject({
      time: "2024-03-10T13:00:00.000000Z",
      at_us: 1_710_075_600_000_000,
    });
    expect(keysOf(whole)).not.toContain("bucket_time");
    expect(whole.since_time).toBeNull();
    expect(JSON.parse(rendered("json", UNDATED)).hosts[0].bursts[0].start_time).toBeNull();
  });

  test("is written as JSON.stringify would, indented by two", () => {
    const text = rendered("json", TWO_HOSTS);
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  });

  test("keeps hostile text as it is, once parsed", () => {
    const whole = JSON.parse(rendered("json", HOSTILE));
    expect(whole.hosts[0].bursts[0].first.text).toBe(HOSTILE.hosts[0]?.bursts[0]?.first.text);
  });

  test.each(Object.keys(ALL))("of %s parses and ends in one line end", (name) => {
    const text = rendered("json", ALL[name] ?? NO_LOGS);
    expect(() => JSON.parse(text)).not.toThrow();
    expect(text).toMatch(/[^\n]\n$/);
  });
});

describe("CSV", () => {
  const rows = (own: Report) => parse(rendered("csv", own), { columns: true }) as Record<string, string>[];

  test("has one row per burst, over all hosts", () => {
    expect(rows(TWO_HOSTS).map((row) => [row.host, row.drop_lines, row.drops_max])).toEqual([
      ["web-01", "121", "56809"],
      ["web-01", "3", "3"],
      ["web-01", "57", ""],
      ["db-02", "121", "56809"],
    ]);
  });

  test("has times for people and for programs", () => {
    expect(rows({ ...ONE_HOST, displayTz: "Europe/Berlin" })[0]).toMatchObject({
      start_local: "2024-03-10 15:02:07",
      time_zone: "Europe/Berlin",
      start_time: "2024-03-10T14:02:07.000000Z",
      start_us: "1710079327000000",
    });
  });

  test("without bursts is its header", () => {
    expect(rendered("csv", NO_LOGS)).toMatch(/^burst_id,host,[^\n]*\n$/);
  });
});
