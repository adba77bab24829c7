// Real kernels, watched once a second: their snapshots and sample logs must be read to the last value, and tell
// the same story. Skipped where the corpus is not at hand (CONNTRAIL_CORPUS names it).

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Observation } from "../../src/model/observation.ts";
import { createDocumentReader, detectDocument } from "../../src/observations/documents.ts";
import { CORPUS } from "./corpus.ts";
import { observe } from "./observe.ts";

const root = join(CORPUS ?? "", "ground-truth");
const runs = CORPUS === null ? [] : readdirSync(root).filter((name) => /-S\d$/.test(name));
const FACTS = { path: "samples.csv", member: null, role: null };

function text(run: string, file: string): string {
  return readFileSync(join(root, run, file), "utf8");
}

function readSamples(run: string): Observation[] {
  const bytes = readFileSync(join(root, run, "samples.csv"));
  const reader = createDocumentReader("sample-csv", FACTS);
  const observations: Observation[] = [];
  for (let at = 0; at < bytes.length; at += 777)
    observations.push(...reader.push(bytes.subarray(at, at + 777)));
  observations.push(...reader.end());
  expect(reader.problems()).toEqual([]);
  return observations;
}

function rows(run: string): Record<string, number>[] {
  const [header = "", ...lines] = text(run, "samples.csv").trim().split("\n");
  const names = header.split(",");
  return lines.map((line) =>
    Object.fromEntries(line.split(",").map((cell, index) => [names[index], Number(cell)])),
  );
}

function value(observations: readonly Observation[], key: string): number | undefined {
  return observations.find((observation) => observation.key === key)?.value;
}

function atUs(observation: Observation | undefined): number | null {
  return observation?.stamp?.kind === "instant" ? observation.stamp.atUs : null;
}

describe.skipIf(CORPUS === null).each(runs)("%s", (run) => {
  test("samples.csv is read row for row, each value at its own instant and byte", () => {
    expect(detectDocument(text(run, "samples.csv").slice(0, 4096), FACTS)).toBe("sample-csv");
    const observations = readSamples(run);
    const expected = rows(run);
    const lines = text(run, "samples.csv").split("\n");
    const read = (key: string) => observations.filter((observation) => observation.key === key);
    for (const [key, column] of [
      ["nf_conntrack_count", "count"],
      ["nf_conntrack_max", "max"],
      ["drop", "drop"],
      ["early_drop", "early_drop"],
      ["insert_failed", "insert_failed"],
    ] as const) {
      expect(read(key).map(({ value }) => value)).toEqual(expected.map((row) => row[column]));
      expect(read(key).map(atUs)).toEqual(expected.map((row) => (row.epoch_ms ?? 0) * 1000));
    }
    expect(read("uptime").map(({ value }) => value)).toEqual(
      expected.map((row) => Math.round((row.uptime_s ?? 0) * 1e6)),
    );
    expect(read("nf_conntrack_count").map(({ text }) => text)).toEqual(lines.slice(1, -1));
    expect(read("nf_conntrack_count").map(({ offset }) => offset)).toEqual(
      lines.slice(1, -1).map((_line, index) => lines.slice(0, index + 1).join("\n").length + 1),
    );
  });

  test("the raw samples tell what samples.csv tells", () => {
    const raw = gunzipSync(readFileSync(join(root, run, "samples-raw.txt.gz"))).toString("latin1");
    const { observations, problems } = observe(raw);
    const counter = (name: string, origin: string) =>
      observations.filter(({ key, origin: from }) => key === name && from === origin);
    // One raw file was fetched a few seconds before its samples.csv.
    const expected = rows(run).slice(0, raw.split("\n").filter((line) => line.startsWith("# ")).length);
    expect(expected.length).toBeGreaterThan(100);
    expect(problems).toEqual([]);
    for (const name of ["drop", "early_drop", "insert_failed"])
      expect(counter(name, "proc-stat").map(({ value }) => value)).toEqual(expected.map((row) => row[name]));
    expect(counter("drop", "proc-stat").map(atUs)).toEqual(expected.map((row) => (row.epoch_ms ?? 0) * 1000));
    expect(counter("nf_conntrack_max", "sample-comment").map(({ value }) => value)).toEqual(
      expected.map((row) => row.max),
    );
    expect(counter("uptime", "sample-comment").map(({ value }) => value)).toEqual(
      expected.map((row) => Math.round((row.uptime_s ?? 0) * 1e6)),
    );
  });

  test.each(
    CORPUS === null ? [] : readdirSync(join(root, run)).filter((name) => /^sysctl-(?!message)/.test(name)),
  )("%s is one dump at the instant of its first line", (file) => {
    const { observations, problems } = observe(text(run, file));
    const lines = text(run, file).split("\n");
    const ours = lines.filter((line) => /conntrack|net\.core\.message_/.test(line));
    const [day, time, zone] = (lines[0] ?? "").replace("# ", "").split(" ");
    const instant = Date.parse(`${day}T${time}${zone?.slice(0, 3)}:${zone?.slice(3)}`) * 1000;
    expect(problems).toEqual([]);
    expect(observations.length).toBe(ours.length);
    expect(observations.map(({ value }) => value)).toEqual(ours.map((line) => Number(line.split("= ")[1])));
    expect(new Set(observations.map(atUs))).toEqual(new Set([instant]));
    expect(value(observations, "message_burst")).toBe(10);
    expect(observations.filter(({ kind }) => kind === "limit").length).toBe(2);
  });

  test("the counters after the run are the last sample's, and conntrack -S agrees with the log of the truth", () => {
    const { observations } = observe(text(run, "conntrack-S-after.txt"));
    const last = rows(run).at(-1);
    const truth = JSON.parse(text(run, "truth.json"));
    expect(value(observations, "drop")).toBe(last?.drop);
    expect(value(observations, "early_drop")).toBe(last?.early_drop);
    expect(value(observations, "drop")).toBe(truth.total_true_drops);
  });
});

test.runIf(CORPUS === null)("needs the corpus", ({ skip }) => skip("CONNTRAIL_CORPUS does not name it"));
