// The least and the most: every rule with the smallest log that shows it.

import { expect, test } from "vitest";
import type { Ceiling } from "../../src/analysis/ceiling.ts";
import { identifyLimiter } from "../../src/analysis/limiter.ts";
import { drops as lines, notice, readLog } from "../support/limiter-lines.ts";
import { type BurstEvidence, boundDrops, rebuildWindows } from "../support/limiter-whole.ts";

const MARTIAN = "IPv4: martian source 10.0.0.1 from 10.0.0.2, on dev eth0";

function bound(
  kernelVersion: string,
  log: readonly string[],
  evidence: Partial<BurstEvidence> & { costS?: number; size?: number; first?: number; last?: number } = {},
) {
  const { costS = 5, size = 10, first = 0, last, ...rest } = evidence;
  const limiter = identifyLimiter({
    forms: [],
    dropForms: { usesIpConntrack: false, namesNetns: false },
    kernelVersion,
    known: { costS, burst: size },
  });
  const windows = [...rebuildWindows(readLog(log.join("\n")), limiter)];
  return boundDrops({
    windows: windows.slice(first, last),
    netns: null,
    limiter,
    otherNetns: false,
    lossInside: false,
    logStartsInside: false,
    shortSeen: windows.some(({ short }) => short),
    counter: null,
    witnessTailCap: null,
    ...rest,
  });
}

function counted(ceiling: number, netns: string | null = null) {
  const found: Ceiling = { ceiling, fromUs: 0, toUs: 1, widened: true, reasons: [] };
  return { counter: { ceiling: found, netns } };
}

test("2.4 to 2.6.31 and 6.16+: printed and suppressed lines are the most", () => {
  const log = [lines(100, 10), notice(105.1, 40), lines(105.2, 2), lines(300, 1)];
  for (const kernel of ["2.6.28", "7.2.0"]) {
    expect(bound(kernel, log, { last: 2 }), kernel).toMatchObject({
      dropLines: 12,
      suppressed: 40,
      suppressedShared: 0,
      dropsMin: 12,
      dropsReported: 52,
      dropsMax: 52,
      dropsEstimate: 52,
      bound: "range",
      tailCap: null,
    });
  }
});

test("2.6.32 to 6.15: no most without a counter", () => {
  const log = [lines(100, 10), notice(105.1, 40), lines(105.2, 2)];
  expect(bound("6.1.0", log)).toMatchObject({
    dropsReported: 52,
    dropsMax: null,
    bound: "at-least",
    reasons: ["closed-by-size", "contention-uncounted", "suppressed-unproven"],
  });
  expect(bound("6.1.0", log, counted(53))).toMatchObject({ dropsMax: 53, bound: "range" });
  expect(bound("6.1.0", [lines(100, 3)], counted(3))).toMatchObject({ dropsMax: 3, bound: "exact" });
});

test("fewer lines than the size: the end is closed, and the number exact", () => {
  expect(bound("7.2.0", [lines(100, 9)])).toMatchObject({
    dropsMax: 9,
    bound: "exact",
    reasons: ["closed-by-size"],
  });
  expect(bound("7.2.0", [lines(100, 9), lines(200, 1)], { last: 1 })).toMatchObject({
    bound: "exact",
    reasons: [],
  });
});

test("as many lines as the size: the end is open, and the largest earlier count is told beside it", () => {
  const log = [lines(100, 10), notice(105.1, 700), lines(105.2, 10), notice(110.3, 40), lines(110.4, 10)];
  expect(bound("7.2.0", log)).toMatchObject({
    dropsReported: 770,
    dropsMax: null,
    bound: "at-least",
    tailCap: 700,
    reasons: ["open-end", "suppressed-unproven"],
  });
  expect(bound("7.2.0", log, counted(800))).toMatchObject({ dropsMax: 800, tailCap: 700 });
  expect(bound("7.2.0", log, { first: 2 })).toMatchObject({ tailCap: null });
  expect(bound("7.2.0", log, { first: 2, witnessTailCap: 9 })).toMatchObject({ tailCap: 9 });
});

test("the last window is not closed by its size where lines may be unseen", () => {
  const log = [lines(100, 3)];
  expect(bound("7.2.0", log, { shortSeen: true })).toMatchObject({ dropsMax: null, reasons: ["open-end"] });
  expect(bound("7.2.0", log, { lossInside: true })).toMatchObject({ dropsMax: null });
  expect(bound("7.2.0", log, { logStartsInside: true })).toMatchObject({
    dropsMax: null,
    reasons: ["open-end", "log-starts-inside"],
  });
});

test("other users of the limiter: the estimate goes by conntrack's share of the lines", () => {
  const log = [lines(100, 4), lines(101, 6, MARTIAN), notice(105.1, 100), lines(105.2, 1)];
  expect(bound("7.2.0", log)).toMatchObject({
    dropsMin: 5,
    dropsReported: 105,
    dropsMax: 105,
    dropsEstimate: 50, // 5 + 100 * 5 / 11
    reasons: ["closed-by-size", "suppressed-unproven", "shared-limiter", "edge-booking"],
  });
});

test("an estimate above what the counter proves is none", () => {
  const log = [lines(100, 4), lines(101, 6, MARTIAN), notice(105.1, 100), lines(105.2, 1)];
  expect(bound("6.1.0", log, counted(20))).toMatchObject({ dropsMax: 20, dropsEstimate: 20 });
});

test("windows without a drop line between those with one count, those outside do not", () => {
  const log = [
    lines(100, 10),
    notice(105.1, 7),
    lines(105.2, 10, MARTIAN),
    notice(110.3, 30),
    lines(110.4, 1),
    notice(300, 1000),
    lines(300, 1),
  ];
  expect(bound("7.2.0", log, { last: 3 })).toMatchObject({
    dropLines: 11,
    dropsReported: 11 + 7 + 30 + 1000,
  });
});

test("several namespaces in a window: the others' lines are other lines, the count may be anyone's", () => {
  const named = "nf_conntrack: nf_conntrack: table full in netns 4026532281, dropping packet";
  const log = [lines(100, 4), lines(101, 6, named), notice(105.1, 100), lines(105.2, 2)];
  const other = { otherNetns: true };
  expect(bound("7.2.0", log, other)).toMatchObject({
    dropLines: 6,
    suppressed: 0,
    suppressedShared: 100,
    dropsReported: 106,
    dropsMax: 106,
    dropsEstimate: 56,
    reasons: expect.arrayContaining(["mixed-namespaces"]),
  });
  expect(bound("7.2.0", log, { ...other, netns: "4026532281" })).toMatchObject({
    dropLines: 6,
    suppressedShared: 100,
  });
});

test("a counter that cannot be this namespace's is withheld", () => {
  const log = [lines(100, 10), notice(105.1, 40), lines(105.2, 2)];
  const withheld = { dropsMax: null, reasons: expect.arrayContaining(["counter-other-namespace"]) };
  expect(bound("6.1.0", log, counted(11))).toMatchObject(withheld);
  expect(bound("6.1.0", log, counted(51))).toMatchObject(withheld);
  expect(bound("6.1.0", log, { ...counted(60), otherNetns: true })).toMatchObject(withheld);
  expect(bound("6.1.0", log, counted(60, "4026532281"))).toMatchObject(withheld);
  const shared = [lines(100, 4), lines(101, 6, MARTIAN), notice(105.1, 40), lines(105.2, 2)];
  expect(bound("6.1.0", shared, counted(11))).toMatchObject({ dropsMax: 11 });
});

test("a counter that says nothing says why", () => {
  const counter = { ceiling: { ceiling: null, reason: "counter-reset" }, netns: null } as const;
  expect(bound("6.1.0", [lines(100, 3)], { counter })).toMatchObject({
    dropsMax: null,
    reasons: expect.arrayContaining(["counter-reset"]),
  });
});

test("missing lines: no most from the log", () => {
  const loss = `${lines(100, 4)}\n[101.0] 3 messages lost\n${lines(102, 4)}`;
  expect(bound("7.2.0", [loss, lines(300, 1)], { last: 1 })).toMatchObject({
    dropsMax: null,
    reasons: ["lines-lost"],
  });
  const short = [lines(100, 7), notice(105.1, 40), lines(105.2, 1), lines(300, 1)];
  expect(bound("7.2.0", short, { last: 2 })).toMatchObject({
    dropsMax: null,
    reasons: ["suppressed-unproven", "window-short"],
  });
  const unread = [lines(100, 10), "[105.1] net_ratelimit: ??? callbacks suppressed", lines(105.2, 1)];
  expect(bound("7.2.0", unread)).toMatchObject({ dropsMax: null, dropsEstimate: null, dropsReported: 11 });
});

test("message_cost 0: every drop is printed", () => {
  expect(bound("6.1.0", [lines(100, 25), lines(100.4, 30)], { costS: 0 })).toMatchObject({
    dropLines: 55,
    dropsMax: 55,
    bound: "exact",
    reasons: ["limiter-disabled"],
  });
});

test("message_cost 0 is not believed beside a count", () => {
  expect(bound("7.2.0", [lines(100, 10), notice(105.1, 4), lines(105.2, 1)], { costS: 0 }).bound).toBe(
    "at-least",
  );
});

test("message_burst 0 prints no line: where there are lines, no window is known to be unused", () => {
  expect(bound("7.2.0", [lines(100, 1)], { size: 0 })).toMatchObject({ dropsMax: null, bound: "at-least" });
});

test("a notice before the evidence is no part of the burst", () => {
  expect(bound("7.2.0", [notice(99.9, 5000), lines(100, 2)])).toMatchObject({ dropsReported: 2 });
});
