// Offsets from the cache against Intl itself, asked instant by instant.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wallToInstant } from "../../src/clock/walls.ts";
import { createZone, type Zone } from "../../src/clock/zones.ts";
import { writeTime } from "./notation.ts";

const NAMES = [
  "UTC",
  "Europe/Madrid",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "Africa/Casablanca",
];
const instantUs = fc.integer({ min: 0, max: Date.UTC(2037, 0) / 1000 }).map((s) => s * 1_000_000 + 250_000);

function zoneOf(name: string): Zone {
  const zone = createZone(name);
  if (zone === null) throw new Error(name);
  return zone;
}

describe("createZone", () => {
  it.each(NAMES)("gives the offsets of Intl in %s", (name) => {
    const zone = zoneOf(name);
    const format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: name,
      dateStyle: "short",
      timeStyle: "medium",
    });
    fc.assert(
      fc.property(instantUs, (us) => {
        expect(writeTime(us + zone.offsetUs(us)).slice(0, 19)).toBe(
          format.format(us / 1000).replace(" ", "T"),
        );
      }),
    );
  });

  it("changes to the microsecond", () => {
    const zone = zoneOf("Europe/Madrid");
    const changeUs = Date.UTC(2019, 9, 27, 1) * 1000;
    expect([zone.offsetUs(changeUs - 1), zone.offsetUs(changeUs)]).toEqual([7_200_000_000, 3_600_000_000]);
  });

  it("knows fixed offsets in every spelling", () => {
    const offsets = ["+02:00", "+0200", "+02", "-03:30", "-00:00", "Z", "utc"].map((name) =>
      zoneOf(name).offsetUs(0),
    );
    const hour = 3_600_000_000;
    expect(offsets).toEqual([2 * hour, 2 * hour, 2 * hour, -3.5 * hour, 0, 0, 0]);
  });

  it("refuses what is no zone", () => {
    const names = ["", "Mars/Olympus", "CEST", "+25:00", "+02:75", ":UTC", "Europe/Madrid ", "12", "../UTC"];
    expect(names.map(createZone)).toEqual(names.map(() => null));
  });

  it("survives impossible instants", () => {
    const zone = zoneOf("Europe/Madrid");
    for (const us of [-1e18, 1e18, Number.NaN]) expect(Number.isFinite(zone.offsetUs(us))).toBe(true);
  });
});

describe("wallToInstant", () => {
  it.each(NAMES)("finds every instant again among its candidates in %s", (name) => {
    const zone = zoneOf(name);
    fc.assert(
      fc.property(instantUs, (us) => {
        const reading = wallToInstant(us + zone.offsetUs(us), zone, us);
        expect(reading).toMatchObject({ atUs: us, doubt: null });
        expect(reading.candidates).toContain(us);
      }),
    );
  });

  it("tells both readings of a doubled hour, earliest first, and of a skipped one", () => {
    const zone = zoneOf("Europe/Madrid");
    const read = (local: string) => {
      const { atUs, doubt, candidates } = wallToInstant(Date.parse(`${local}Z`) * 1000, zone, null);
      return [atUs, doubt, ...candidates.map(writeTime)];
    };
    expect(read("2019-10-27T02:30:00")).toEqual([
      null,
      "ambiguous-hour",
      "2019-10-27T00:30:00Z",
      "2019-10-27T01:30:00Z",
    ]);
    expect(read("2019-03-31T02:30:00")).toEqual([
      null,
      "skipped-hour",
      "2019-03-31T00:30:00Z",
      "2019-03-31T01:30:00Z",
    ]);
  });
});
