// TABLE: what a burst comes down to, in a sentence. Rules are tried in order; each has its condition and says
// only what the evidence bears.

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
  readonly say: (f: VerdictFacts) => string;
}

/** A count this far from the limit, measured this near, asks for an explanation. */
const FAR_BELOW = 0.8;
const NEAR_S = 60;

const n = (value: number | null): string => (value === null ? "?" : value.toLocaleString("en-US"));
const nearCount = (f: VerdictFacts): number | null =>
  f.countPeak ?? (f.countNearAgeS !== null && f.countNearAgeS <= NEAR_S ? f.countNear : null);

export const VERDICTS: readonly Rule[] = [
  {
    id: "far-below",
    when: (f) => f.limit !== null && nearCount(f) !== null && (nearCount(f) ?? 0) < FAR_BELOW * f.limit,
    say: (f) =>
      `The table that refused packets was full, yet the count measured beside it was ${n(nearCount(f))} of ${n(f.limit)}: ` +
      (f.netns === null && f.otherNamespaces
        ? "another network namespace was full (counts are per namespace, the limit is not)."
        : "another network namespace was full, or entries were reaped or the limit changed before the count was taken."),
  },
  {
    id: "raised-since",
    when: (f) => f.limit !== null && f.raisedTo !== null,
    say: (f) =>
      `The table was at its limit of ${n(f.limit)}; the limit has been raised to ${n(f.raisedTo)} since.`,
  },
  {
    id: "at-limit-measured",
    when: (f) => f.limit !== null && f.countPeak !== null,
    say: (f) =>
      `The table was at its limit: ${n(f.countPeak)} of ${n(f.limit)} measured during the burst` +
      (f.earlyDrops !== null && f.earlyDrops > 0
        ? `; ${n(f.earlyDrops)} entries were evicted to make room.`
        : "."),
  },
  {
    id: "limit-configured-only",
    when: (f) => f.limitKnown === "configured",
    say: (f) =>
      `The table was at its limit. A file configures ${n(f.limit)}; no reading shows that this was in force.`,
  },
  {
    id: "at-limit-inferred",
    when: (f) => f.limit !== null,
    say: (f) =>
      `The table was at its limit of ${n(f.limit)}: inferred, since the kernel prints this line only then; ` +
      "no count was measured during the burst.",
  },
  {
    id: "unknown",
    when: () => true,
    say: () => "The table was at its limit; neither the limit nor a count is in the evidence.",
  },
];

/** The first rule that holds, as a sentence. */
export function verdict(facts: VerdictFacts): string {
  const rule = VERDICTS.find((one) => one.when(facts));
  if (!rule) throw new Error("the last verdict holds always");
  return rule.say(facts);
}
