// Stamps as written. Microseconds were worked out with date(1) and Python, not with the code under test.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { monthOf } from "../../src/formats/months.ts";
import { createStampReader, readStamp, type StampForm } from "../../src/formats/stamps.ts";
import { LEAP_YEAR_US } from "../../src/model/stamp.ts";

describe("fractions", () => {
  it.each([
    ["Mar 10 20:19:39", 6_034_779_000_000, 1_000_000],
    ["Mar 10 20:19:39.5", 6_034_779_500_000, 100_000],
    ["Mar 10 20:19:39.05", 6_034_779_050_000, 10_000],
    ["Mar 10 20:19:39.123", 6_034_779_123_000, 1000],
    ["Mar 10 20:19:39,123456", 6_034_779_123_456, 1],
    ["Mar 10 20:19:39.123456789", 6_034_779_123_456, 1],
    ["Mar  1 00:00:00", 5_184_000_000_000, 1_000_000],
    ["Jan 01 00:00:00", 0, 1_000_000],
  ])("%s", (text, ofYearUs, resolutionUs) => {
    expect(readStamp("month-day", text)).toEqual({ kind: "yearless", ofYearUs, resolutionUs, weekday: null });
  });
});

describe("zones", () => {
  it.each([
    ["2026-03-10T20:19:39Z", 1_773_173_979_000_000],
    ["2026-03-10T20:19:39-00:00", 1_773_173_979_000_000],
    ["2026-03-10T20:19:39+02:00", 1_773_166_779_000_000],
    ["2026-03-10T20:19:39+0200", 1_773_166_779_000_000],
    ["2026-03-10T20:19:39+02", 1_773_166_779_000_000],
    ["2026-03-10T20:19:39-03:30", 1_773_186_579_000_000],
    ["2026-03-10 20:19:39 +0545", 1_773_153_279_000_000],
    ["Tue 2026-03-10 20:19:39 UTC", 1_773_173_979_000_000],
    ["Tue 2026-03-10 20:19:39 -03", 1_773_184_779_000_000],
  ])("%s is an instant", (text, atUs) => {
    expect(readStamp("iso", text)).toEqual({ kind: "instant", atUs, resolutionUs: 1_000_000 });
  });

  it("keeps a name that is several zones", () => {
    expect(readStamp("iso", "Tue 2026-03-10 20:19:39 IST")).toEqual({
      kind: "wall",
      localUs: 1_773_173_979_000_000,
      resolutionUs: 1_000_000,
      zoneName: "IST",
      derived: false,
    });
  });

  it("has none where none is written", () => {
    expect(readStamp("iso", "2026-03-10T20:19:39")).toMatchObject({ kind: "wall", zoneName: null });
  });
});

describe("impossible times", () => {
  it.each([
    ["month-day", "Feb 30 10:00:00"],
    ["month-day", "Apr 31 10:00:00"],
    ["month-day", "Mar  0 10:00:00"],
    ["month-day", "Mar 32 10:00:00"],
    ["month-day", "Mar 10 24:00:00"],
    ["month-day", "Mar 10 25:61:00"],
    ["month-day", "Mar 10 23:60:00"],
    ["month-day", "Mar 10 23:59:61"],
    ["iso", "2026-13-10T20:19:39Z"],
    ["iso", "2026-00-10T20:19:39Z"],
    ["iso", "2026-02-29T20:19:39Z"],
    ["iso", "1900-02-29T20:19:39Z"],
    ["iso", "2026-03-10T20:19:39+16:00"],
    ["iso", "2026-03-10T20:19:39+02:60"],
    ["iso", "9999-03-10T20:19:39Z"],
    ["time-year", "Feb 29 17:34:12 2021"],
    ["derived", "Sat Feb 30 12:40:51 2021"],
    ["minute", "Nov31 23:26"],
    ["minute", "Nov22 24:26"],
    ["klog", "1332 11:57:00.597560"],
    ["epoch", "99999999999999.000000"],
    ["numbers", "4/31/2026 7:50:11 PM"],
    ["numbers", "13/13/2026 19:50:11"],
    ["numbers", "4/27/2026 13:50:11 PM"],
    ["numbers", "4/27/2026 0:50:11 AM"],
    ["day-month-year", "31-Apr-2026 19:50:11"],
  ] as const)("%s: %s", (form, text) => {
    expect(readStamp(form, text)).toEqual({ kind: "bad", text });
  });
});

describe("dates in numbers alone", () => {
  const wall = { kind: "wall", zoneName: null, derived: false, resolutionUs: 1_000_000 };

  it.each([
    ["4/27/2026 7:50:11 PM", 1_777_319_411_000_000],
    ["27/04/2026 19:50:11", 1_777_319_411_000_000],
    ["04/27/2026, 07:50:11 pm", 1_777_319_411_000_000],
    ["27.4.2026 19:50:11", 1_777_319_411_000_000],
    ["27-04-2026 7:50:11 p. m.", 1_777_319_411_000_000],
    ["04-27-2026\t19:50:11", 1_777_319_411_000_000],
    ["2026/04/27 07:50:11 PM", 1_777_319_411_000_000],
    ["1/2/2026 12:00:01 AM", 1_767_312_001_000_000],
    ["1.2.2026 0:00:01", 1_769_904_001_000_000],
    ["1/2/2026 12:00:01 PM", 1_767_355_201_000_000],
    ["4/4/2026 19:50:11", 1_775_332_211_000_000],
  ])("%s", (text, localUs) => {
    expect(readStamp("numbers", text)).toEqual({ ...wall, localUs });
  });

  it.each(["1/2/2026 19:50:11", "1/2/2026 7:50:11 pm", "01-02-2026 19:50:11"])(
    "%s may be of two months",
    (text) => {
      expect(readStamp("numbers", text)).toBeNull();
    },
  );

  it("have a half of the day behind names, too", () => {
    expect(readStamp("month-day-year", "Apr 27, 2026 7:50:11 PM")).toEqual({
      ...wall,
      localUs: 1_777_319_411_000_000,
    });
  });

  it("may have the day in front of the month's name", () => {
    for (const text of ["27 Apr 2026 19:50:11", "27-Apr-2026 19:50:11", "27/Apr/2026:19:50:11"]) {
      expect(readStamp("day-month-year", text), text).toEqual({ ...wall, localUs: 1_777_319_411_000_000 });
    }
  });
});

describe("numbers of more than seconds", () => {
  it.each([
    ["1777319411", 1_777_319_411_000_000, 1_000_000],
    ["1777319411123", 1_777_319_411_123_000, 1000],
    ["1777319411123456", 1_777_319_411_123_456, 1],
    ["1777319411123456789", 1_777_319_411_123_456, 1],
    ["1777319411.5", 1_777_319_411_500_000, 100_000],
  ])("%s", (text, atUs, resolutionUs) => {
    expect(readStamp("epoch", text)).toEqual({ kind: "instant", atUs, resolutionUs });
  });
});

describe("days that exist in some years only", () => {
  it("are possible where no year is written", () => {
    expect(readStamp("month-day", "Feb 29 12:00:00")).toMatchObject({ ofYearUs: 5_140_800_000_000 });
  });

  it("are possible in leap years", () => {
    expect(readStamp("iso", "2024-02-29T00:00:00Z")).toMatchObject({ atUs: 1_709_164_800_000_000 });
    expect(readStamp("iso", "2000-02-29T00:00:00Z")).toMatchObject({ atUs: 951_782_400_000_000 });
  });
});

describe("leap seconds", () => {
  it("are the next second's start", () => {
    expect(readStamp("iso", "2016-12-31T23:59:60Z")).toMatchObject({ atUs: 1_483_228_800_000_000 });
    expect(readStamp("month-day", "Jun 30 23:59:60")).toMatchObject({ ofYearUs: 15_724_800_000_000 });
  });

  it("stay in their year where none is written", () => {
    expect(readStamp("month-day", "Dec 31 23:59:60")).toMatchObject({ ofYearUs: LEAP_YEAR_US - 1 });
  });
});

describe("weekdays and languages", () => {
  it("keeps the weekday of a stamp without a year", () => {
    expect(readStamp("month-day", "Sun Mar  7 16:13:16")).toMatchObject({
      ofYearUs: 5_760_796_000_000,
      weekday: 0,
    });
    expect(readStamp("month-day", "Sat Mar  7 16:13:16")).toMatchObject({ weekday: 6 });
  });

  it.each([
    ["So Nov 22 23:26:45 2026"],
    ["dom nov 22 23:26:45 2026"],
    ["dim. nov. 22 23:26:45 2026"],
    ["nie lis 22 23:26:45 2026"],
    ["Вс ноя 22 23:26:45 2026"],
    ["su marras 22 23:26:45 2026"],
    ["Ne lis 22 23:26:45 2026"],
    ["Paz Kas 22 23:26:45 2026"],
    ["日 11月 22 23:26:45 2026"],
    ["일 11월 22 23:26:45 2026"],
    ["søn nov 22 23:26:45 2026"],
    ["zo nov 22 23:26:45 2026"],
    ["Κυρ Νοε 22 23:26:45 2026"],
  ])("reads %s as dmesg -T of that locale wrote it", (text) => {
    expect(readStamp("derived", text)).toEqual({
      kind: "wall",
      localUs: 1_795_390_005_000_000,
      resolutionUs: 1_000_000,
      zoneName: null,
      derived: true,
    });
  });

  it("knows every month of a language, and longer forms of its name", () => {
    const german = ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"];
    const french = "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.".split(" ");
    const czech = "led úno bře dub kvě čen čec srp zář říj lis pro".split(" ");
    for (const names of [german, french, czech]) {
      expect(names.map(monthOf)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    }
    expect(["März", "Sept", "sierpnia", "January", "листопада"].map(monthOf)).toEqual([3, 9, 8, 1, 11]);
    expect(["", "xyz", "13月", "Montag"].map(monthOf)).toEqual([null, null, null, null]);
  });

  it("does not guess an unknown month", () => {
    expect(readStamp("derived", "sr xyz 22 23:26:45 2026")).toBeNull();
    expect(readStamp("month-day", "Foo 22 23:26:45")).toBeNull();
    expect(readStamp("minute", "xyz22 23:26")).toBeNull();
  });
});

describe("any time", () => {
  // Instants between 1970 and 2254, as JavaScript's own calendar writes them.
  const milliseconds = fc.integer({ min: 0, max: Date.UTC(2254, 11, 31) });

  it("is the same as by another calendar", () => {
    fc.assert(
      fc.property(milliseconds, fc.integer({ min: -15 * 60, max: 15 * 60 }), (ms, minutes) => {
        const local = new Date(ms + minutes * 60_000).toISOString().slice(0, 23);
        const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
        const zone = `${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
        const expected = { kind: "instant", atUs: ms * 1000, resolutionUs: 1000 };
        expect(readStamp("iso", `${local}${zone}`)).toEqual(expected);
      }),
    );
  });

  it("never throws, and remembering changes nothing", () => {
    const forms: readonly StampForm[] = [
      "month-day",
      "month-day-year",
      "year-month-day",
      "time-year",
      "derived",
      "iso",
      "epoch",
      "minute",
      "klog",
    ];
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[A-Za-z]{3} [ 0-9]{2} [0-9:]{8}( [0-9]{4})?$/),
      fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]{8}([.,][0-9]{0,9})?(Z|[+-][0-9:]{2,5})?$/),
    );
    const reader = createStampReader();
    fc.assert(
      fc.property(fc.constantFrom(...forms), text, (form, written) => {
        const once = readStamp(form, written);
        expect(reader(form, written)).toEqual(once);
        expect(reader(form, written)).toEqual(once);
        if (once?.kind === "instant") expect(Number.isSafeInteger(once.atUs)).toBe(true);
      }),
    );
  });
});
