// Several files at a time leave the same database as one after the other, row by row and id by id. What is read ahead
// here is read by the same thread; test/cli/jobs.test.ts has several.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { IngestOptions } from "../../src/pipeline/ingesting/ingest.ts";
import { corpus } from "../support/corpus.ts";
import { type Made, makeDatabase } from "../support/database.ts";
import { tables } from "../support/tables.ts";

const AHEAD: Partial<IngestOptions> = { jobs: 2, jobsFromBytes: 0, hash: true };

let folder: string;
let plain: Made;
let ahead: Made;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "conntrail-ahead-"));
  plain = makeDatabase();
  ahead = makeDatabase();
});
afterEach(() => {
  plain.remove();
  ahead.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Reads the same in both ways, and gives what came of each. */
async function both(paths: readonly string[], options: Partial<IngestOptions> = {}) {
  const problems: string[][] = [[], []];
  const tell = (list: string[] | undefined): Partial<IngestOptions> => ({
    onProblem: (path, { kind, count }) => void list?.push(`${path} ${kind} ${count}`),
  });
  const one = await plain.ingest(paths, { hash: true, ...options, ...tell(problems[0]) });
  const several = await ahead.ingest(paths, { ...AHEAD, ...options, ...tell(problems[1]) });
  expect(several).toEqual(one);
  expect(problems[1]).toEqual(problems[0]);
  expect(tables(ahead.path)).toEqual(tables(plain.path));
  return several;
}

const line = (second: number, host = "gw1", text = "nf_conntrack: table full, dropping packet") => {
  const at = new Date(Date.UTC(2026, 2, 10, 12, 0, second));
  return `${at.toISOString().slice(0, 19)}+00:00 ${host} kernel: ${text}\n`;
};
const lines = (from: number, to: number, host?: string) =>
  Array.from({ length: to - from }, (_, i) => line(from + i, host)).join("");
const put = (name: string, bytes: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

describe("whatever is in the files", () => {
  test("several hosts, and boots with uptimes", async () => {
    for (const host of ["a", "b", "c"]) {
      const boots = [0, 1].map((boot) =>
        Array.from({ length: 50 }, (_, i) =>
          line(boot * 600 + i, host, `[${(5 + i).toFixed(6)}] nf_conntrack: table full, dropping packet`),
        ).join(""),
      );
      put(`${host}.log`, boots.join(line(500, host, "[    0.000000] Linux version 6.1.0-13-amd64")));
    }
    put("all.log", ["a", "b", "c"].map((host) => lines(2000, 2050, host)).join(""));
    expect((await both([folder])).eventsAdded).toBeGreaterThan(400);
  });
  test("values, snapshots, broken files and empty ones", async () => {
    put("sysctl.txt", "net.netfilter.nf_conntrack_max = 65536\nnet.netfilter.nf_conntrack_count = 65536\n");
    put("messages", lines(0, 30));
    put("messages.1.gz", gzipSync(lines(-90, -30)).subarray(0, 90));
    put("empty.log", "");
    put(
      "noise.bin",
      Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256),
    );
    const { problems } = await both([folder, join(folder, "missing")]);
    expect(problems).toBeGreaterThan(1);
  });
  test("more rows than wait for their turn", async () => {
    put("1.log", lines(0, 10));
    const many = Array.from({ length: 60_000 }, (_, i) => line(i * 2, "gw2")).join("");
    put("2.log", many);
    put("3.log", lines(200_000, 200_010));
    expect((await both([folder])).eventsAdded).toBe(60_020);
  });
});

describe("what one file has to do with another", () => {
  test("the same log under three names, one of them compressed", async () => {
    put("a.log", lines(0, 40));
    put("b.log", lines(0, 40));
    put("c.log.gz", gzipSync(lines(0, 40)));
    expect(await both([folder])).toMatchObject({ sourcesRead: 1, sourcesSkipped: 2, eventsAdded: 40 });
  });
  test("a beginning, and the whole of which it is one", async () => {
    put("a.log", lines(0, 40));
    put("b.log", lines(0, 80));
    put("c.log", lines(0, 120));
    expect(await both([folder])).toMatchObject({ sourcesRead: 3 });
    expect(ahead.all("select bytes from sources")).toHaveLength(1);
  });
  test("logs that begin alike, and differ", async () => {
    put("a.log", lines(0, 40));
    put("b.log", lines(0, 20) + lines(30, 60));
    put("c.log", lines(0, 30) + lines(90, 99));
    expect(await both([folder])).toMatchObject({ sourcesRead: 3 });
    expect(ahead.all("select bytes from sources")).toHaveLength(3);
  });
  test("a second run, with new ones beside one that has grown", async () => {
    put("a.log", `${lines(0, 3000)}${"x".repeat(1 << 20)}\n`);
    await both([folder]);
    put("b.log", lines(5000, 5050));
    put("c.log", lines(6000, 6050));
    put("a.log", `${lines(0, 3000)}${"x".repeat(1 << 20)}\n${lines(4000, 4010)}`);
    expect(await both([folder])).toMatchObject({ eventsAdded: expect.any(Number) });
    expect(ahead.one("select count(*) from events")).toBe(3110);
  });
});

describe.runIf(corpus !== null)("the corpus (skipped where it is missing)", () => {
  it.each(["real", "ground-truth"])("all below %s at once", { timeout: 120_000 }, async (name) => {
    await both([join(corpus ?? "", name)]);
    expect(ahead.one("select count(*) from sources")).toBeGreaterThan(20);
  });
});
