import { describe, expect, test } from "vitest";
import { hang, table, widthOf, wrap } from "../../src/render/text/layout.ts";
import { LANGUAGES } from "../../src/render/words.ts";
import { ALL, burst, HOSTILE, host, NOON, ONE_HOST, report, TWO_HOSTS, timeline } from "./fixtures.ts";
import { rendered } from "./rendered.ts";

describe.each(Object.keys(ALL))("%s", (name) => {
  test.each([40, 80, 100, 140, 200])("fits %i columns without trailing blanks", (width) => {
    const own = ALL[name];
    if (own === undefined) throw new Error(name);
    for (const lang of LANGUAGES) {
      for (const ascii of [false, true]) {
        for (const line of rendered("text", { ...own, lang }, { width, ascii }).split("\n")) {
          expect(widthOf(line)).toBeLessThanOrEqual(width);
          expect(line).toBe(line.trimEnd());
        }
      }
    }
  });
});

test("ASCII alone where asked", () => {
  expect(rendered("text", ONE_HOST, { ascii: true })).toMatch(/^[\n\x20-\x7e]*$/);
  expect(rendered("text", TWO_HOSTS, { ascii: true })).toMatch(/^[\n\x20-\x7e]*$/);
  expect(rendered("text", { ...TWO_HOSTS, lang: "es" }, { ascii: true })).toMatch(/^[\n\x20-\x7e]*$/);
});

test("colour adds nothing but colour", () => {
  for (const own of [ONE_HOST, TWO_HOSTS, HOSTILE]) {
    const coloured = rendered("text", own, { colour: true });
    expect(coloured).toContain("\x1b[");
    expect(coloured.replace(/\x1b\[\d+m/g, "")).toBe(rendered("text", own));
  }
});

test("wider terminals get a wider timeline", () => {
  const longest = (width: number) =>
    Math.max(...rendered("text", ONE_HOST, { width }).split("\n").map(widthOf));
  expect(longest(140)).toBeGreaterThan(130);
});

test("the answer comes first", () => {
  expect(rendered("text", ONE_HOST)).toMatch(
    /^web-01 dropped packets in 3 bursts between 2024-03-10 14:02:07/,
  );
});

test("wide and combining characters are measured as they are drawn", () => {
  expect(["abc", "东京", "e\u0301", "ｆ"].map(widthOf)).toEqual([3, 4, 1, 2]);
});

test("a number and its unit stay on one line, and long words are cut", () => {
  expect(wrap("lasted for 12 min", 15)).toEqual(["lasted for", "12 min"]);
  expect(wrap("abcdefghij kl", 4)).toEqual(["abcd", "efgh", "ij", "kl"]);
  expect(hang("- ", "one two", 10, wrap)).toEqual(["- one two"]);
});

test("marks of one column have a sign of their own, which the legend names", () => {
  const marked = (minutes: number) => {
    const mark = (atUs: number, kind: "boot" | "limit") => ({ atUs, kind, label: kind, labelSaid: null });
    const marks = [mark(NOON, "boot"), mark(NOON + minutes * 60_000_000, "limit")];
    return { ...timeline([], { fromUs: NOON, count: 60, bucketUs: 60_000_000 }), marks };
  };
  const shown = (minutes: number) =>
    rendered("text", report([host("gw1", [burst()], { timeline: marked(minutes) })]));
  expect(shown(0)).toMatch(/Marks │\+/);
  expect(shown(0)).toContain("+ several of these");
  expect(shown(30)).not.toContain("+ several of these");
});

test("blanks within a line stay as many as they were", () => {
  expect(wrap("[   58.899907] a", 20)).toEqual(["[   58.899907] a"]);
  expect(wrap("  Feb  3 16:35:58  gw1", 14)).toEqual(["  Feb  3", "16:35:58  gw1"]);
});

test("a table too wide for its page becomes records", () => {
  const columns = [{ head: "key" }, { head: "value", right: true }];
  expect(table(columns, [["abc", "1"]], 20)).toEqual(["key  value", "---  -----", "abc      1"]);
  expect(table(columns, [["a".repeat(30), "1".repeat(30)]], 40)).toEqual([
    `key    ${"a".repeat(30)}`,
    `value  ${"1".repeat(30)}`,
  ]);
});
