import { describe, expect, test } from "vitest";
import { bytes, duration, grouped, percent } from "../../src/render/units.ts";
import { en } from "../../src/render/words/en.ts";
import { es } from "../../src/render/words/es.ts";
import { ends, instant, instantOfWall, iso, offsetUs } from "../../src/render/zone.ts";

const S = 1_000_000;
const us = (text: string) => Date.parse(text) * 1000;

describe("instants are shown in the zone asked for, whatever the zone of the process", () => {
  test.each([
    ["2024-03-10T14:02:07Z", "UTC", "2024-03-10 14:02:07 UTC"],
    ["2024-03-10T14:02:07Z", "Etc/UTC", "2024-03-10 14:02:07 UTC"],
    ["2024-03-10T14:02:07.250Z", "UTC", "2024-03-10 14:02:07.250 UTC"],
    ["2024-03-10T14:02:07Z", "Europe/Berlin", "2024-03-10 15:02:07 +01:00"],
    ["2024-07-10T23:30:00Z", "Europe/Berlin", "2024-07-11 01:30:00 +02:00"],
    ["2024-03-10T02:00:00Z", "America/St_Johns", "2024-03-09 22:30:00 -03:30"],
    ["2024-01-01T00:00:00Z", "Pacific/Kiritimati", "2024-01-01 14:00:00 +14:00"],
    ["1969-12-31T23:59:59.500Z", "UTC", "1969-12-31 23:59:59.500 UTC"],
  ])("%s in %s is %s", (utc, tz, shown) => {
    expect(instant(us(utc), tz)).toBe(shown);
  });

  test("the hour that happens twice is told apart by its offset", () => {
    const first = instant(us("2024-10-27T00:30:00Z"), "Europe/Berlin");
    const second = instant(us("2024-10-27T01:30:00Z"), "Europe/Berlin");
    expect([first, second]).toEqual(["2024-10-27 02:30:00 +02:00", "2024-10-27 02:30:00 +01:00"]);
  });

  test("two ends share what is the same, and name the zone", () => {
    const [from, to] = [us("2024-03-10T14:02:07Z"), us("2024-03-10T14:31:55Z")];
    expect(ends(from, to, "UTC")).toEqual(["2024-03-10 14:02:07", "14:31:55 UTC"]);
    expect(ends(from, to, "Europe/Berlin")).toEqual([
      "2024-03-10 15:02:07",
      "15:31:55 +01:00 (Europe/Berlin)",
    ]);
    expect(ends(us("2024-10-26T23:00:00Z"), us("2024-10-27T12:00:00Z"), "Europe/Berlin")).toEqual([
      "2024-10-27 01:00:00 +02:00",
      "13:00:00 +01:00 (Europe/Berlin)",
    ]);
  });
});

test("wall times that clocks skip have no instant", () => {
  expect(instantOfWall(us("2024-03-31T02:30:00Z"), "Europe/Berlin")).toBeNull();
  expect(instantOfWall(us("2024-03-31T03:00:00Z"), "Europe/Berlin")).toBe(us("2024-03-31T01:00:00Z"));
});

test("offsets are those of the instant", () => {
  expect(offsetUs(us("2024-01-10T00:00:00Z"), "America/St_Johns")).toBe(-12_600 * S);
  expect(offsetUs(us("2024-06-10T00:00:00Z"), "America/St_Johns")).toBe(-9_000 * S);
});

test.each([
  [0, "1970-01-01T00:00:00.000000Z"],
  [-1, "1969-12-31T23:59:59.999999Z"],
  [1_710_079_327_123_456, "2024-03-10T14:02:07.123456Z"],
])("%i us is %s", (at, shown) => {
  expect(iso(at)).toBe(shown);
});

test.each([
  [0, "0 s"],
  [0.44, "0.4 s"],
  [9, "9 s"],
  [125, "2 min 5 s"],
  [3_600, "1 h"],
  [3_660, "1 h 1 min"],
  [90_061, "1 d 1 h"],
  [432_000, "5 d"],
])("%d seconds are %s", (seconds, shown) => {
  expect(duration(seconds, en)).toBe(shown);
});

test("numbers are grouped and ratios never rounded up to full", () => {
  expect([0, 999, 1_000, 1_234_567, 1234.5].map((n) => grouped(n, en))).toEqual([
    "0",
    "999",
    "1,000",
    "1,234,567",
    "1,234.5",
  ]);
  expect([0, 0.3125, 0.9999, 1, 1.002].map((ratio) => percent(ratio, en))).toEqual([
    "0 %",
    "31.2 %",
    "99.9 %",
    "100 %",
    "100.2 %",
  ]);
});

test("Spanish has a blank between groups, none in four digits, and a decimal comma", () => {
  expect([999, 1_234, 65_536, 1234.5].map((n) => grouped(n, es))).toEqual([
    "999",
    "1234",
    "65\u00a0536",
    "1234,5",
  ]);
  expect([percent(0.9999, es), bytes(65_536 * 228, es), duration(0.44, es)]).toEqual([
    "99,9 %",
    "14,25 MiB",
    "0,4 s",
  ]);
});

test("memory as in the worked example", () => {
  expect(bytes(65_536 * 228, en)).toBe("14.25 MiB");
  expect(bytes(20 * 2 ** 20, en)).toBe("20 MiB");
  expect(bytes(228, en)).toBe("228 B");
});
