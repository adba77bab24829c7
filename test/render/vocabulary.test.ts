// Every name that a record may hold has words, in every language: the names come from the tables they are made in.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ADVICE_WORDS } from "../../src/analysis/advise.ts";
import type { Reason } from "../../src/analysis/bounds-reasons.ts";
import { VERDICTS } from "../../src/analysis/verdict.ts";
import type { Trouble } from "../../src/formats/troubles.ts";
import type {
  AdviceItem,
  CoverageSpan,
  LimitSpan,
  Timeline,
  WitnessAccount,
} from "../../src/model/report.ts";
import type { BasisPart } from "../../src/model/stamp.ts";
import { CATALOGUE } from "../../src/observations/catalogue.ts";
import { DOCUMENTS } from "../../src/observations/documents.ts";
import type { ProblemKind } from "../../src/observations/tally.ts";
import type { Words } from "../../src/render/words/en.ts";
import { basisWords, LANGUAGES, wordsFor } from "../../src/render/words.ts";
import { SOURCE_PROBLEMS } from "../../src/sources/problems.ts";

/** All names of a union: one left out does not compile. */
function every<Name extends string>(names: Readonly<Record<Name, true>>): readonly string[] {
  return Object.keys(names);
}

const REASONS = every<Reason>({
  "limiter-unknown": true,
  "kernels-mixed": true,
  "version-contradicted": true,
  "shared-with-printk": true,
  "limiter-switched": true,
  "window-default": true,
  "window-inferred": true,
  "counter-reset": true,
  "counter-not-enclosing": true,
  "counter-moving": true,
  "open-end": true,
  "closed-by-size": true,
  "contention-uncounted": true,
  "suppressed-unproven": true,
  "shared-limiter": true,
  "mixed-namespaces": true,
  "edge-booking": true,
  "lines-lost": true,
  "lines-left-out": true,
  "witness-contradicts": true,
  "notices-missing": true,
  "log-starts-inside": true,
  "window-short": true,
  "count-unreadable": true,
  "order-unclear": true,
  "limiter-disabled": true,
  "counter-ceiling": true,
  "counter-other-namespace": true,
});
const BASES = every<BasisPart>({
  explicit: true,
  option: true,
  "anchored-zone": true,
  "assumed-zone": true,
  "inferred-year": true,
  "boot-anchor": true,
  derived: true,
  "file-time": true,
  undated: true,
});
const RELATIONS = every<WitnessAccount["relation"]>({
  speaks: true,
  agrees: true,
  fewer: true,
  contradicts: true,
  silent: true,
});
const PROBLEMS = every<Trouble | ProblemKind>({
  "field-too-long": true,
  "bad-record": true,
  "cut-record": true,
  "alias-conflict": true,
  "number-too-large": true,
  "impossible-value": true,
  "bad-row": true,
  "cut-row": true,
  "cut-document": true,
  "line-too-long": true,
  "unnamed-series": true,
});
const FORCES = every<LimitSpan["force"]>({ effective: true, configured: true });
const MARKS = every<Timeline["marks"][number]["kind"]>({ boot: true, limit: true, clock: true });
const UNITS = every<AdviceItem["unit"]>({ entries: true, buckets: true, seconds: true });
const COVERAGE = every<CoverageSpan["kind"]>({ seen: true, gap: true });

const SRC = join(import.meta.dirname, "../../src");

/** What the first group of a pattern finds in the sources of a folder. */
function written(folder: string, pattern: RegExp): readonly string[] {
  const files = readdirSync(join(SRC, folder), { encoding: "utf8", recursive: true }).filter((name) =>
    name.endsWith(".ts"),
  );
  return files.flatMap((name) =>
    [...readFileSync(join(SRC, folder, name), "utf8").matchAll(pattern)].map((match) => match[1] ?? ""),
  );
}

const NOTED = [
  ...written("pipeline", /\bproblems\.add\(\s*"([a-z-]+)"/g),
  ...written("messages", /UNKNOWN_REPEAT = "([a-z-]+)"/g),
  ...written("lines", /#note\("([a-z-]+)"/g),
  ...written("clock", /doubt: (?:atUs === null \? )?"([a-z-]+)"/g),
];
const RUNS = ["run-failed", "run-interrupted"];
const HOLES = [
  ...written("pipeline", /reason: "([a-z-]+)"/g),
  ...written("analysis", /reason: "(log)"/g),
  ...["no-log", "rotation-missing"],
];
const ROLES = written("pipeline", /\["((?:limit|count)[a-z-]*)", row\./g);

const DOUBTS = [...written("formats", /doubts\.push\("([a-z-]+)"\)/g), "no-uptime"];

const NAMES: readonly (readonly [keyof Words, readonly string[]])[] = [
  ["reasons", REASONS],
  ["bases", BASES],
  ["relations", RELATIONS],
  ["doubts", DOUBTS],
  ["origins", [...CATALOGUE.map((row) => row.id), ...DOCUMENTS.map((row) => row.id), "assumed"]],
  ["roles", ROLES],
  ["problemKinds", [...Object.keys(SOURCE_PROBLEMS), ...PROBLEMS, ...NOTED, ...RUNS]],
  ["coverageReasons", HOLES],
  ["forces", FORCES],
  ["markKinds", MARKS],
  ["markLetters", MARKS],
  ["units", UNITS],
];

test("the lists are found where they are made", () => {
  expect(NOTED).toEqual(expect.arrayContaining(["bad-stamp", "nul-bytes", "skipped-hour", "too-many-hosts"]));
  expect(ROLES).toEqual(["limit", "count-before", "count-peak", "count-after"]);
  expect(HOLES).toEqual(expect.arrayContaining(["log", "lines-lost"]));
  expect(COVERAGE).toHaveLength(2);
  expect(DOUBTS).toEqual(["pri-facility", "tag-pid", "transport", "no-uptime"]);
});

describe.each(LANGUAGES)("in %s", (language) => {
  const w = wordsFor(language);

  test.each(NAMES)("%s has words for every name, and for no other", (table, names) => {
    const words = w[table] as Readonly<Record<string, string>>;
    for (const name of names) {
      expect(Object.keys(words)).toContain(name);
      expect(words[name]).toMatch(/\S/);
    }
    expect(Object.keys(words).filter((name) => !names.includes(name))).toEqual([]);
  });

  test("reasons are sentences that show no name", () => {
    for (const sentence of Object.values(w.reasons)) {
      expect(sentence).toMatch(/^[\p{Lu}].{30,}\.$/u);
      expect(REASONS).not.toContain(sentence);
    }
  });

  test("a joined basis is told part by part", () => {
    const said = basisWords("inferred-year+anchored-zone", w);
    for (const part of ["inferred-year", "anchored-zone"]) {
      expect(said).toContain(w.bases[part]);
      expect(said).not.toContain(part);
    }
  });
});

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

test.each(LANGUAGES.filter((language) => language !== "en"))(
  "%s says every verdict and advice",
  (language) => {
    const { statements } = wordsFor(language);
    const english = { ...ADVICE_WORDS, ...Object.fromEntries(VERDICTS.map(({ id, text }) => [id, text])) };
    for (const [id, text] of Object.entries(english)) {
      expect(Object.keys(statements)).toContain(id);
      expect(placeholders(statements[id] ?? "")).toEqual(placeholders(text));
    }
  },
);

test("no language leaves a function or a word of another out", () => {
  const shape = (value: unknown): unknown =>
    typeof value !== "object" || value === null
      ? typeof value
      : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
  const bare = (language: string) => shape({ ...wordsFor(language), statements: {} });
  for (const language of LANGUAGES) expect(bare(language)).toEqual(bare("en"));
});
