// The one record that every renderer receives. Whatever a report says stands here first.

import type { Force } from "./observation.ts";
import type { ReportSource } from "./report-source.ts";
import type { Fleet, Totals } from "./totals.ts";

/** The bytes that a number came from. */
export interface Citation {
  readonly path: string;
  /** Member inside an archive, or null for a plain file. */
  readonly member: string | null;
  /** Offset in the decompressed stream. */
  readonly byteOffset: number;
  readonly byteLength: number;
  /** SHA-256 of the cited bytes, hexadecimal; null where only the source as a whole was read. */
  readonly sha256: string | null;
  /** The line as logged (decoded, otherwise raw: renderers must escape it). */
  readonly text: string;
}

/** A sentence as the row of a table and the values in it, so that every language can say it. */
export interface Statement {
  readonly id: string;
  /** Numbers as numbers; a string is the name of another row, or text as it is. */
  readonly values: Readonly<Record<string, number | string>>;
}

export type Bound = "exact" | "range" | "at-least";

/**
 * How an account of a burst stands to the one that speaks: `agrees`, `fewer` (a subset of it), `contradicts`, or `silent`
 * (covers the time, has no line).
 */
export type Relation = "speaks" | "agrees" | "fewer" | "contradicts" | "silent";

/** What one channel says of a burst. */
export interface WitnessAccount {
  readonly channel: string;
  readonly dropLines: number;
  readonly suppressed: number;
  readonly speaks: boolean;
  readonly relation: Relation;
}

export interface Burst {
  readonly burstId: number;
  readonly host: string;
  readonly netns: string | null;
  /** Null where no evidence dates the burst. */
  readonly startUs: number | null;
  readonly endUs: number | null;
  readonly durationS: number | null;
  readonly dropLines: number;
  readonly suppressed: number;
  readonly suppressedShared: number;
  readonly dropsMin: number;
  readonly dropsReported: number;
  readonly dropsMax: number | null;
  readonly dropsEstimate: number | null;
  readonly bound: Bound;
  readonly boundReasons: readonly string[];
  /** Largest earlier window's N where the tail is open: a practical cap, not a guarantee. */
  readonly tailCap: number | null;
  /** Of the drop lines, those that may not be the kernel's own. */
  readonly doubtedLines: number;
  /** Of what was held back, what such notices told. */
  readonly doubtedSuppressed: number;
  /** Why: `tag-pid`, `no-uptime`, ... */
  readonly doubts: readonly string[];
  readonly limitValue: number | null;
  readonly limitOrigin: string | null;
  readonly countBefore: number | null;
  readonly countBeforeAgeS: number | null;
  readonly countPeak: number | null;
  readonly countAfter: number | null;
  readonly countAfterAgeS: number | null;
  /** Peak (or nearest) count over limit, 0 to 1 and slightly above. */
  readonly utilisation: number | null;
  readonly witness: string;
  readonly witnesses: readonly WitnessAccount[];
  /** In English, as stored. */
  readonly verdict: string | null;
  /** The verdict's rule and numbers; null where the sentence is of no known rule. */
  readonly verdictSaid?: Statement | null;
  readonly basis: string;
  readonly first: Citation;
  readonly last: Citation;
  /** The lines that bear the limit in force and the counts, by role: `limit`, `count-before`, `count-peak`, ... */
  readonly evidence: readonly { readonly role: string; readonly citation: Citation }[];
}

/** One pixel-sized piece of time. */
export interface Bucket {
  readonly atUs: number;
  /** Printed drop lines in the bucket. */
  readonly dropLines: number;
  /** Suppressions attributed to limiter windows that began in the bucket. */
  readonly suppressed: number;
  readonly entriesMin: number | null;
  readonly entriesMax: number | null;
}

export interface LimitSpan {
  readonly netns: string | null;
  readonly key: string;
  readonly value: number;
  readonly sinceUs: number | null;
  readonly untilUs: number | null;
  readonly force: Force;
  readonly origin: string;
  readonly citation: Citation;
}

export interface CoverageSpan {
  readonly channel: string;
  readonly kind: "seen" | "gap";
  readonly fromUs: number;
  readonly toUs: number;
  readonly reason: string;
}

export interface Timeline {
  readonly fromUs: number;
  readonly toUs: number;
  readonly bucketUs: number;
  /** Every bucket of the range in order, empty ones included: at most MAX_BUCKETS. */
  readonly buckets: readonly Bucket[];
  /** Steps of nf_conntrack_max, oldest first. */
  readonly limits: readonly { readonly atUs: number; readonly value: number }[];
  readonly marks: readonly {
    readonly atUs: number;
    readonly kind: "boot" | "limit" | "clock";
    readonly label: string;
    /** The label's rule and numbers, where it is a sentence and no log text. */
    readonly labelSaid?: Statement | null;
  }[];
  readonly coverage: readonly CoverageSpan[];
}

/** Who filled the table, from a dump of it. */
export interface Occupancy {
  readonly atUs: number | null;
  readonly total: number;
  readonly byState: readonly { readonly label: string; readonly entries: number }[];
  readonly bySource: readonly { readonly label: string; readonly entries: number }[];
  readonly byPort: readonly { readonly label: string; readonly entries: number }[];
  readonly citation: Citation;
}

/** One proposed value with its reason. */
export interface AdviceItem {
  /** sysctl key as this host's kernel spells it, or `hashsize`. */
  readonly key: string;
  readonly value: number;
  /** What the value counts. */
  readonly unit: "entries" | "buckets" | "seconds";
  readonly current: number | null;
  /** In English; `reasonSaid` is the same for every language. */
  readonly reason: string;
  readonly reasonSaid: Statement;
  readonly assumption: string | null;
  readonly assumptionSaid: Statement | null;
}

export interface Advice {
  readonly items: readonly AdviceItem[];
  /** Memory of the entries at the present limit and at the proposed one, bytes; null where unknown. */
  readonly memoryNowBytes: number | null;
  readonly memoryProposedBytes: number | null;
  readonly entryBytes: number | null;
  /** Row of the observation catalogue, or `assumed`. */
  readonly entryBytesOrigin: string;
  /** Text of a sysctl.d file, ready to install; empty where nothing is proposed. */
  readonly snippet: string;
  /** Text of a modprobe.d line for the bucket count, or null. */
  readonly modprobe: string | null;
  readonly warnings: readonly string[];
  readonly warningsSaid: readonly Statement[];
}

/** A gain of a counter between two samples. */
export interface UnseenGain {
  /** Packets: those that a full table refused, and few others. */
  readonly gained: number;
  readonly fromUs: number;
  readonly toUs: number;
}

export interface HostReport {
  readonly host: string;
  /** Every name the host logged under. */
  readonly names: readonly string[];
  /** In order of time; of very many only the largest. */
  readonly bursts: readonly Burst[];
  /** Bursts that are in the totals and not in `bursts`. */
  readonly burstsLeftOut: number;
  readonly totals: Totals;
  readonly timeline: Timeline | null;
  readonly limits: readonly LimitSpan[];
  /** Configured values that differ from the effective ones. */
  readonly mismatches: readonly {
    readonly key: string;
    readonly configured: LimitSpan;
    readonly effective: LimitSpan;
  }[];
  /** Seconds with a measured count above 90 % and 95 % of the limit; null where no counts exist. */
  readonly secondsAbove90: number | null;
  readonly secondsAbove95: number | null;
  readonly occupancy: readonly Occupancy[];
  readonly advice: Advice | null;
  /** Some log of it reaches into the range, or is undated: without one, no drops means nothing. */
  readonly hasLogs: boolean;
  /** Drop lines that no evidence dates. */
  readonly undatedDropLines: number;
  /** What the kernel's own drop counter gained where no burst is; null: nothing that was sampled. */
  readonly unseenGain: UnseenGain | null;
}

export interface ReportProblem {
  readonly path: string | null;
  readonly kind: string;
  readonly count: number;
  readonly firstByteOffset: number | null;
  readonly message: string;
}

export interface Report {
  readonly schemaVersion: 1;
  /** IANA zone that times are shown in. */
  readonly displayTz: string;
  readonly lang: string;
  readonly gapS: number;
  /** Lines that may not be the kernel's own are left out of everything; the totals say how many there are. */
  readonly trustedOnly: boolean;
  readonly sinceUs: number | null;
  readonly untilUs: number | null;
  readonly totals: Totals;
  /** Absent: every host is in `hosts`. */
  readonly fleet?: Fleet;
  readonly hosts: readonly HostReport[];
  readonly problems: readonly ReportProblem[];
  readonly sources: readonly ReportSource[];
}
