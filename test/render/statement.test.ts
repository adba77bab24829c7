// Verdicts and advice: the English of the record, its rule and numbers, and the words of other languages.

import fc from "fast-check";
import { expect, test } from "vitest";
import { advise, type Demand } from "../../src/analysis/advise.ts";
import { readVerdict, VERDICTS, type VerdictFacts, verdict } from "../../src/analysis/verdict.ts";
import { reasonText, snippetText, verdictText, warningTexts } from "../../src/render/statement.ts";
import { en } from "../../src/render/words/en.ts";
import { es } from "../../src/render/words/es.ts";
import { burst } from "./fixtures.ts";

const NOTHING: VerdictFacts = {
  netns: null,
  otherNamespaces: false,
  limit: null,
  limitKnown: null,
  raisedTo: null,
  countPeak: null,
  countNear: null,
  countNearAgeS: null,
  earlyDrops: null,
};

test.each([
  ["unknown", {}],
  ["at-limit-inferred", { limit: 65_536, limitKnown: "before" }],
  ["limit-configured-only", { limit: 65_536, limitKnown: "configured" }],
  ["at-limit-measured", { limit: 65_536, countPeak: 65_536 }],
  ["at-limit-evicting", { limit: 65_536, countPeak: 65_536, earlyDrops: 12 }],
  ["raised-since", { limit: 65_536, raisedTo: 262_144 }],
  ["far-below", { limit: 65_536, countNear: 900, countNearAgeS: 5 }],
  ["far-below-other-namespace", { limit: 65_536, countPeak: 900, otherNamespaces: true }],
] as const)("the verdict %s can be read back from its sentence", (id, facts) => {
  const said = readVerdict(verdict({ ...NOTHING, ...facts }));
  expect(said?.id).toBe(id);
  if ("limit" in facts) expect(said?.values.limit).toBe(65_536);
});

test("whatever the facts, the sentence tells its rule, and says the same when told again", () => {
  const n = fc.option(fc.integer({ min: 0, max: 2 ** 40 }), { nil: null });
  const facts: fc.Arbitrary<VerdictFacts> = fc.record({
    netns: fc.constantFrom(null, "4026531840"),
    otherNamespaces: fc.boolean(),
    limit: n,
    limitKnown: fc.constantFrom(null, "before", "after", "undated", "configured"),
    raisedTo: n,
    countPeak: n,
    countNear: n,
    countNearAgeS: n,
    earlyDrops: n,
  });
  fc.assert(
    fc.property(facts, (one) => {
      const sentence = verdict(one);
      const said = readVerdict(sentence);
      const rule = VERDICTS.find((row) => row.id === said?.id);
      const again = rule?.text.replace(/\{(\w+)\}/g, (_, name: string) =>
        Number(said?.values[name]).toLocaleString("en-US"),
      );
      expect(again).toBe(sentence);
      expect(rule?.when(one)).toBe(true);
    }),
  );
});

test("a sentence of no rule is told as it stands", () => {
  expect(readVerdict("Something of another version.")).toBeNull();
  const one = burst({ verdict: "Something of another version.", verdictSaid: null });
  expect(verdictText(one, es)).toBe("Something of another version.");
});

test("verdicts in both languages have the same numbers", () => {
  const sentence = verdict({ ...NOTHING, limit: 65_536, countPeak: 65_530, earlyDrops: 1_909 });
  const one = burst({ verdict: sentence, verdictSaid: readVerdict(sentence) });
  expect(verdictText(one, en)).toBe(sentence);
  expect(verdictText(one, es)).toBe(
    "La tabla estaba en su límite: 65\u00a0530 de 65\u00a0536 medidas durante la ráfaga; se desalojaron 1909 entradas para hacer sitio.",
  );
});

const DEMAND: Demand = {
  max: 65_536,
  buckets: 16_384,
  peak: 65_536,
  refusedPerS: 120.04,
  lifetimeS: 30,
  lifetimeOrigin: "default-timeout",
  entryBytes: null,
  entryBytesOrigin: null,
  establishedS: 432_000,
  establishedEntries: 51_202,
  kernel: "6.1.0",
  old: true,
  kubeProxy: true,
  drops: 5,
};

test("advice has unit, reason and assumption, in both languages", () => {
  const advice = advise(DEMAND);
  expect(advice.items.map((item) => [item.key, item.unit])).toEqual([
    ["net.ipv4.netfilter.ip_conntrack_max", "entries"],
    ["hashsize", "buckets"],
    ["net.ipv4.netfilter.ip_conntrack_tcp_timeout_established", "seconds"],
  ]);
  const [max] = advice.items;
  if (max === undefined) throw new Error("no limit was proposed");
  expect(max.reason).toContain(
    "and 120 packets a second were refused on average over the burst, each wanting an entry for 30 s: 3,602 more",
  );
  expect(max.assumption).toContain("30 s, the kernel's default for a first UDP packet");
  expect(reasonText(max, en)).toBe(max.reason);
  expect(reasonText(max, es)).toContain("120 paquetes por segundo de media durante la ráfaga");
  expect(advice.entryBytesOrigin).toBe("assumed");
  expect(advice.warnings).toHaveLength(4);
  expect(warningTexts(advice, es)).toHaveLength(4);
  for (const text of warningTexts(advice, es)) expect(advice.warnings).not.toContain(text);
});

test("buckets can be set while the module runs, where its parameter can be written", () => {
  // 65,536 held and 3,602 more, a quarter of room: 131,072 entries. Since 5.15 as many buckets.
  const { warnings } = advise({ ...DEMAND, old: false, kernel: "6.1.0" });
  const command = "echo 131072 > /sys/module/nf_conntrack/parameters/hashsize";
  expect(warnings.join("\n")).toContain(command);
  expect(warningTexts(advise({ ...DEMAND, old: false }), es).join("\n")).toContain(command);
  const old = advise(DEMAND).warnings.join("\n");
  expect(old).not.toContain("/sys/module");
  expect(old).toContain("loading it anew loses every tracked connection");
});

test("the settings to install are the same in every language, their comments are not", () => {
  const advice = advise(DEMAND);
  const settings = (text: string) => text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(snippetText(advice, en)).toBe(advice.snippet);
  expect(settings(snippetText(advice, es))).toEqual(settings(advice.snippet));
  expect(settings(advice.snippet)).toHaveLength(2);
  expect(snippetText(advice, es)).toContain("# se supone: ninguna conexión");
});

test("a comment stays one line, whatever a statement holds", () => {
  const [item] = advise(DEMAND).items;
  if (item === undefined) throw new Error("no limit was proposed");
  const evil = { ...item, reason: "a\nnet.ipv4.ip_forward = 1", reasonSaid: { id: "none", values: {} } };
  const text = snippetText({ ...advise(DEMAND), items: [evil] }, es);
  expect(text.split("\n").filter((line) => /^net\.ipv4\.ip_forward/.test(line))).toEqual([]);
});
