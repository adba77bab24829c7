// The corpus says of each real excerpt which limits and counts a literal reading finds. The observer must find
// these, and no others. Skipped where the corpus is not at hand (CONNTRAIL_CORPUS names it).

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Observation } from "../../src/model/observation.ts";
import { CORPUS } from "./corpus.ts";
import { NOWHERE, observe, stripHeader } from "./observe.ts";

type Told = Readonly<Record<string, unknown>>;

interface Entry {
  readonly file: string;
  readonly expected: {
    readonly limits?: Told;
    readonly counts?: Told;
    readonly banner_detail?: readonly { buckets: number; max: number; bytes_per_conntrack?: number }[];
  };
}

/** The manifest's names in ours: key of the observation, and the origins that may tell it. */
function key(name: string): string {
  const names: readonly (readonly [RegExp, string])[] = [
    [/^(?:banner|message)\.max$|entries_limit$|[._/:](?:nf|ip)_conntrack_max$/, "nf_conntrack_max"],
    [/^banner\.buckets$|hashsize$|conntrack_buckets$/, "nf_conntrack_buckets"],
    [/conntrack_entries$|conntrack_count$/, "nf_conntrack_count"],
    [/conntrack_expect_max$/, "nf_conntrack_expect_max"],
  ];
  return names.find(([pattern]) => pattern.test(name))?.[1] ?? `unknown name ${name}`;
}

function numbers(value: unknown): number[] {
  return (Array.isArray(value) ? value : [value]).map(Number);
}

/** `key=value` of everything the manifest tells. */
function told(entry: Entry): Set<string> {
  const all = new Set<string>();
  const { limits = {}, counts = {} } = entry.expected;
  for (const [name, value] of Object.entries({ ...limits, ...counts })) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      for (const number of numbers(value)) all.add(`${key(name)}=${number}`);
      continue;
    }
    const sums = "sums" in value ? (value.sums as Told) : (value as Told);
    for (const [counter, sum] of Object.entries(sums))
      all.add(`${counter === "entries" ? "nf_conntrack_count" : counter}=${Number(sum)}`);
  }
  return all;
}

function found(observations: readonly Observation[]): Set<string> {
  const kinds = ["limit", "entries", "buckets", "counter"];
  const told = observations.filter(
    ({ kind, key }) => kinds.includes(kind) || key === "nf_conntrack_expect_max",
  );
  return new Set(told.map(({ key, value }) => `${key}=${value}`));
}

function readEntry(folder: string, file: string): Observation[] {
  return observe(readFileSync(join(folder, "real", file), "utf8"), { ...NOWHERE, path: file }, stripHeader)
    .observations;
}

describe.skipIf(CORPUS === null)("real excerpts", () => {
  const folder = CORPUS ?? "";
  const manifest: Entry[] =
    CORPUS === null ? [] : JSON.parse(readFileSync(join(folder, "real/manifest.json"), "utf8"));

  test.each(manifest)("$file tells its limits and counts", (entry) => {
    expect(found(readEntry(folder, entry.file))).toEqual(told(entry));
  });

  test.each(manifest.filter(({ expected }) => (expected.banner_detail ?? []).length > 0))(
    "$file tells the size of an entry where its banner does",
    (entry) => {
      const sizes = (entry.expected.banner_detail ?? []).flatMap(
        ({ bytes_per_conntrack: bytes }) => bytes ?? [],
      );
      const read = readEntry(folder, entry.file).filter(({ kind }) => kind === "entry_bytes");
      expect(read.map(({ value }) => value)).toEqual(sizes);
    },
  );

  test("the manifest has what these tests are for", () => {
    expect(manifest.filter((entry) => told(entry).size > 0).length).toBeGreaterThan(15);
  });
});

test.runIf(CORPUS === null)("needs the corpus", ({ skip }) => skip("CONNTRAIL_CORPUS does not name it"));
