import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Anchor } from "../../src/clock/anchor.ts";
import { createAnchors } from "../../src/clock/anchors.ts";

const BOOT_US = Date.UTC(2019, 0, 6) * 1000;
const SECOND_US = 1_000_000;

function logged(uptimeUs: number, lateUs: number, id = 0): Anchor {
  return { uptimeUs, atUs: BOOT_US + uptimeUs + lateUs, resolutionUs: 1, quality: "logged", id };
}

describe("anchors", () => {
  it("keep a fixed number and their accuracy over two years of a line a minute", () => {
    const anchors = createAnchors(1000);
    const drift = 2e-5;
    for (let minute = 0; minute < 300_000; minute += 1) {
      const uptimeUs = minute * 60 * SECOND_US;
      anchors.add(logged(uptimeUs, Math.round(uptimeUs * drift) + (minute % 7) * 1000, minute));
    }
    expect(anchors.list().length).toBeLessThanOrEqual(1000);
    expect(anchors.steps()).toEqual([]);
    for (const day of [1, 50, 100, 200]) {
      const uptimeUs = day * 86_400 * SECOND_US;
      const atUs = anchors.resolve(uptimeUs)?.atUs ?? 0;
      expect(Math.abs(atUs - (BOOT_US + uptimeUs * (1 + drift)))).toBeLessThan(3 * SECOND_US);
    }
  });

  it("find a step after thinning", () => {
    const anchors = createAnchors(200);
    for (let minute = 0; minute < 5000; minute += 1) {
      anchors.add(logged(minute * 60 * SECOND_US, minute < 2500 ? 0 : 37 * SECOND_US));
    }
    const [step, ...others] = anchors.steps();
    expect(others).toEqual([]);
    expect(step?.stepUs).toBe(37 * SECOND_US);
    expect(step?.sinceUptimeUs).toBeLessThan(2500 * 60 * SECOND_US);
    expect(step?.uptimeUs).toBeGreaterThanOrEqual(2500 * 60 * SECOND_US);
  });

  it("do not depend on the order they were added in", () => {
    const many = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 1e10 }), fc.integer({ min: 0, max: 60 * SECOND_US })),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(many, fc.integer({ min: 0, max: 1e10 }), (rows, uptimeUs) => {
        const all = rows.map(([uptime, lateUs], id) => logged(uptime, lateUs, id));
        const [forward, backward] = [createAnchors(), createAnchors()];
        for (const anchor of all) forward.add(anchor);
        for (const anchor of all.toReversed()) backward.add(anchor);
        expect(backward.resolve(uptimeUs)).toEqual(forward.resolve(uptimeUs));
        expect(backward.steps()).toEqual(forward.steps());
      }),
    );
  });

  it("read by a lagging reader never make an instant later than the nearest line that was prompt", () => {
    const lags = fc.array(fc.integer({ min: 0, max: 20 * SECOND_US }), { minLength: 3, maxLength: 40 });
    fc.assert(
      fc.property(lags, (lates) => {
        const anchors = createAnchors();
        anchors.add(logged(0, 0));
        for (const [at, lateUs] of lates.entries()) anchors.add(logged((at + 1) * SECOND_US, lateUs));
        const uptimeUs = lates.length * SECOND_US;
        const lateUs = (anchors.resolve(uptimeUs)?.atUs ?? 0) - BOOT_US - uptimeUs;
        expect(lateUs).toBeLessThanOrEqual(anchors.steps().length > 0 ? 20 * SECOND_US : SECOND_US);
      }),
    );
  });
});
