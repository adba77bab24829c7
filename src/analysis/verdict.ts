// TABLE: what a burst comes down to, in a sentence. Rules are tried in order; each has its condition and says
// only what the evidence bears. The sentence is stored in English; its rule and numbers can be read back from it,
// so that a report in another language says the same, and of old databases too.

import type { Statement } from "../model/report.ts";

export interface VerdictFacts {
  readonly netns: string | null;
  /** Another namespace is named somewhere in the evidence of this host. */
  readonly otherNamespaces: boolean;
  readonly limit: number | null;
  readonly limitKnown: "before" | "after" | "undated" | "configured" | null;
  /** A larger limit read after the burst, or null. */
  readonly raisedTo: number | null;
  readonly countPeak: number | null;
  readonly countNear: number | null;
  /** Seconds between the nearest count and the burst. */
  readonly countNearAgeS: number | null;
  /** Evictions counted over the burst, or null. */
  readonly earlyDrops: number | null;
}

interface Rule {
  readonly id: string;
  readonly when: (f: VerdictFacts) => boolean;
  /** The sentence; names in braces are values. */
  readonly text: string;
}

/** A count this far from the limit, measured this near, asks for an explanation. */
const FAR_BELOW = 0.8;
const NEAR_S = 60;

const nearCount = (f: VerdictFacts): number | null =>
  f.countPeak ?? (f.countNearAgeS !== null && f.countNearAgeS <= NEAR_S ? f.countNear : null);

const isFarBelow = (f: VerdictFacts): boolean => {
  const count = nearCount(f);
  return f.limit !== null && count !== null && count < FAR_BELOW * f.limit;
};

export const VERDICTS: readonly Rule[] = [
  {
    id: "far-below-other-namespace",
    when: (f) => isFarBelow(f) && f.netns === null && f.otherNamespaces,
    text:
      "The table that refused packets was full, yet the count measured beside it was {count} of {limit}: " +
      "another network namespace was full (counts are per namespace, the limit is not).",
  },
  {
    id: "far-below",
    when: isFarBelow,
    text:
      "The table that refused packets was full, yet the count measured beside it was {count} of {limit}: " +
      "another network namespace was full, or entries were reaped or the limit changed before the count was taken.",
  },
  {
    id: "raised-since",
    when: (f) => f.limit !== null && f.raisedTo !== null,
    text: "The table was at its limit of {limit}; the limit has been raised to {raised} since.",
  },
  {
    id: "at-limit-evicting",
    when: (f) => f.limit !== null && f.countPeak !== null && (f.earlyDrops ?? 0) > 0,
    text: "The table was at its limit: {peak} of {limit} measured during the burst; {evicted} entries were evicted to make room.",
  },
  {
    id: "at-limit-measured",
    when: (f) => f.limit !== null && f.countPeak !== null,
    text: "The table was at its limit: {peak} of {limit} measured during the burst.",
  },
  {
    id: "limit-configured-only",
    when: (f) => f.limit !== null && f.limitKnown === "configured",
    text: "The table was at its limit. A file configures {limit}; no reading shows that this was in force.",
  },
  {
    id: "at-limit-inferred",
    when: (f) => f.limit !== null,
    text:
      "The table was at its limit of {limit}: inferred, since the kernel prints this line only then; " +
      "no count was measured during the burst.",
  },
  {
    id: "unknown",
    when: () => true,
    text: "The table was at its limit; neither the limit nor a count is in the evidence.",
  },
];

/** Every value that a sentence may name. */
function valuesOf(f: VerdictFacts): Readonly<Record<string, number | null>> {
  return {
    limit: f.limit,
    count: nearCount(f),
    peak: f.countPeak,
    raised: f.raisedTo,
    evicted: f.earlyDrops,
  };
}

/** The first rule that holds, as a sentence. */
export function verdict(facts: VerdictFacts): string {
  const rule = VERDICTS.find((one) => one.when(facts));
  if (!rule) throw new Error("the last verdict holds always");
  const values = valuesOf(facts);
  return rule.text.replace(/\{(\w+)\}/g, (_, name: string) => (values[name] ?? 0).toLocaleString("en-US"));
}

/** A stored sentence as its rule and numbers; null where no rule says it so. */
export function readVerdict(sentence: string): Statement | null {
  for (const { id, text } of VERDICTS) {
    const names = [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
    const literal = text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    const match = new RegExp(`^${literal.replace(/\{\w+\}/g, "([\\d,]+)")}$`).exec(sentence);
    if (match === null) continue;
    const values = names.map((name, i) => [name, Number((match[i + 1] ?? "").replaceAll(",", ""))] as const);
    return { id, values: Object.fromEntries(values) };
  }
  return null;
}
