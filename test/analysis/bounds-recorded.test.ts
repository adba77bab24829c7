// Bounds against recordings of real kernels, where a counter beside the log knew the truth.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { counterCeiling } from "../../src/analysis/ceiling.ts";
import { identifyLimiter } from "../../src/analysis/limiter.ts";
import { inferWindow } from "../../src/analysis/limiter-infer.ts";
import { suppressedUntilUs } from "../../src/analysis/windows.ts";
import { readLog } from "../support/limiter-lines.ts";
import { findBursts } from "../support/limiter-truth.ts";
import { boundDrops, rebuildWindows, tallyWindows } from "../support/limiter-whole.ts";

const corpus =
  process.env.CONNTRAIL_CORPUS ?? fileURLToPath(new URL("../../../shared/corpus", import.meta.url));
const root = `${corpus}/ground-truth`;
const recordings = existsSync(root)
  ? readdirSync(root).filter((name) => existsSync(`${root}/${name}/truth.json`))
  : [];

interface Truth {
  readonly kernel: string;
  readonly parameters: { readonly cpus?: number };
  readonly message_cost_s?: number;
  readonly message_burst?: number;
  readonly total_true_drops: number;
  readonly other_ratelimited_lines: Record<string, number>;
}

const SLACK_US = 1_500_000;

function read(name: string) {
  const file = (path: string) => readFileSync(`${root}/${name}/${path}`, "utf8");
  const truth = JSON.parse(file("truth.json")) as Truth;
  const [header = "", ...rows] = file("samples.csv").trim().split("\n");
  const columns = header.split(",");
  const samples = rows.map((row) => {
    const cells = row.split(",");
    const cell = (column: string) => Number(cells[columns.indexOf(column)]);
    return { atUs: Math.round(cell("uptime_s") * 1e6), drop: cell("drop") };
  });
  return { truth, samples, records: readLog(file("kernel.log")) };
}

test.skipIf(recordings.length > 0)("no recordings here: nothing was checked against real kernels", () => {});

describe.each(recordings)("recording %s", (name) => {
  const { truth, samples, records } = read(name);
  const namesNetns = records.some(({ netns }) => netns !== null);
  const limiter = identifyLimiter({
    forms: new Set(records.flatMap(({ form }) => form ?? [])),
    dropForms: { usesIpConntrack: false, namesNetns },
    kernelVersion: truth.kernel,
    known: {
      costS: truth.message_cost_s ?? null,
      burst: truth.message_burst ?? null,
    },
    windows: tallyWindows(records),
  });
  const alone = Object.keys(truth.other_ratelimited_lines).length === 0 && !namesNetns;

  test("the lines show the limiter's length and size", () => {
    const inferred = inferWindow(tallyWindows(records), limiter.family);
    if (alone && inferred !== null) {
      expect(inferred).toMatchObject({ costUs: limiter.costUs, burst: limiter.burst });
    }
  });

  test.skipIf(namesNetns).each([8, 14, 20, 60])("bursts by a pause of %d s", (gapS) => {
    const gapUs = gapS * 1e6;
    const windows = [...rebuildWindows(records, limiter, { gapUs })];
    const bursts = findBursts(records, windows, gapUs);
    const counted = (atUs: number) => samples.findLast((sample) => sample.atUs <= atUs)?.drop ?? 0;
    const begin = (index: number) => windows[bursts[index]?.first ?? -1]?.beginUs ?? Number.POSITIVE_INFINITY;
    let reported = 0;
    for (const [i, burst] of bursts.entries()) {
      const own = windows.slice(burst.first, burst.last + 1);
      const last = own.at(-1);
      if (last === undefined) throw new Error("a burst without windows");
      const before = i === 0 ? null : windows[bursts[i - 1]?.last ?? -1];
      const ceiling = counterCeiling(
        samples,
        {
          firstLineUs: begin(i),
          lastWindowBeginUs: suppressedUntilUs(last, limiter) - limiter.costUs,
          costUs: limiter.costUs,
          slackUs: 1_000_000,
        },
        {
          previousEndUs: before == null ? null : suppressedUntilUs(before, limiter),
          nextBeginUs: i + 1 < bursts.length ? begin(i + 1) : null,
        },
      );
      const bounds = boundDrops({
        windows: own,
        netns: null,
        limiter,
        otherNetns: false,
        lossInside: false,
        logStartsInside: false,
        shortSeen: windows.some(({ short }) => short),
        counter: { ceiling, netns: null },
        witnessTailCap: null,
      });
      const drops = counted(begin(i + 1) - SLACK_US) - counted(begin(i) - SLACK_US);
      const say = `burst ${i}: ${drops} drops, ${JSON.stringify({ bounds, ceiling })}`;
      reported += bounds.dropsReported;
      expect(bounds.dropsMin, say).toBeLessThanOrEqual(drops);
      // Beside other users drops can hide in windows without a drop line, which belong to no burst.
      if (alone && bounds.dropsMax !== null) expect(bounds.dropsMax, say).toBeGreaterThanOrEqual(drops);
      if (alone && ceiling.ceiling !== null) expect(ceiling.ceiling, say).toBeGreaterThanOrEqual(drops);
      if (alone && truth.parameters.cpus === 1 && !bounds.reasons.includes("open-end")) {
        expect(bounds.dropsReported, say).toBe(drops);
      }
      if (alone && last.closed === false && last.full) expect(bounds.reasons, say).toContain("open-end");
      if (alone && !limiter.rigorous) expect(bounds.reasons, say).toContain("counter-ceiling");
    }
    if (alone) expect(reported).toBeLessThanOrEqual(truth.total_true_drops);
  });
});
