// What is told of a whole dump of settings, and of how near to its limit the table was.

import { describe, expect, test } from "vitest";
import type { Burst, LimitSpan } from "../../src/model/report.ts";
import { splitLimits } from "../../src/render/limits.ts";
import { burst, citation, host, NOON, report } from "./fixtures.ts";
import { rendered } from "./rendered.ts";

function span(key: string, value: number, over: Partial<LimitSpan> = {}): LimitSpan {
  const text = `net.netfilter.${key} = ${value}`;
  return {
    netns: null,
    key,
    value,
    sinceUs: NOON,
    untilUs: null,
    force: "effective",
    origin: "sysctl",
    citation: citation({ path: "sysctl-a.txt", text, sha256: null }),
    ...over,
  };
}

const QUIET = Array.from({ length: 57 }, (_, i) => span(`nf_conntrack_quiet_${i}`, i));
const CHANGED = [
  span("nf_conntrack_tcp_loose", 1, { untilUs: NOON + 1 }),
  span("nf_conntrack_tcp_loose", 0, { sinceUs: NOON + 1 }),
];
const DIFFERENT = [
  span("nf_conntrack_udp_timeout", 30),
  span("nf_conntrack_udp_timeout", 90, { force: "configured", origin: "sysctl-conf" }),
];
const LEADING = [
  span("message_burst", 10),
  span("message_cost", 5),
  span("nf_conntrack_buckets", 16_384),
  span("nf_conntrack_max", 65_536),
];
const HOST = host("web-01", [burst()], {
  limits: [...LEADING, ...QUIET, ...CHANGED, ...DIFFERENT],
  mismatches: [],
});
const REPORT = report([HOST]);

test("sizes, changes and differences are told; what never changed is counted", () => {
  const { told, others } = splitLimits(HOST);
  expect(told.map((one) => one.key)).toEqual([
    "nf_conntrack_max",
    "nf_conntrack_buckets",
    "message_cost",
    "message_burst",
    ...CHANGED.map((one) => one.key),
    ...DIFFERENT.map((one) => one.key),
  ]);
  expect(others).toHaveLength(57);
});

test.each(["text", "markdown"] as const)("%s counts the others and says where they stand", (format) => {
  const text = rendered(format, REPORT).replace(/\s+/g, " ");
  expect(text).toContain("57 other settings were read and did not change.");
  expect(text).toContain("select");
  expect(text).toContain("nf_conntrack_tcp_loose");
  expect(text).toContain("sysctl-a.txt, byte 1184233, 84 long");
  expect(text).not.toContain("nf_conntrack_quiet");
});

test("HTML has them folded away, JSON has them all", () => {
  const html = rendered("html", REPORT);
  const [shown = "", folded = ""] = html.split(
    "<summary>57 other settings were read and did not change</summary>",
  );
  expect(shown).not.toContain("nf_conntrack_quiet");
  expect(shown).toMatch(/<details>$/);
  expect(folded).toContain("nf_conntrack_quiet_56");
  expect(JSON.parse(rendered("json", REPORT)).hosts[0].limits).toHaveLength(65);
});

test("a terminal of 80 columns has one row a value", () => {
  const text = rendered("text", REPORT, { width: 80 });
  expect(text).toMatch(/^nf_conntrack_max +65,536 +2024-03-10/m);
  expect(text).toMatch(/^message_cost +5 +2024-03-10/m);
});

describe("how full the table was, by a count", () => {
  const filled = (over: Partial<Burst>) => rendered("markdown", report([host("gw1", [burst(over)])]));
  const full = (text: string) => /\| +1 \|.*\| +([^|]*?) +\|\n/.exec(text)?.[1];

  test("from before the burst is told with its age", () => {
    const text = filled({ countPeak: null, countBefore: 0, countBeforeAgeS: 53.1, utilisation: 0 });
    expect(full(text)).toBe("0 %, 53 s before");
    expect(text).toContain("The nearest measured count, 53 s earlier, is 0 % of it.");
  });

  test("from the burst itself is told without one", () => {
    const text = filled({ countPeak: 32_768, countBeforeAgeS: 42, utilisation: 0.5 });
    expect(full(text)).toBe("50 %");
    expect(text).toContain("The highest measured count is 50 % of it.");
  });

  test("from long before is none", () => {
    const text = filled({ countPeak: null, countBefore: 12, countBeforeAgeS: 3600, utilisation: null });
    expect(full(text)).toBe("-");
    expect(text).toContain("No count was measured near it.");
  });
});
