// Statistics in tables: sums over CPUs, whatever the layout.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { facts, observe } from "./observe.ts";

describe("counters", () => {
  test("a second dump is a second sum, blank lines between rows do not matter", () => {
    const text = "cpu=0 found=1 drop=1\n\ncpu=1 found=1 drop=2\ncpu=0 found=2 drop=5";
    const drops = observe(text).observations.filter(({ key }) => key === "drop");
    expect(drops.map(({ value }) => value)).toEqual([3, 5]);
  });

  test("a wrapped header and wrapped rows are whole again; a cut row is told", () => {
    const text =
      "entries  searched found new invalid\nignore delete drop\n0000000a  00000001 00000002\n00000003 00000004 00000005 00000006 000000ff\n0000000a 00000001";
    const { observations, problems } = observe(text);
    expect(
      facts(observations)
        .map(([, key, value]) => `${key}=${value}`)
        .join(" "),
    ).toBe("nf_conntrack_count=10 searched=1 found=2 new=3 invalid=4 ignore=5 delete=6 drop=255");
    expect(problems.map(({ kind }) => kind)).toEqual(["bad-row"]);
  });

  test.each([
    ["a mail program", ""],
    ["a backslash", " \\"],
  ])("rows of conntrack -S that %s broke are whole again", (_by, mark) => {
    const row = (cpu: number) =>
      `cpu=${cpu}   \tfound=1 insert_failed=0${mark}\n      drop=${cpu + 2} early_drop=1`;
    const { observations, problems } = observe(`# conntrack -S\n${row(0)}\n${row(1)}\n`);
    expect(facts(observations)).toEqual([
      ["counter", "found", 2],
      ["counter", "insert_failed", 0],
      ["counter", "drop", 5],
      ["counter", "early_drop", 2],
    ]);
    expect(problems).toEqual([]);
  });

  test("a counter counts where every CPU told it: rows cut at the end, rows left out", () => {
    const row = (cpu: number, more: string) => `cpu=${cpu}   \tfound=1 drop=${cpu + 2}${more}`;
    const cut = observe(`# conntrack -S\n${row(0, " early_drop=1 ...")}\n${row(1, " ...")}\n`);
    expect(facts(cut.observations)).toEqual([
      ["counter", "found", 2],
      ["counter", "drop", 5],
    ]);
    expect(cut.problems.map(({ kind }) => kind)).toEqual(["bad-row"]);
    const left = observe(`# conntrack -S\n${row(0, "")}\n...\n${row(63, "")}\n`);
    expect(left.observations).toEqual([]);
    expect(left.problems.map(({ kind }) => kind)).toEqual(["bad-row"]);
  });

  test("a table of /proc/net/stat in a program's comment", () => {
    const rows =
      "# entries  searched found drop\n# 00000085  00003e40 00000002 00000010\n# 00000085  00000001 00000003 00000001\n";
    expect(facts(observe(rows).observations)).toEqual([
      ["entries", "nf_conntrack_count", 133],
      ["counter", "searched", 15937],
      ["counter", "found", 5],
      ["counter", "drop", 17],
    ]);
  });

  test("what a poster wrote behind a row does not end the table", () => {
    const rows = [
      "cpu=0   \tfound=0 insert_failed=12 drop=12 early_drop=0  <--- here",
      "cpu=1   \tfound=0 insert_failed=1 drop=2 early_drop=3 (!!)",
      "cpu=2   \tfound=0 insert_failed=0 drop=1 early_drop=0 # quiet",
    ];
    const { observations, problems } = observe(`$ sudo conntrack -S\n${rows.join("\n")}\n`);
    expect(facts(observations)).toEqual([
      ["counter", "found", 0],
      ["counter", "insert_failed", 13],
      ["counter", "drop", 15],
      ["counter", "early_drop", 3],
    ]);
    expect(problems).toEqual([]);
    const named = observe("entries   \t48\nfound   \t7\ninsert_failed   \t5   \u2190 new ones\ndrop   \t3\n");
    expect(facts(named.observations)).toEqual([
      ["entries", "nf_conntrack_count", 48],
      ["counter", "found", 7],
      ["counter", "insert_failed", 5],
      ["counter", "drop", 3],
    ]);
    expect(observe("cpu=0 found=1 drop=about 3 # guess").observations).toEqual([]);
  });

  test("a row of lnstat is cited by itself, wherever the header is repeated", () => {
    const head = "nf_connt|nf_connt|\n entries|    drop|\n";
    const { observations } = observe(`${head}      17|       0|\n${head}      18|       1|\n`);
    expect(observations.map(({ value, text, offset }) => [value, text, offset])).toEqual([
      [17, "      17|       0|", 38],
      [18, "      18|       1|", 95],
    ]);
  });

  test("what a row has told is not told again by the line below it", () => {
    const drops = observe("cpu=0 found=1 drop=1\ndrop=9").observations.filter(({ key }) => key === "drop");
    expect(drops.map(({ value }) => value)).toEqual([1]);
  });

  test("sums over CPUs may exceed 32 bits", () => {
    const text = `entries found drop\n${"00000001 ffffffff ffffffff\n".repeat(3)}`;
    expect(facts(observe(text).observations)[1]).toEqual(["counter", "found", 3 * 4294967295]);
  });

  test("rows add up, whatever the numbers", () => {
    const cell = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 64 }), (cpus) => {
        const hex = (value: number) => value.toString(16).padStart(8, "0");
        const stat = ["entries  found drop ", ...cpus.map(([a, b]) => `0000000a  ${hex(a)} ${hex(b)} `)].join(
          "\n",
        );
        const tool = cpus.map(([a, b], cpu) => `cpu=${cpu}   \tfound=${a} drop=${b} `).join("\n");
        const sum = (at: 0 | 1) => cpus.reduce((total, row) => total + row[at], 0);
        const sums = [
          ["counter", "found", sum(0)],
          ["counter", "drop", sum(1)],
        ];
        expect(facts(observe(tool).observations)).toEqual(sums);
        expect(facts(observe(stat).observations)).toEqual([["entries", "nf_conntrack_count", 10], ...sums]);
      }),
    );
  });
});
