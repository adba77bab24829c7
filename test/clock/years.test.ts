import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineYears } from "../../src/clock/line-years.ts";
import { yearlessToLocalUs } from "../../src/clock/years.ts";
import { LEAP_YEAR_US } from "../../src/model/stamp.ts";
import { packYearless, unpackYearless } from "../../src/model/stored.ts";
import { readStamp } from "./notation.ts";

const DAY_MS = 86_400_000;

/** The stamp that a log would write for a local time. */
function stampOf(localMs: number): number {
  const date = new Date(localMs);
  const sameDay = Date.UTC(2000, date.getUTCMonth(), date.getUTCDate()) - Date.UTC(2000, 0, 1);
  return (sameDay + (localMs % DAY_MS)) * 1000;
}

describe("packed stamps", () => {
  it("come apart as they were put together", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1, max: 60 }),
        fc.integer({ min: 0, max: LEAP_YEAR_US - 1 }),
        (year, us) => {
          const packed = packYearless(year, us);
          expect(Number.isSafeInteger(packed)).toBe(true);
          expect(unpackYearless(packed)).toEqual({ relativeYear: year, ofYearUs: us });
        },
      ),
    );
  });

  it("become local time in any year", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2250, 0) }), (ms) => {
        expect(yearlessToLocalUs(new Date(ms).getUTCFullYear(), stampOf(ms))).toBe(ms * 1000);
      }),
    );
  });

  it("of 29 February exist in leap years only", () => {
    const leapDay = readStamp("Feb 29 12:00:00");
    expect(yearlessToLocalUs(2020, leapDay)).toBe(Date.UTC(2020, 1, 29, 12) * 1000);
    expect([2019, 2100].map((year) => yearlessToLocalUs(year, leapDay))).toEqual([null, null]);
  });
});

describe("year counter", () => {
  it("follows lines in order with pauses below half a year, wherever it is stopped and resumed", () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 175 * DAY_MS }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2100, 0) }), pauses, (startMs, gaps) => {
        let ms = startMs;
        let counter = createLineYears();
        counter.push(stampOf(ms));
        for (const gap of gaps) {
          ms += gap;
          counter = createLineYears(counter.state());
          const years = new Date(ms).getUTCFullYear() - new Date(startMs).getUTCFullYear();
          expect(counter.push(stampOf(ms))).toBe(years);
        }
      }),
    );
  });
});
