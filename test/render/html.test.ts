import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  ALL,
  burst,
  citation,
  host,
  IN_BERLIN,
  NO_LOGS,
  ONE_HOST,
  report,
  TWO_HOSTS,
  UNDATED,
  YEAR,
} from "./fixtures.ts";
import { rendered, tagsOf } from "./rendered.ts";

const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const only = (html: string, pattern: RegExp) => {
  const found = [...html.matchAll(pattern)].map((match) => match[1] ?? "");
  expect(found).toHaveLength(1);
  return found[0] ?? "";
};

describe.each(Object.entries(ALL))("the page of %s", (_, own) => {
  const html = rendered("html", own);

  test("allows its own script and style and nothing else", () => {
    const policy = only(html, /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/g);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src ${hash(only(html, /<script>([\s\S]*?)<\/script>/g))};`);
    expect(policy).toContain(`style-src ${hash(only(html, /<style>([\s\S]*?)<\/style>/g))};`);
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style>"));
  });

  test("asks the network for nothing", () => {
    expect(html).not.toMatch(/<(?:link|img|iframe|object|base)\b|@import|url\((?!#)|\ssrc=/);
  });

  test("has its headings in order and one of the first level", () => {
    const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map((match) => Number(match[1]));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, i) => {
      expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
  });

  test("names every chart, scopes every heading cell, and repeats no id", () => {
    const tags = tagsOf(html);
    const values = (key: string) => tags.flatMap((tag) => tag.attributes.get(key) ?? []);
    for (const { attributes } of tags.filter((tag) => tag.attributes.get("role") === "img")) {
      expect(attributes.get("aria-label") ?? attributes.get("aria-labelledby")).toMatch(/./);
    }
    for (const { attributes } of tags.filter((tag) => tag.name === "th")) {
      expect(attributes.get("scope")).toMatch(/^(?:col|row)$/);
    }
    const ids = values("id");
    expect(new Set(ids).size).toBe(ids.length);
    for (const target of values("href")) expect(ids).toContain(target.slice(1));
    for (const name of values("aria-labelledby").flatMap((names) => names.split(" ")))
      expect(ids).toContain(name);
  });

  test("says its language", () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
  });
});

test("a cited line is shown blank for blank", () => {
  const text = "[   58.899907] nf_conntrack: table full,  dropping packet";
  const own = burst({ first: citation({ text }) });
  const html = rendered("html", report([host("gw1", [own])]));
  expect(html).toContain(`<code>${text}</code>`);
  const style = only(html, /<style>([\s\S]*?)<\/style>/g);
  expect(style).toMatch(/\ncode,pre\{[^}]*white-space:pre-wrap/);
  expect(style).toMatch(/\.cites code\{[^}]*overflow-wrap:anywhere/);
});

test("a year of 1200 buckets stays below 2 MB", () => {
  expect(Buffer.byteLength(rendered("html", YEAR))).toBeLessThan(2_000_000);
  expect(Buffer.byteLength(rendered("html", ONE_HOST))).toBeLessThan(150_000);
});

test("paths hold numbers only", () => {
  for (const own of Object.values(ALL)) {
    for (const [, path] of rendered("html", own).matchAll(/<path[^>]* d="([^"]*)"/g)) {
      expect(path).toMatch(/^[MLHVZhv0-9.,\- ]*$/);
    }
  }
});

test("both panels, holes, bursts and marks are drawn", () => {
  const html = rendered("html", ONE_HOST);
  for (const sign of ["band", "printed", "count", "limit", "shade", "hole", "mark"]) {
    expect(html).toMatch(new RegExp(`<(?:path|rect|line) class="${sign}"`));
  }
  expect(html).toContain(
    "<title>Burst 1: 2024-03-10 14:02:07 UTC, 2 min 5 s, between 121 and 56,809 dropped</title>",
  );
  expect(html).toContain(
    "<title>No log from 2024-03-10 16:12:00 to 16:26:00 UTC: a file of the rotation is missing.</title>",
  );
});

test("ticks stand at whole hours of the displayed zone, with the date", () => {
  const html = rendered("html", IN_BERLIN);
  expect(html).toMatch(/>14:00<\/text>/);
  expect(html).toMatch(/>2024-03-10<\/text>/);
});

test("several hosts begin with an overview, one host does not", () => {
  expect(rendered("html", TWO_HOSTS)).toContain('id="overview"');
  expect(rendered("html", ONE_HOST)).not.toContain('id="overview"');
});

test("no timeline, no logs: said in words", () => {
  expect(rendered("html", UNDATED)).toContain("Nothing here carries a time");
  expect(rendered("html", NO_LOGS)).toContain("No logs have been read.");
});

test("odd timelines draw no NaN", () => {
  const [one] = ONE_HOST.hosts;
  const own = one?.timeline;
  if (one === undefined || own === null || own === undefined) throw new Error("fixture");
  const bucket = {
    atUs: own.fromUs,
    dropLines: 2 ** 40,
    suppressed: 2 ** 50,
    entriesMin: null,
    entriesMax: null,
  };
  for (const over of [
    { buckets: [], toUs: own.fromUs },
    { buckets: [bucket], toUs: own.fromUs, limits: [], coverage: [], marks: [] },
    {
      buckets: [{ ...bucket, entriesMin: 0, entriesMax: 0 }],
      limits: [{ atUs: own.fromUs - 1, value: 2 ** 31 }],
    },
  ]) {
    for (const format of ["html", "text", "markdown"] as const) {
      const text = rendered(format, report([{ ...one, timeline: { ...own, ...over } }]));
      expect(text.replace(/<script>[\s\S]*<\/script>/, "")).not.toMatch(/NaN|undefined|Infinity/);
      for (const line of format === "text" ? text.split("\n") : [])
        expect(line.length).toBeLessThanOrEqual(80);
    }
  }
});
