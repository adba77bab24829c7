// Which limiter printed the lines, and how large its windows are.

import { expect, test } from "vitest";
import { identifyLimiter, type LimiterEvidence } from "../../src/analysis/limiter.ts";
import { inferWindow } from "../../src/analysis/limiter-infer.ts";
import { readLog } from "../support/limiter-lines.ts";
import { tallyWindows } from "../support/limiter-whole.ts";

const UNKNOWN = { costS: null, burst: null };

function identify(evidence: Partial<LimiterEvidence>) {
  return identifyLimiter({
    forms: [],
    dropForms: { usesIpConntrack: false, namesNetns: false },
    kernelVersion: null,
    known: UNKNOWN,
    ...evidence,
  });
}

test.each([
  ["2.4.32", "T", true],
  ["2.6.9-89.ELsmp", "T", true],
  ["2.6.18-194.el5", "T", true],
  ["2.6.26-2-amd64", "T", true],
  ["2.6.27.7-9-pae", "W1", true],
  ["2.6.31-14-generic", "W1", true],
  ["2.6.32-279.11.1.el6.x86_64", "W2", false],
  ["3.2.0-4-amd64", "W2", false],
  ["3.10.0-1160.el7.x86_64", "W3", false],
  ["4.18.0-553.el8_10.x86_64", "W3", false],
  ["5.10.0-28-amd64", "W3", false],
  ["6.1.0-56-amd64", "W3", false],
  ["6.12.9+bpo-amd64", "W3", false],
  ["6.15.11", "W3", false],
  ["6.16.0-rc1", "W4", true],
  ["7.2-amd64", "W4", true],
] as const)("kernel %s alone: family %s", (kernelVersion, family, rigorous) => {
  expect(identify({ kernelVersion })).toMatchObject({ family, rigorous });
});

test.each([
  ["NET", null, "T", true],
  ["printk", null, "T", true],
  ["__ratelimit-messages", null, "T", true],
  ["__ratelimit-callbacks", "2.6.28", "W1", true],
  ["__ratelimit-callbacks", "2.6.32-279.el6", "W2", false],
  ["__ratelimit-callbacks", null, "W2", false],
  ["net_ratelimit", null, "W3", false],
  ["net_ratelimit", "6.1.0-56-amd64", "W3", false],
  ["net_ratelimit", "7.2.0", "W4", true],
] as const)("notice %s on %s: family %s", (form, kernelVersion, family, rigorous) => {
  expect(identify({ forms: [form], kernelVersion })).toMatchObject({ family, rigorous });
});

test("the message wins over the version", () => {
  expect(identify({ forms: ["NET"], kernelVersion: "6.16.1" })).toMatchObject({
    family: "T",
    reasons: expect.arrayContaining(["version-contradicted"]),
  });
  expect(identify({ forms: ["__ratelimit-callbacks"], kernelVersion: "7.2.0" }).rigorous).toBe(false);
});

test("ip_conntrack is older than windows", () => {
  const dropForms = { usesIpConntrack: true, namesNetns: false };
  expect(identify({ dropForms })).toMatchObject({ family: "T", rigorous: true });
  expect(identify({ dropForms, forms: ["net_ratelimit"] })).toMatchObject({
    family: "unknown",
    rigorous: false,
    reasons: expect.arrayContaining(["kernels-mixed"]),
  });
});

test("a named namespace means 6.17 or later, unless the release says it was carried back", () => {
  const dropForms = { usesIpConntrack: false, namesNetns: true };
  expect(identify({ dropForms })).toMatchObject({ family: "W4", rigorous: true });
  expect(identify({ dropForms, kernelVersion: "6.12.0-55.el10" })).toMatchObject({
    family: "W3",
    rigorous: false,
    reasons: expect.arrayContaining(["version-contradicted"]),
  });
});

test("nothing known: nothing promised", () => {
  expect(identify({})).toMatchObject({ family: "unknown", rigorous: false, costUs: 5e6, burst: 10 });
});

test("the bucket of 2.6.5 to 2.6.26 was shared with printk, that of 2.4 was not", () => {
  expect(identify({ forms: ["printk"] }).reasons).toContain("shared-with-printk");
  expect(identify({ kernelVersion: "2.4.32" }).reasons).not.toContain("shared-with-printk");
});

test("2.4 tells the capacity of its bucket in seconds", () => {
  const known = { costS: 5, burst: 50 };
  expect(identify({ kernelVersion: "2.4.32", known })).toMatchObject({ burst: 10, origin: "sysctl" });
  expect(identify({ kernelVersion: "2.6.18", known })).toMatchObject({ burst: 50, origin: "sysctl" });
});

/** Windows of `size` lines that start a little over `costS` apart. */
function flood(windows: number, size: number, costS: number, lateS = 0.01): string {
  const lines: string[] = [];
  for (let i = 0; i < windows; i += 1) {
    const at = 100 + i * (costS + lateS);
    if (i > 0) lines.push(`[${at.toFixed(6)}] net_ratelimit: ${100 + i} callbacks suppressed`);
    for (let line = 0; line < size; line += 1) {
      lines.push(
        `[${(at + line / 1000).toFixed(6)}] nf_conntrack: nf_conntrack: table full, dropping packet`,
      );
    }
  }
  return lines.join("\n");
}

test("twenty seconds and four lines are read off the lines", () => {
  const windows = tallyWindows(readLog(flood(6, 4, 20)));
  expect(inferWindow(windows, "W3")).toEqual({ costUs: 20e6, burst: 4, windows: 4 });
  expect(identify({ kernelVersion: "6.1.0", windows })).toMatchObject({
    costUs: 20e6,
    burst: 4,
    origin: "inferred",
    reasons: ["window-inferred"],
  });
});

test("two windows prove nothing", () => {
  expect(inferWindow(tallyWindows(readLog(flood(4, 4, 20))), "W3")).toBeNull();
  expect(identify({ kernelVersion: "6.1.0", windows: tallyWindows(readLog(flood(3, 4, 20))) })).toMatchObject(
    {
      costUs: 5e6,
      burst: 10,
      origin: "default",
      reasons: ["window-default"],
    },
  );
});

test("windows of different sizes prove nothing", () => {
  const mixed = [3, 5, 4, 6, 2, 7]
    .map((size, i) => flood(2, size, 20).replaceAll("[1", `[${i + 1}1`))
    .join("\n");
  expect(inferWindow(tallyWindows(readLog(mixed)), "W3")).toBeNull();
});

test("what a sysctl says is not inferred; what it does not say is", () => {
  const windows = tallyWindows(readLog(flood(6, 4, 20)));
  const both = { costS: 5, burst: 10 };
  expect(identify({ kernelVersion: "6.1.0", known: both, windows })).toMatchObject({
    costUs: 5e6,
    burst: 10,
  });
  const one = { costS: 20, burst: null };
  expect(identify({ kernelVersion: "6.1.0", known: one, windows })).toMatchObject({
    burst: 4,
    origin: "inferred",
  });
  expect(identify({ kernelVersion: "6.1.0", known: one })).toMatchObject({ burst: 10, origin: "default" });
});

test("a limiter that told of suppressed lines was not off", () => {
  const off = { costS: 0, burst: 10 };
  expect(identify({ kernelVersion: "7.2.0", known: off })).toMatchObject({ costUs: 0, origin: "sysctl" });
  expect(identify({ kernelVersion: "7.2.0", known: off, forms: ["net_ratelimit"] })).toMatchObject({
    costUs: 5e6,
    origin: "default",
    reasons: ["window-default"],
  });
});

test("what is only suspected is no fact, but a window may be that long, and that small", () => {
  const suspected = { costS: 60, burst: 4 };
  expect(identify({ kernelVersion: "7.2.0", suspected })).toMatchObject({
    ...{ costUs: 5e6, burst: 10, origin: "default", mostCostUs: 60e6, leastBurst: 4 },
  });
  const known = { costS: 5, burst: 10 };
  expect(identify({ kernelVersion: "7.2.0", known, suspected })).toMatchObject({
    ...{ origin: "sysctl", mostCostUs: 5e6, leastBurst: 10 },
  });
});

test("a window limiter that was off at some time keeps counts that no line tells of, unless it was on all along", () => {
  expect(identify({ kernelVersion: "7.2.0", offSeen: true })).toMatchObject({
    rigorous: false,
    reasons: ["limiter-switched", "window-default"],
  });
  const known = { costS: 5, burst: 10 };
  expect(identify({ kernelVersion: "7.2.0", offSeen: true, known })).toMatchObject({
    rigorous: true,
    reasons: [],
  });
  expect(identify({ kernelVersion: "2.4.20", offSeen: true })).toMatchObject({ rigorous: true });
});
