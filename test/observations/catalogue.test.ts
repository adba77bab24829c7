// Every row of the catalogue proves itself: its samples yield what they say, its lookalikes nothing.

import { describe, expect, test } from "vitest";
import { CATALOGUE } from "../../src/observations/catalogue.ts";
import { listObservations, OBSERVATION_NEEDLES } from "../../src/observations/needles.ts";
import type { Lookalike } from "../../src/observations/row.ts";
import { bareHeader, facts, NOWHERE, type Observed, observe, spokenBy } from "./observe.ts";

function read(sample: Lookalike): Observed {
  const context = { ...NOWHERE, path: sample.path ?? NOWHERE.path };
  return observe(sample.text, context, sample.by === undefined ? bareHeader : spokenBy(sample.by));
}

describe.each(CATALOGUE)("$id", (row) => {
  test.each(row.samples)("reads $text", (sample) => {
    const { observations, problems } = read(sample);
    expect(facts(observations)).toEqual(sample.yields);
    expect(new Set(observations.map(({ origin }) => origin))).toEqual(new Set([row.id]));
    expect(problems).toEqual([]);
  });

  test.each(row.lookalikes)("does not read $text", (lookalike) => {
    expect(facts(read(lookalike).observations)).toEqual([]);
  });

  test("has samples and lookalikes", () => {
    expect(row.samples.length).toBeGreaterThan(0);
    expect(row.lookalikes.length).toBeGreaterThan(0);
  });

  test.runIf(row.inLogs)("holds a needle of the prefilter in the first line of every sample", () => {
    for (const { text } of row.samples) {
      const first = text.split("\n")[0] ?? "";
      // A no-break space hides the needle behind the module's name; the one behind the number does not.
      expect(OBSERVATION_NEEDLES.filter((needle) => first.includes(needle))).not.toEqual([]);
    }
  });
});

test("identifiers are unique and listed", () => {
  const ids = CATALOGUE.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const listed = listObservations();
  expect(listed.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  expect(listed.every(({ example }) => example !== "")).toBe(true);
});

test("needles are few, and none of them is in a drop line", () => {
  expect(OBSERVATION_NEEDLES.length).toBeLessThanOrEqual(12);
  const drops = [
    "nf_conntrack: nf_conntrack: table full, dropping packet",
    "ip_conntrack: table full, dropping packet.",
    "net_ratelimit: 2699 callbacks suppressed",
    "__ratelimit: 83 callbacks suppressed",
    "printk: 443 messages suppressed.",
  ];
  expect(drops.filter((line) => OBSERVATION_NEEDLES.some((needle) => line.includes(needle)))).toEqual([]);
});
