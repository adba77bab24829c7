// Time without logs: a hole between logs is told apart from where the logs begin and end.

import { describe, expect, it } from "vitest";
import type { CoverageSpan, Timeline } from "../../src/model/report.ts";
import { limitsMet, missingIn, unlogged } from "../../src/render/facts.ts";
import { burst, host, NOON, report, timeline } from "./fixtures.ts";
import { rendered } from "./rendered.ts";

const HOUR = 3_600_000_000;
const OPEN_ENDS = { sinceUs: null, untilUs: null };

/** 24 hours from noon, with logs of one channel in the given hours. */
function day(...hours: readonly (readonly [from: number, to: number])[]): Timeline {
  const coverage = hours.map(([from, to]): CoverageSpan => {
    const kind = "seen" as const;
    return { channel: "messages", kind, fromUs: NOON + from * HOUR, toUs: NOON + to * HOUR, reason: "log" };
  });
  return { ...timeline([], { fromUs: NOON, count: 24, bucketUs: HOUR }), coverage };
}

const span = (from: number, to: number) => ({ fromUs: NOON + from * HOUR, toUs: NOON + to * HOUR });

describe("what is not logged of a day", () => {
  it("before the first and after the last line there is no hole: the logs begin and end", () => {
    expect(unlogged(day([2, 20]), OPEN_ENDS)).toEqual({
      holes: [],
      beginUs: NOON + 2 * HOUR,
      endUs: NOON + 20 * HOUR,
    });
  });

  it("a log of a single instant begins and ends there, and leaves no hole", () => {
    const { holes, beginUs, endUs } = unlogged(day([7, 7]), OPEN_ENDS);
    expect([holes, beginUs]).toEqual([[], NOON + 7 * HOUR]);
    expect((endUs ?? 0) - NOON - 7 * HOUR).toBe(1);
  });

  it("between two logs there is one", () => {
    expect(unlogged(day([0, 5], [7, 24]), OPEN_ENDS)).toEqual({
      holes: [span(5, 7)],
      beginUs: null,
      endUs: null,
    });
  });

  it("an earlier log makes a hole of the time before, a later one of the time behind", () => {
    expect(unlogged(day([-30, -20], [2, 20], [30, 31]), OPEN_ENDS).holes).toEqual([span(0, 2), span(20, 24)]);
  });

  it("what was asked for and is not covered is a hole", () => {
    const asked = { sinceUs: NOON, untilUs: NOON + 24 * HOUR };
    expect(unlogged(day([2, 20]), asked).holes).toEqual([span(0, 2), span(20, 24)]);
    expect(unlogged(day([2, 20]), { ...asked, untilUs: null })).toMatchObject({
      holes: [span(0, 2)],
      endUs: NOON + 20 * HOUR,
    });
  });

  it("a day without any log is one hole", () => {
    expect(unlogged(day([-5, -4]), OPEN_ENDS)).toEqual({ holes: [span(0, 24)], beginUs: null, endUs: null });
  });
});

describe("a strip beside others", () => {
  const week = span(-24, 48);

  it("is open wherever the host's logs cover, however short its own timeline", () => {
    expect(missingIn(day([-20, 40]), week)).toEqual([span(-24, -20), span(40, 48)]);
  });

  it("is closed where nothing is known", () => {
    expect(missingIn(null, week)).toEqual([week]);
    expect(missingIn(day(), week)).toEqual([span(-24, 0), span(24, 48)]);
  });
});

describe("the answer", () => {
  const own = (hostName: string, ...limits: readonly number[]) =>
    host(
      hostName,
      limits.map((limitValue, i) => burst({ burstId: i + 1, limitValue, startUs: NOON + i * HOUR })),
    );

  it("names every limit that the bursts met", () => {
    const one = own("gw1", 65_536, 65_536, 131_072);
    expect(limitsMet(one.bursts)).toEqual([65_536, 131_072]);
    expect(rendered("markdown", report([one]))).toContain("Other bursts met another limit: **131,072**.");
    expect(rendered("markdown", report([own("gw1", 65_536)]))).not.toContain("another limit");
  });

  it("names a worst host only where one is worse than all others", () => {
    const [some, more] = [own("gw1", 65_536), own("gw2", 65_536, 65_536)];
    expect(rendered("markdown", report([some, more]))).toContain("The most are on **gw2**");
    expect(rendered("markdown", report([some, own("gw2", 65_536)]))).not.toContain("The most are on");
  });
});
