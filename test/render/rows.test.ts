// Rows of a stranger's query: any value, any width, any number of them.

import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { formatRows } from "../../src/render/rows.ts";
import { widthOf } from "../../src/render/text/layout.ts";
import { HOSTILE, STARTS } from "./fixtures.ts";

const NASTY = HOSTILE.hosts[0]?.bursts[0]?.first.text ?? "";
const RAW = /[^\P{Cc}\n]|[\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]|\p{Cs}/u;

const written = (...given: Parameters<typeof formatRows>) => [...formatRows(...given)].join("");

/** Rows that notice how far they were read. */
function counted(total: number) {
  const state = { read: 0 };
  function* rows() {
    for (let i = 0; i < total; i += 1) {
      state.read += 1;
      yield { n: i, text: `row ${i}` };
    }
  }
  return { state, rows: rows() };
}

describe.each(["json", "csv"] as const)("%s", (format) => {
  test("hands rows on as they come", () => {
    const { state, rows } = counted(100_000);
    const pieces = formatRows(rows, format);
    for (let i = 0; i < 10; i += 1) pieces.next();
    expect(state.read).toBeLessThan(12);
  });
});

test("a table holds a bound of rows and says how many it left out", () => {
  const text = written(counted(2_503).rows, "table");
  expect(text.match(/^ *\d+ {2}row \d+$/gm)).toHaveLength(1000);
  expect(text).toContain("1503 more rows left out: --format csv and json have all\n");
  expect(written(counted(3).rows, "table", { mostRows: 2 })).toContain("1 more row left out");
});

test("a line that fits stands in a table blank for blank, in JSON and CSV always", () => {
  const text = "[   58.899907] nf_conntrack: table full,  dropping packet";
  expect(written([{ text }], "table", { width: 80 }).split("\n")[2]).toBe(text);
  expect(written([{ id: 1, text }], "table", { width: 80 }).split("\n")[2]).toBe(` 1  ${text}`);
  expect(JSON.parse(written([{ text }], "json"))).toEqual([{ text }]);
  expect(parse(written([{ text }], "csv"))).toEqual([["text"], [text]]);
});

test("no rows", () => {
  expect([written([], "table"), written([], "json"), written([], "csv")]).toEqual(["no rows\n", "[]\n", ""]);
});

test("JSON parses, keeps hostile text and exact numbers, and holds nothing raw that steers", () => {
  const rows = [
    {
      [NASTY]: NASTY,
      big: 2n ** 60n,
      bytes: new Uint8Array([1, 255]),
      none: null,
      much: Number.POSITIVE_INFINITY,
    },
    { [NASTY]: "</script>", big: 1n, bytes: null, none: null, much: -1.5 },
  ];
  const text = written(rows, "json");
  expect(text).not.toMatch(RAW);
  expect(text).not.toContain("</");
  expect(JSON.parse(text)).toEqual([
    { [NASTY]: NASTY, big: "1152921504606846976", bytes: "01ff", none: null, much: "Infinity" },
    { [NASTY]: "</script>", big: "1", bytes: null, none: null, much: -1.5 },
  ]);
  expect(text).toBe(`${text.trimEnd()}\n`);
});

describe.each([...STARTS, "＝1", "＠a"])("CSV text that starts with %j", (start) => {
  test("is no formula and nothing that steers", () => {
    const text = written([{ [`${start}head`]: `${start}${NASTY}` }], "csv");
    expect(text).not.toMatch(RAW);
    for (const cell of (parse(text) as string[][]).flat()) expect(cell).not.toMatch(/^\s*[=+\-@＝＠]/);
  });
});

test("CSV numbers stay numbers, below zero too", () => {
  expect(written([{ a: -5, b: -1.5, c: -(2n ** 60n), d: null }], "csv")).toBe(
    "a,b,c,d\n-5,-1.5,-1152921504606846976,\n",
  );
});

test("a table fits its width, as rows where it can and as records where not, whatever stands in it", () => {
  const wide = "x".repeat(300);
  for (const row of [
    { a: 1, b: "one two three" },
    { a: wide, b: wide },
    { [NASTY]: NASTY, 表: "東京".repeat(90) },
  ]) {
    const text = written([row, row], "table", { width: 60 });
    expect(text).not.toMatch(RAW);
    for (const line of text.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(60);
  }
  const long = written([{ a: "y".repeat(5_000_000) }], "table");
  expect(long.length).toBeLessThan(5_000);
  expect(long).toContain("5000000 characters in all");
});
