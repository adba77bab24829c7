// Recordings of real kernels, with the packets that were really dropped: every bound holds, in every rendering.

import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corpus } from "../support/corpus.ts";
import { type Made, makeDatabase } from "../support/database.ts";

interface Truth {
  readonly total_true_drops: number;
  readonly printed_drop_lines: number;
  readonly suppressed_sum: number;
  readonly other_ratelimited_lines: Record<string, number>;
  readonly unprinted_tail: number;
  readonly parameters: { readonly cpus: number };
  readonly bursts: readonly {
    readonly start_epoch_ms: number;
    readonly end_epoch_ms: number;
    readonly true_drops: number;
  }[];
}

interface BurstRow {
  readonly start_us: number | null;
  readonly end_us: number | null;
  readonly drop_lines: number;
  readonly drops_min: number;
  readonly drops_reported: number;
  readonly drops_max: number | null;
  readonly bound: string;
  readonly bound_reasons: string;
}

const root = `${corpus}/ground-truth`;
const names = corpus === null ? [] : readdirSync(root).filter((name) => /^\d/.test(name));
const KERNEL_LOGS = [
  "kernel.log",
  "dmesg-T.txt",
  "dmesg-iso.txt",
  "dmesg-raw-level.txt",
  "proc-kmsg-stream.txt",
];

const truthOf = (name: string) => JSON.parse(readFileSync(`${root}/${name}/truth.json`, "utf8")) as Truth;
const filesOf = (name: string) => readdirSync(`${root}/${name}`);

/** True drops of the recorded bursts that lie within a burst of ours, to the second that samples carry. */
function trueDrops(truth: Truth, burst: BurstRow): number {
  const [from, to] = [(burst.start_us ?? 0) / 1000 - 3000, (burst.end_us ?? 0) / 1000 + 8000];
  return truth.bursts
    .filter((one) => one.start_epoch_ms >= from - 3000 && one.end_epoch_ms <= to + 3000)
    .reduce((sum, one) => sum + one.true_drops, 0);
}

describe.skipIf(corpus === null)("recordings", () => {
  for (const name of names) {
    describe(name, () => {
      const truth = truthOf(name);
      for (const file of KERNEL_LOGS.filter((one) => filesOf(name).includes(one))) {
        it(`${file} alone: every printed line, and no bound above or below the truth`, async () => {
          const made = makeDatabase();
          await made.ingest([`${root}/${name}/${file}`]);
          expect(made.one("select sum(drop_lines) from bursts")).toBe(truth.printed_drop_lines);
          expect(made.one("select sum(drops_reported) from bursts")).toBe(
            truth.printed_drop_lines + truth.suppressed_sum,
          );
          expect(made.one("select sum(drops_min) from bursts")).toBeLessThanOrEqual(truth.total_true_drops);
          made.remove();
        });
      }

      describe("with samples.csv beside the log", () => {
        let made: Made;
        let bursts: BurstRow[];
        beforeAll(async () => {
          made = makeDatabase();
          await made.ingest([`${root}/${name}/kernel.log`, `${root}/${name}/samples.csv`]);
          bursts = made.all<BurstRow>("select * from bursts order by start_us");
        });
        afterAll(() => made.remove());

        it("every burst has a ceiling, and the truth lies between the bounds", () => {
          for (const burst of bursts) {
            const drops = trueDrops(truth, burst);
            expect(drops).toBeGreaterThanOrEqual(burst.drops_min);
            expect(burst.drops_max).not.toBeNull();
            expect(burst.drops_max ?? 0).toBeGreaterThanOrEqual(drops);
            if (burst.bound === "exact") expect(burst.drops_min).toBe(drops);
          }
          expect(bursts.reduce((sum, burst) => sum + trueDrops(truth, burst), 0)).toBe(
            truth.total_true_drops,
          );
        });
        it("a burst that does not hold the last window is reported to the packet", () => {
          if (truth.parameters.cpus !== 1 || Object.keys(truth.other_ratelimited_lines).length > 0) return;
          for (const burst of bursts.slice(0, -1)) expect(burst.drops_reported).toBe(trueDrops(truth, burst));
        });
        it("the last one says that its end is open, unless nothing was left untold", () => {
          const last = bursts.at(-1);
          if (truth.unprinted_tail > 0) expect(last?.bound_reasons).toContain("open-end");
        });
      });
    });
  }
});

const S5 = `${root}/6.1-S5`;
const RENDERINGS = [
  "var-log",
  "journal-all-short-tail.txt",
  "journal-k-short-full.txt",
  "journal-k-short-iso.txt",
  "journal-k-short-monotonic.txt",
  "journal-k-short-precise.txt",
  "journal-k-short.txt",
  "kernel.log",
  "dmesg-T.txt",
  "dmesg-iso.txt",
  "dmesg-raw-level.txt",
].map((name) => `${S5}/${name}`);

describe.skipIf(corpus === null)("one boot in eleven renderings", () => {
  for (const path of RENDERINGS) {
    it(`${path.slice(S5.length + 1)} alone gives the same 121 lines`, async () => {
      const made = makeDatabase();
      await made.ingest([path]);
      expect(made.one("select sum(drop_lines) from bursts")).toBe(121);
      expect(made.one("select sum(drops_reported) from bursts")).toBe(56797);
      made.remove();
    });
  }
  for (const [order, paths] of [
    ["given", RENDERINGS],
    ["reversed", [...RENDERINGS].reverse()],
  ] as const) {
    it(`all together, in ${order} order, one run each: one burst of one host`, async () => {
      const made = makeDatabase();
      for (const path of paths) await made.ingest([path]);
      expect(made.all("select host, drop_lines, drops_reported, witnesses from bursts")).toEqual([
        { host: "router", drop_lines: 121, drops_reported: 56797, witnesses: 5 },
      ]);
      made.remove();
    });
  }
  it("instants agree between renderings to within what each can carry", async () => {
    const made = makeDatabase();
    await made.ingest(RENDERINGS);
    // samples.csv puts the first line's uptime, 58.899907 s, at 19:49:49.51: the log's readers stamped it a moment later.
    const firsts = made.all<{ channel: string; first: number; last: number }>(
      "select channel, source_id, min(at_us) / 1e6 as first, max(at_us) / 1e6 as last from events where kind = 'drop' group by source_id having count(*) > 100",
    );
    expect(firsts.length).toBeGreaterThan(9);
    for (const { first, last } of firsts) {
      expect(Math.abs(first - 1777319389.57)).toBeLessThan(1.01);
      expect(Math.abs(last - 1777319493.356)).toBeLessThan(1.01);
    }
    made.remove();
  });
  it("a rotation in the middle of a window splits nothing", async () => {
    const made = makeDatabase();
    await made.ingest([`${S5}/var-log/messages.2.gz`, `${S5}/var-log/messages.1`], { tz: "Europe/Madrid" });
    expect(made.all("select drop_lines, suppressed from bursts")).toEqual([
      { drop_lines: 121, suppressed: 56676 },
    ]);
    made.remove();
  });
});
