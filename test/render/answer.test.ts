import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { answer } from "../../src/render/answer.ts";
import { detailed } from "../../src/render/facts.ts";
import { plain } from "../../src/render/parts.ts";
import { voiceOf } from "../../src/render/voice.ts";
import { named, wordsFor } from "../../src/render/words.ts";
import {
  BARE,
  burst,
  EXACT,
  host,
  NO_DROPS,
  NO_LOGS,
  NOON,
  ONE_HOST,
  OPEN,
  report,
  TWO_HOSTS,
  UNDATED,
} from "./fixtures.ts";
import { rendered } from "./rendered.ts";

const said = (own: Report) => answer(own, voiceOf(own)).map(plain).join(" ");
const quiet = { timeline: null, advice: null } as const;

describe("the answer", () => {
  test("one exact burst", () => {
    expect(said(report([host("web-01", [EXACT], quiet)]))).toBe(
      "web-01 dropped packets from 2024-03-10 14:40:00 to 14:40:02 UTC. " +
        "Exactly 3 packets were dropped: every one has its line. " +
        "The table must have been full at its limit of 65,536 connections (known from a dump of the kernel's " +
        "settings): the line is printed only then. No count was measured near it. " +
        "No setting is proposed: the logs do not tell enough.",
    );
  });

  test("a range says where a burst reaches into it from outside, and not where none does", () => {
    // The burst lasts from 62 min 7 s to 64 min 12 s after NOON.
    const own = report([host("web-01", [burst()], quiet)]);
    const framed = (since: number, until: number) =>
      rendered("markdown", {
        ...own,
        sinceUs: NOON + since * 60_000_000,
        untilUs: NOON + until * 60_000_000,
      });
    const whole = "A burst that reaches into this range is told whole.";
    expect(framed(63, 70)).toContain(`until 2024-03-10 14:10:00 UTC. ${whole}`);
    expect(framed(60, 63)).toContain(whole);
    expect(framed(62, 65)).not.toContain(whole);
  });

  test("a range names both bounds and what the kernel reported", () => {
    expect(said(report([host("web-01", [burst()], quiet)]))).toContain(
      "At least 121 packets were dropped (each has its line in the log) and at most 56,809. " +
        "The kernel's own notices bring it to 4,321.",
    );
  });

  test("a single packet is one", () => {
    const one = (dropsMax: number | null) => burst({ dropLines: 1, dropsMin: 1, dropsReported: 1, dropsMax });
    const of = (dropsMax: number | null) => said(report([host("web-01", [one(dropsMax)], quiet)]));
    expect(of(1)).toContain("Exactly 1 packet was dropped: every one has its line.");
    expect(of(null)).toContain(
      "At least 1 packet was dropped (each has its line in the log); no upper bound",
    );
  });

  test("one burst without a ceiling takes the ceiling from all", () => {
    expect(said(ONE_HOST)).toContain("bring that to 6,111, and no upper bound can be proved.");
  });

  test("the setting, its present value and its cost", () => {
    expect(said(ONE_HOST)).toContain(
      "Set net.netfilter.nf_conntrack_max = 131072 (now 65,536): its entries then take up to 28.5 MiB of kernel " +
        "memory, 14.25 MiB today. 2 other settings: see advice.",
    );
  });

  test("a count far below the limit does not read as full", () => {
    const text = said(report([host("web-01", [OPEN], quiet)]));
    expect(text).toContain("must have been full at its limit of 65,536");
    expect(text).toContain("The highest measured count is 31.2 % of it.");
  });

  test("several hosts", () => {
    expect(said(TWO_HOSTS)).toMatch(
      /^2 of 3 hosts dropped packets, in 4 bursts between .* The most are on web-01: 6,111 as reported, at least 181\./,
    );
  });

  test("no logs, no drops, nothing dated, holes", () => {
    expect(said(NO_LOGS)).toMatch(/^No logs have been read\./);
    expect(said({ ...NO_LOGS, sinceUs: 0 })).toMatch(/^No logs in this range\./);
    expect(said(NO_DROPS)).toMatch(
      /^No drops in the logs read: 2 sources, from 2024-03-10 13:00:00 to 17:00:00 UTC\./,
    );
    expect(said(NO_DROPS)).toContain("no log is not the same as no drops");
    expect(said(UNDATED)).toMatch(/^web-01 dropped packets in 1 burst, which nothing in the logs dates\./);
    expect(said(report([host("web-01", [burst(), BARE], quiet)]))).toContain(
      "Besides, 1 burst could not be dated, and may be of the same packets.",
    );
    expect(said(report([host("web-01", [burst()], { ...quiet, undatedDropLines: 4 })]))).toContain(
      "Besides, 4 drop lines could not be dated.",
    );
  });
});

test("unknown names are shown as they are, unknown languages as English", () => {
  expect(named(wordsFor("en").reasons, "of-tomorrow")).toBe("of-tomorrow");
  expect(named(wordsFor("en").reasons, "constructor")).toBe("constructor");
  expect(wordsFor("tlh").language).toBe("en");
  expect(wordsFor("en-GB").language).toBe("en");
});

test("of many bursts the largest are told in detail, in their order", () => {
  const bursts = Array.from({ length: 205 }, (_, i) =>
    burst({ burstId: i, dropsReported: i === 3 ? 9 : 10 + (i % 7) }),
  );
  const told = detailed(bursts);
  expect(told).toHaveLength(200);
  expect(told.map((one) => one.index)).toEqual([...told.map((one) => one.index)].sort((a, b) => a - b));
  expect(told.some((one) => one.index === 3)).toBe(false);
  for (const format of ["text", "html", "markdown"] as const) {
    expect(rendered(format, report([host("web-01", bursts)])).replace(/\s+/g, " ")).toContain(
      "Details of the 200 bursts with the most packets reported, of 205",
    );
  }
});
