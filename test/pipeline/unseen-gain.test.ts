// The kernel's drop counter where no log tells of drops: silence must not read as "nothing was dropped".

import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Interval } from "../../src/analysis/intervals.ts";
import { gainOf, joined, nearAny, type Rise } from "../../src/analysis/rises.ts";
import { answer } from "../../src/render/answer.ts";
import { plain } from "../../src/render/parts.ts";
import { voiceOf } from "../../src/render/voice.ts";
import { makeDatabase } from "../support/database.ts";
import { reportOf } from "../support/report.ts";

const SECOND = 1_000_000;

function gainOutside(rises: readonly Rise[], bursts: readonly Interval[]) {
  const isNear = nearAny(bursts);
  return gainOf(rises.filter(({ fromUs, toUs }) => !isNear(fromUs, toUs)));
}

describe("what no burst is near", () => {
  const rise = (series: number, from: number, to: number, by: number) => ({
    series,
    fromUs: from * SECOND,
    toUs: to * SECOND,
    by,
  });

  it("adds up what no burst is near", () => {
    const rises = [rise(1, 0, 60, 5), rise(1, 60, 120, 7), rise(1, 300, 360, 90), rise(1, 900, 960, 1)];
    const bursts = [{ startUs: 310 * SECOND, endUs: 320 * SECOND }];
    expect(gainOutside(rises, bursts)).toEqual({ gained: 13, fromUs: 0, toUs: 960 * SECOND });
    // Ten seconds behind a burst's last line its own drops may still be counted.
    expect(gainOutside([rise(1, 329, 330, 4)], bursts)).toBeNull();
    expect(gainOutside([rise(1, 331, 332, 4)], bursts)).toMatchObject({ gained: 4 });
    expect(gainOutside([], bursts)).toBeNull();
  });

  it("does not take two series of the same time for two gains", () => {
    const rises = [rise(1, 0, 60, 5), rise(2, 1, 61, 6), rise(3, 61, 90, 2)];
    expect(gainOutside(rises, [])).toEqual({ gained: 8, fromUs: SECOND, toUs: 90 * SECOND });
  });

  it("finds the burst among many that reaches far", () => {
    const bursts = [
      { startUs: 0, endUs: 5000 * SECOND },
      { startUs: 10 * SECOND, endUs: 20 * SECOND },
    ];
    expect(gainOutside([rise(1, 4000, 4001, 3)], bursts)).toBeNull();
  });
});

describe("rises of one series", () => {
  const hour = 3600;
  const step = (from: number, to: number, by: number) => ({ fromUs: from * SECOND, toUs: to * SECOND, by });

  it("are one where they touch and end in the same hour", () => {
    const rises = [
      ...[step(0, 60, 1), step(60, 120, 2), step(180, 240, 4)],
      ...[step(hour - 60, hour - 1, 8), step(hour - 1, hour, 16), step(hour, hour + 60, 32)],
    ];
    expect([...joined(rises)]).toEqual([
      ...[step(0, 120, 3), step(180, 240, 4)],
      ...[step(hour - 60, hour - 1, 8), step(hour - 1, hour + 60, 48)],
    ]);
    expect([...joined([])]).toEqual([]);
  });
});

describe("a report", () => {
  const made = makeDatabase();
  afterEach(() => made.remove());

  it("tells what the counter gained without a log, and shows the counts", async () => {
    const at = Date.UTC(2026, 2, 14, 10, 0, 0);
    // Second, count, drop: 0 to 40 in a minute, back to 3 by a reboot, which is no gain, and 2 more.
    const samples = [
      [0, 900, 0],
      [30, 1000, 25],
      [60, 1000, 40],
      [90, 10, 3],
      [120, 12, 5],
    ].map(([s = 0, count, drop]) => `${at + s * 1000},${count},1000,${drop}`);
    const path = join(dirname(made.path), "samples.csv");
    writeFileSync(path, `epoch_ms,count,max,drop\n${samples.join("\n")}\n`);
    await made.ingest([path], { host: "gw1" });
    const report = reportOf(made.path);
    expect(report.hosts[0]?.unseenGain).toEqual({
      gained: 42,
      fromUs: at * 1000,
      toUs: (at + 120_000) * 1000,
    });
    expect(report.hosts[0]?.timeline?.buckets.some((one) => one.entriesMax === 1000)).toBe(true);
    const text = answer(report, voiceOf(report)).map(plain).join(" ");
    expect(text).toContain("No logs have been read");
    expect(text).toContain(
      "But the kernel's own counter of dropped packets on gw1 rose by 42 packets: the logs of that time are missing, or were cut.",
    );
    const half = reportOf(made.path, { untilUs: (at + 31_000) * 1000 });
    expect(half.hosts[0]?.unseenGain).toMatchObject({ gained: 25 });
    const later = reportOf(made.path, { sinceUs: (at + 30_000) * 1000 });
    expect(later.hosts[0]?.unseenGain).toEqual({
      gained: 17,
      fromUs: (at + 30_000) * 1000,
      toUs: (at + 120_000) * 1000,
    });
  });
});
