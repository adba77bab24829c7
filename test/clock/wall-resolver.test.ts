import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWallResolver } from "../../src/clock/wall-resolver.ts";
import { createZone } from "../../src/clock/zones.ts";

const zone = createZone("Europe/Madrid") ?? { name: "", offsetUs: () => 0 };
const CHANGE_US = Date.UTC(2019, 9, 27, 1) * 1000;
const HOUR_US = 3_600_000_000;

function resolve(locals: readonly number[], mostHeld?: number) {
  const resolver = createWallResolver(zone, mostHeld);
  return [...locals.flatMap((local) => resolver.push(local)), ...resolver.finish()];
}

const around = fc.array(fc.integer({ min: -3 * HOUR_US, max: 3 * HOUR_US }), { maxLength: 60 });

describe("wall resolver", () => {
  it("answers every push once and in order, whatever comes in whatever order", () => {
    fc.assert(
      fc.property(around, fc.integer({ min: 1, max: 5 }), (steps, mostHeld) => {
        const results = resolve(
          steps.map((us) => CHANGE_US + us + 2 * HOUR_US),
          mostHeld,
        );
        expect(results.map(({ index }) => index)).toEqual(steps.map((_, at) => at));
      }),
    );
  });

  it("never dates a line wrongly where the file is in order", () => {
    fc.assert(
      fc.property(around, (steps) => {
        const instants = steps.map((us) => CHANGE_US + us).sort((a, b) => a - b);
        const results = resolve(instants.map((us) => us + zone.offsetUs(us)));
        for (const { index, atUs } of results) expect(atUs ?? instants[index]).toBe(instants[index]);
      }),
    );
  });

  it("dates every line of a file that logs once a minute", () => {
    const instants = Array.from({ length: 300 }, (_, at) => CHANGE_US + (at - 150) * 60_000_000);
    const results = resolve(instants.map((us) => us + zone.offsetUs(us)));
    expect(results.map(({ atUs }) => atUs)).toEqual(instants);
  });
});
