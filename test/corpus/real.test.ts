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
  };
}

const SHARED = ["NET", "printk", "__ratelimit", "net_ratelimit"];
const LOSSES = ["journald", "journald-missed", "rsyslog-lost"];

function sumOf(excerpt: Excerpt, kinds: readonly string[]): number {
  const by = excerpt.expected.suppressed_by_kind ?? {};
  return kinds.reduce((sum, kind) => sum + (by[kind] ?? 0), 0);
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
      it("the least is what was printed, and no bound is broken", () => {
        expect(
          made.all("select * from bursts where drops_min <> drop_lines or drops_reported < drops_min"),
        ).toEqual([]);
        expect(made.all("select * from bursts where drops_max < drops_min")).toEqual([]);
      });
    });
  }
});
