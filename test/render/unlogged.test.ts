// Time without logs: a hole between logs is told apart from where the logs begin and end.

import { describe, expect, it } from "vitest";
import type { CoverageSpan, Timeline } from "../../src/model/report.ts";
import { limitsMet, missingIn, unlogged } from "../../src/render/facts.ts";
import { burst, host, NOON, report, timeline } from "./fixtures.ts";
import { rendered } from "./rendered.ts";

const HOUR = 3_600_000_000;
const OPEN_ENDS = { sinceUs: null, untilUs: null };

type Hours = readonly [from: number, to: number];

/** Logs of a channel in the given hours, with a gap between them, as the view `coverage` has it. */
function logged(channel: string, ...hours: readonly Hours[]): CoverageSpan[] {
  const seen = hours.map(([from, to]) => ({ kind: "seen" as const, ...span(from, to), reason: "log" }));
  const gaps = hours.slice(1).map(([to], i) => {
    const from = hours[i]?.[1] ?? 0;
    return { kind: "gap" as const, ...span(from, to), reason: "no-log" };
  });
  return [...seen, ...gaps].map((one) => ({ channel, ...one }));
}

/** 24 hours from noon, with this coverage. */
function noonToNoon(coverage: readonly CoverageSpan[]): Timeline {
  return { ...timeline([], { fromUs: NOON, count: 24, bucketUs: HOUR }), coverage };
}

/** 24 hours from noon, with logs of one channel in the given hours. */
const day = (...hours: readonly Hours[]) => noonToNoon(logged("messages", ...hours));

const span = (from: number, to: number) => ({ fromUs: NOON + from * HOUR, toUs: NOON + to * HOUR });

describe("what is not logged of a day", () => {
  it("before the first and after the last line there is no hole: the logs begin and end", () => {
    expect(unlogged(day([2, 20]), OPEN_ENDS)).toEqual({
      holes: [],
      beyond: [],
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
      beyond: [],
      beginUs: null,
      endUs: null,
    });
  });

  it("an earlier log makes a hole of the time before, a later one of the time behind", () => {
    expect(unlogged(day([-30, -20], [2, 20], [30, 31]), OPEN_ENDS).holes).toEqual([span(0, 2), span(20, 24)]);
  });

  it("what was asked for and no log reaches is beyond the logs, and no hole in them", () => {
    const asked = { sinceUs: NOON, untilUs: NOON + 24 * HOUR };
    expect(unlogged(day([2, 20]), asked)).toMatchObject({ holes: [], beyond: [span(0, 2), span(20, 24)] });
    expect(unlogged(day([2, 20]), { ...asked, untilUs: null })).toMatchObject({
      holes: [],
      beyond: [span(0, 2)],
      endUs: NOON + 20 * HOUR,
    });
  });

  it("a day without any log is beyond them", () => {
    expect(unlogged(day([-5, -4]), OPEN_ENDS)).toEqual({
      holes: [],
      beyond: [span(0, 24)],
      beginUs: null,
      endUs: null,
    });
  });

  it("the margin before a log is none for another channel's log of months ago", () => {
    const apart = noonToNoon([...logged("console", [-5000, -5000]), ...logged("messages", [2, 24])]);
    expect(unlogged(apart, OPEN_ENDS)).toEqual({
      holes: [],
      beyond: [],
      beginUs: NOON + 2 * HOUR,
      endUs: null,
    });
    const said = rendered("markdown", report([{ ...host("gw1", [burst()]), timeline: apart }]));
    expect(said).not.toContain("The logs have");
    expect(said).not.toContain("no log is not the same");
    expect(said).toContain("No log covers the time shown before 2024-03-10 15:00:00 UTC.");
  });

  it("holes are those of the view, as far as the range shows them and no other channel covers them", () => {
    const seen = noonToNoon([
      ...logged("messages", [-30, -20], [1, 3], [5, 9], [14, 20]),
      ...logged("kern", [8, 10], [22, 24]),
    ]);
    // messages has gaps of 21, 2 and 5 h: 1 h of the first is shown, and kern covers 1 h of the last. kern has one of
    // 12 h, of which messages covers 6; from 20 to 22 it is the only gap.
    expect(unlogged(seen, OPEN_ENDS).holes).toEqual([span(0, 1), span(3, 5), span(10, 14), span(20, 22)]);
    const said = rendered("markdown", report([{ ...host("gw1", [burst()]), timeline: seen }]));
    expect(said).toContain("The logs have 4 holes (9 h in all): no log is not the same as no drops.");
  });

  it("between logs of two channels there is no hole in either, and the time is told all the same", () => {
    const seen = noonToNoon([...logged("messages", [0, 5], [6, 9]), ...logged("kern", [14, 24])]);
    expect(unlogged(seen, OPEN_ENDS)).toMatchObject({ holes: [span(5, 6)], beyond: [span(9, 14)] });
    const said = rendered("markdown", report([{ ...host("gw1", [burst()]), timeline: seen }]));
    expect(said).toContain(
      "The logs have 1 hole (1 h in all), and no log covers another 5 h of the time shown: no log is not the same",
    );
  });
});

describe("of several hosts", () => {
  const two = (one: Timeline, other: Timeline, since: number | null = null) =>
    rendered("markdown", {
      ...report([
        { ...host("gw1", [burst()]), timeline: one },
        { ...host("gw2", [burst()]), timeline: other },
      ]),
      sinceUs: since,
    });

  it("holes are added up, which can be longer than the time shown, and said to be", () => {
    // Of 24 hours, gw1 lacks 20 and gw2 lacks 19.
    expect(two(day([0, 2], [22, 24]), day([0, 1], [20, 24]))).toContain(
      "The logs have 2 holes (1 d 15 h in all), added up over 2 hosts: no log is not the same as no drops.",
    );
  });

  it("what no log reaches is added up as well; of one host alone it is that host's", () => {
    expect(two(day([20, 24]), day([19, 24]), NOON)).toContain(
      "No log covers 1 d 15 h of the time shown, added up over 2 hosts: no log is not the same as no drops.",
    );
    expect(two(day([20, 24]), day([0, 24]), NOON)).toContain("No log covers 20 h of the time shown: no log");
  });
});

describe("a strip beside others", () => {
  const week = span(-24, 48);

  it("is open wherever the host's logs cover, however short its own timeline", () => {
    expect(missingIn(day([-20, 40]), week)).toEqual([span(-24, -20), span(40, 48)]);
  });

  it("is closed where nothing is known", () => {
    expect(missingIn(null, week)).toEqual([week]);
    // Counts without a log: its strip is of counts, and no log covers any of it.
    expect(missingIn(day(), week)).toEqual([week]);
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

  it("says of several hosts whose limit it tells, and that others met another", () => {
    const text = rendered("markdown", report([own("gw1", 65_536), own("gw2", 131_072, 131_072)]));
    expect(text).toContain("The table of gw1 was measured at **65,536 of 65,536** connections");
    expect(text).toContain("Other bursts met another limit: **131,072**.");
    const fleet = [1, 2, 3, 4, 5, 6].map((n) => own(`gw${n}`, n * 1000));
    expect(rendered("markdown", report(fleet))).toContain("**between 2,000 and 6,000**");
    expect(rendered("html", report([own("gw1", 4096, 6144)]))).toContain("<dd>4,096 and 6,144</dd>");
  });

  it("calls a host without a name one, not a number of packets", () => {
    const text = rendered("markdown", report([own("unknown", 65_536, 65_536)]));
    expect(text).toMatch(/^\*\*A host that no log names\*\* dropped packets in \*\*2 bursts\*\*/);
  });

  it("names a worst host only where one is worse than all others", () => {
    const [some, more] = [own("gw1", 65_536), own("gw2", 65_536, 65_536)];
    expect(rendered("markdown", report([some, more]))).toContain("The most are on **gw2**");
    expect(rendered("markdown", report([some, own("gw2", 65_536)]))).not.toContain("The most are on");
  });
});
