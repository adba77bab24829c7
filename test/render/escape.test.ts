// Log text stays text in every format, whatever it tries to be.

import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { jsonText, markdownCode, markdownText, visible } from "../../src/render/escape.ts";
import { HOSTILE, hostile, STARTS } from "./fixtures.ts";
import { NAMES, rendered, tagsOf } from "./rendered.ts";

// Everything that steers a terminal or an editor, but the line feed that ends our own lines.
const RAW = /[^\P{Cc}\n]|[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]|\p{Cs}/u;

test.each([
  ["\x1b[31m", "\\x1b[31m"],
  ["a\nb\tc\r", "a\\x0ab\\x09c\\x0d"],
  ["\x85\x9b\x7f\x00", "\\x85\\x9b\\x7f\\x00"],
  ["\u202eabc\u2066", "\\u202eabc\\u2066"],
  ["\u200b\u200e\u200f\u00ad\ufeff", "\\u200b\\u200e\\u200f\\xad\\ufeff"],
  ["\ud800x\u{e0041}", "\\ud800x\\u{e0041}"],
  ["Größe 东京 😀 a-b_c", "Größe 东京 😀 a-b_c"],
])("%j becomes %s", (raw, shown) => {
  expect(visible(raw)).toBe(shown);
});

describe.each(STARTS)("log text that starts with %j", (start) => {
  const own = hostile(start);

  test.each(NAMES)("leaves no raw control, bidi or invisible character in %s", (format) => {
    expect(rendered(format, own)).not.toMatch(RAW);
  });

  test("brings no element, handler or address into the page", () => {
    const html = rendered("html", own);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toMatch(/<script>alert/);
    for (const { name, attributes } of tagsOf(html)) {
      expect(name).toMatch(/^[a-z0-9]+$/);
      for (const [key, value] of attributes) {
        expect(key).not.toMatch(/^(?:src|srcdoc|action|on.*|style)$/i);
        if (key === "href") expect(value).toMatch(/^#[a-z0-9-]+$/);
      }
    }
  });

  test("starts no formula in a CSV cell", () => {
    const [, ...rows] = parse(rendered("csv", own)) as string[][];
    expect(rows).toHaveLength(4);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@]/);
  });

  test("stands outside of code spans without markup in Markdown", () => {
    const text = rendered("markdown", own)
      .replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, "")
      .replace(/(?<![\\`])(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, "");
    expect(text).not.toMatch(/<(?!br)/);
    expect(text).not.toMatch(/(?<!\\)\[/);
    expect(text).not.toMatch(/(?<!\\)`/);
  });

  test("leaves Markdown tables with as many cells in each row", () => {
    const lines = rendered("markdown", own).split("\n");
    let cells = 0;
    for (const line of lines) {
      const own = line.startsWith("| ") ? line.split(/(?<!\\)\|/).length : 0;
      if (own > 0 && cells > 0) expect(own).toBe(cells);
      cells = own;
    }
  });
});

test("with colour the only escapes are ours", () => {
  const text = rendered("text", HOSTILE, { colour: true });
  expect(text).toContain("\x1b[1m");
  expect(text.replace(/\x1b\[(?:0|1|2|31|33|36)m/g, "")).not.toMatch(RAW);
});

test.each([
  ["# head", "\\# head"],
  ["1. one", "1\\. one"],
  ["28.5 MiB", "28.5 MiB"],
  ["a|b`c`[d](e)", "a\\|b\\`c\\`\\[d\\](e)"],
  ["<b>&amp;", "&lt;b&gt;&amp;amp;"],
  ["nf_conntrack_max _x_", "nf_conntrack_max \\_x\\_"],
  ["@all see #12 or www.example.org", "\\@all see \\#12 or www\\.example.org"],
  ["https://example.org", "https:\\//example.org"],
])("Markdown text %j becomes %s", (raw, shown) => {
  expect(markdownText(raw)).toBe(shown);
});

test.each([
  ["a", "`a`"],
  ["a`b``c", "```a`b``c```"],
  ["`a`", "`` `a` ``"],
  ["", "` `"],
])("code span of %j is %s", (raw, shown) => {
  expect(markdownCode(raw)).toBe(shown);
});

test("JSON text keeps its value and closes no script", () => {
  const value = { a: "\u202e</script><!--\ud800\u{e0041}\x7f\x9b" };
  const text = jsonText(JSON.stringify(value));
  expect(JSON.parse(text)).toEqual(value);
  expect(text).not.toMatch(RAW);
  expect(text).not.toContain("</");
});
