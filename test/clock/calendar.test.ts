// Hand-written calendar against Date, which is slow but right.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLeap, readDay, weekdayOf, yearOf, yearStartUs } from "../../src/clock/calendar.ts";

const instantMs = fc.integer({ min: Date.UTC(1800, 0), max: Date.UTC(2254, 0) });

describe("calendar", () => {
  it("agrees with Date on years and weekdays", () => {
    fc.assert(
      fc.property(instantMs, (ms) => {
        const date = new Date(ms);
        expect(yearOf(ms * 1000)).toBe(date.getUTCFullYear());
        expect(weekdayOf(ms * 1000)).toBe(date.getUTCDay());
        expect(yearStartUs(date.getUTCFullYear())).toBe(Date.UTC(date.getUTCFullYear(), 0) * 1000);
      }),
    );
  });

  it("knows the edges of years", () => {
    for (let year = 1800; year < 2255; year += 1) {
      expect(yearOf(yearStartUs(year))).toBe(year);
      expect(yearOf(yearStartUs(year) - 1)).toBe(year - 1);
    }
  });

  it("leaps every fourth year, but not in 1900 and 2100", () => {
    expect([1896, 1900, 2000, 2019, 2020, 2100].map(isLeap)).toEqual([true, false, true, false, true, false]);
  });

  it("reads days and refuses impossible ones", () => {
    expect(readDay("20190106")).toBe(Date.UTC(2019, 0, 6) * 1000);
    expect(["20190231", "20191301", "2019010", "2019-01-06", ""].map(readDay)).toEqual(Array(5).fill(null));
  });
});
