// Every real excerpt gives the drop lines and suppressions that its manifest counts.

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corpus } from "../support/corpus.ts";
import { type Made, makeDatabase } from "../support/database.ts";

interface Excerpt {
  readonly file: string;
  readonly negative: boolean;
  readonly quoted_only?: boolean;
  readonly expected: {
    readonly drops: number;
    readonly legacy_full?: number;
    readonly suppression_lines: number;
    readonly suppressed_by_kind?: Record<string, number>;
    readonly repeated: number;
    readonly banners: number;
    readonly first_drop_ts?: string | null;
    readonly last_drop_ts?: string | null;
  };
}

const SHARED = ["NET", "printk", "__ratelimit", "net_ratelimit"];
const LOSSES = ["journald", "journald-missed", "rsyslog-lost"];

function sumOf(excerpt: Excerpt, kinds: readonly string[]): number {
  const by = excerpt.expected.suppressed_by_kind ?? {};
  return kinds.reduce((sum, kind) => sum + (by[kind] ?? 0), 0);
}

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** True where a row's time (UTC, as the tests read zoneless stamps) or uptime is what the manifest saw written. */
function matches(stamp: string, time: string, uptimeUs: number | null, zone: string): boolean {
  const uptime = /^\[ *(\d+)\.(\d{6})\]$/.exec(stamp);
  if (uptime !== null) return uptimeUs === Number(uptime[1]) * 1e6 + Number(uptime[2]);
  const wall = /([A-Z][a-z]{2}) +(\d+) (\d\d:\d\d:\d\d)/.exec(stamp);
  if (wall === null) return false;
  const month = String(MONTHS.indexOf(wall[1] ?? "") / 3 + 1).padStart(2, "0");
  // Where lines tell an epoch beside their stamp (d13: audit records), the zone follows from them.
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  const shift = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === "-" ? -60_000 : 60_000);
  const local = new Date(Date.parse(time) + shift).toISOString();
  return local.slice(5, 19) === `${month}-${(wall[2] ?? "").padStart(2, "0")}T${wall[3]}`;
}

const excerpts: Excerpt[] =
  corpus === null ? [] : (JSON.parse(readFileSync(`${corpus}/real/manifest.json`, "utf8")) as Excerpt[]);

describe.skipIf(corpus === null)("real excerpts", () => {
  for (const excerpt of excerpts) {
    describe(excerpt.file, () => {
      let made: Made;
      beforeAll(async () => {
        made = makeDatabase();
        await made.ingest([`${corpus}/real/${excerpt.file}`]);
      });
      afterAll(() => made.remove());
      const sum = (kind: string) =>
        made.one(`select coalesce(sum(amount), 0) from events where kind = '${kind}'`);

      it("drop lines, repeats expanded", () => {
        expect(sum("drop")).toBe(excerpt.expected.drops + excerpt.expected.repeated);
        expect(made.one("select coalesce(sum(drop_lines), 0) from bursts")).toBe(sum("drop"));
        expect(made.one("select coalesce(sum(amount), 0) from events where kind = 'drop' and speaks")).toBe(
          sum("drop"),
        );
      });
      it("suppressions of the shared limiter, of others, and losses", () => {
        const others = Object.keys(excerpt.expected.suppressed_by_kind ?? {}).filter(
          (kind) => !SHARED.includes(kind) && !LOSSES.includes(kind),
        );
        expect(sum("suppression")).toBe(sumOf(excerpt, SHARED));
        expect(sum("suppression_other")).toBe(sumOf(excerpt, others));
        expect(sum("loss")).toBe(sumOf(excerpt, LOSSES));
      });
      it("the oldest wording, which is no drop", () => {
        expect(made.one("select count(*) from events where kind = 'limit_exceeded'")).toBe(
          excerpt.expected.legacy_full ?? 0,
        );
      });
      it("the first and the last drop fall where they are stamped", () => {
        for (const [stamp, order] of [
          [excerpt.expected.first_drop_ts, "asc"],
          [excerpt.expected.last_drop_ts, "desc"],
        ] as const) {
          if (stamp === undefined || stamp === null) continue;
          const [row] = made.all<{ time: string | null; uptime_us: number | null }>(
            `select time, uptime_us from events where kind = 'drop' order by line ${order} limit 1`,
          );
          const zone = String(made.one("select zone from sources"));
          expect(
            matches(stamp, row?.time ?? "", row?.uptime_us ?? null, zone),
            `${stamp} ${JSON.stringify(row)}`,
          ).toBe(true);
        }
      });
      it("the least is what was printed, and no bound is broken", () => {
        expect(
          made.all("select * from bursts where drops_min <> drop_lines or drops_reported < drops_min"),
        ).toEqual([]);
        expect(made.all("select * from bursts where drops_max < drops_min")).toEqual([]);
      });
    });
  }
});
