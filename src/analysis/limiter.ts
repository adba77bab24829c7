// Which limiter printed these lines. The text of its notices says more than a version number does, since
// distributions backport; the version decides only where the text leaves a choice.

import type { NoticeForm } from "../model/event.ts";
import { inferWindow, type WindowTally } from "./limiter-infer.ts";
import type { Family, WindowRule } from "./windows-records.ts";

export type LimiterReason =
  | "limiter-unknown"
  | "kernels-mixed"
  | "version-contradicted"
  | "shared-with-printk"
  | "limiter-switched"
  | "window-default"
  | "window-inferred";

export interface Limiter extends WindowRule {
  /** Every refused call is counted, so printed lines plus counts are an upper bound: T, W1, W4. */
  readonly rigorous: boolean;
  /** Where cost and burst are from; of the two, the weaker. */
  readonly origin: "sysctl" | "inferred" | "default";
  readonly reasons: readonly LimiterReason[];
  /** The longest window, and the smallest size, that some reading speaks for, if it is no proof: what it may be. */
  readonly mostCostUs: number;
  readonly leastBurst: number;
}

export interface LimiterEvidence {
  /** Forms of notices seen in this boot. */
  readonly forms: Iterable<NoticeForm>;
  readonly dropForms: {
    /** `ip_conntrack: table full`: gone with 2.6.22, when the limiter was still a token bucket. */
    readonly usesIpConntrack: boolean;
    /** `table full in netns N`: first printed by 6.17. */
    readonly namesNetns: boolean;
  };
  /** As `uname -r` says it, or null. */
  readonly kernelVersion: string | null;
  /** net.core.message_cost and message_burst as read from this kernel when it printed the lines. */
  readonly known: { readonly costS: number | null; readonly burst: number | null };
  /** The largest cost and the smallest burst of all readings, at whatever time, and of what is configured. */
  readonly suspected?: LimiterEvidence["known"];
  /** Some reading, at whatever time, says that the limiter was off. */
  readonly offSeen?: boolean;
  /** The witness's windows, to infer from where sysctls are not known. */
  readonly windows?: WindowTally;
}

// __ratelimit in net/core/utils.c and kernel/printk.c, later lib/ratelimit.c, by release that changed it.
const RELEASES: readonly { readonly before: readonly [number, number, number]; readonly family: Family }[] = [
  { before: [2, 6, 27], family: "T" },
  { before: [2, 6, 32], family: "W1" },
  { before: [4, 8, 0], family: "W2" },
  { before: [6, 16, 0], family: "W3" },
  { before: [Number.MAX_SAFE_INTEGER, 0, 0], family: "W4" },
];

const FORM_FAMILIES: Readonly<Record<NoticeForm, readonly Family[]>> = {
  NET: ["T"],
  printk: ["T"],
  "__ratelimit-messages": ["T"],
  "__ratelimit-callbacks": ["W1", "W2"],
  net_ratelimit: ["W2", "W3", "W4"],
};

const ALL: readonly Family[] = ["T", "W1", "W2", "W3", "W4"];
const RIGOROUS: ReadonlySet<Family> = new Set<Family>(["T", "W1", "W4"]);
/** DEFAULT_RATELIMIT_INTERVAL and DEFAULT_RATELIMIT_BURST, the same since 2.4. */
const DEFAULT_COST_US = 5_000_000;
const DEFAULT_BURST = 10;

export function identifyLimiter(evidence: LimiterEvidence): Limiter {
  const { family, reasons } = identifyFamily(evidence);
  const size = identifySize(evidence, family);
  const shared = family === "T" && sharesBucket(evidence);
  // A window keeps its count while the limiter is off: the next line then closes nothing. A bucket tells it at once.
  const switched = family !== "T" && evidence.offSeen === true && size.knownCostUs === null;
  return {
    family,
    rigorous: RIGOROUS.has(family) && !switched,
    ...size.window,
    ...suspicion(evidence, family, size.window),
    reasons: [
      ...reasons,
      ...(shared ? (["shared-with-printk"] as const) : []),
      ...(switched ? (["limiter-switched"] as const) : []),
      ...size.reasons,
    ],
  };
}

function identifyFamily(evidence: LimiterEvidence): { family: Family; reasons: LimiterReason[] } {
  const { usesIpConntrack, namesNetns } = evidence.dropForms;
  let possible = ALL;
  for (const form of evidence.forms)
    possible = possible.filter((family) => FORM_FAMILIES[form].includes(family));
  if (usesIpConntrack) possible = possible.filter((family) => family === "T");
  // A vendor may carry the later text on an earlier limiter, never on one before net_ratelimit had its name.
  if (namesNetns) possible = possible.filter((family) => family === "W3" || family === "W4");

  const byVersion = evidence.kernelVersion === null ? null : familyOf(evidence.kernelVersion);
  const only = possible.length === 1 ? possible[0] : undefined;
  if (possible.length === 0) return { family: "unknown", reasons: ["kernels-mixed"] };
  if (byVersion !== null && possible.includes(byVersion)) {
    return { family: byVersion, reasons: namesNetns && byVersion === "W3" ? ["version-contradicted"] : [] };
  }
  const reasons: LimiterReason[] = byVersion === null ? [] : ["version-contradicted"];
  if (only !== undefined) return { family: only, reasons };
  if (namesNetns && byVersion === null) return { family: "W4", reasons };
  return { family: weakest(possible), reasons: [...reasons, "limiter-unknown"] };
}

/** Of several possible families the one that nearly all field data is from, and that promises nothing. */
function weakest(possible: readonly Family[]): Family {
  if (possible.length === ALL.length) return "unknown";
  return possible.includes("W3") ? "W3" : "W2";
}

/** The family of a mainline release; Red Hat's 3.10 (el7) carries the later code. */
function familyOf(version: string): Family | null {
  const parts = parseVersion(version);
  if (parts === null) return null;
  const family = RELEASES.find(({ before }) => isBefore(parts, before))?.family ?? null;
  return family === "W2" && /\.el7|\.vz7/.test(version) ? "W3" : family;
}

type Version = readonly [number, number, number];

function parseVersion(version: string): Version | null {
  const match = /^(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?/.exec(version.trim());
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

function isBefore(a: Version, b: Version): boolean {
  return a[0] !== b[0] ? a[0] < b[0] : a[1] !== b[1] ? a[1] < b[1] : a[2] < b[2];
}

/** 2.6.5 to 2.6.26: one bucket for network and all other rate-limited messages. */
function sharesBucket({ forms, kernelVersion }: LimiterEvidence): boolean {
  const seen = [...forms];
  if (seen.length > 0) return !seen.includes("NET");
  const version = kernelVersion === null ? null : parseVersion(kernelVersion);
  return version === null || !isBefore(version, [2, 6, 5]);
}

type Size = Pick<Limiter, "costUs" | "burst" | "origin">;

interface FoundSize {
  readonly window: Size;
  readonly knownCostUs: number | null;
  readonly reasons: LimiterReason[];
}

function identifySize(evidence: LimiterEvidence, family: Family): FoundSize {
  const known = knownSize(evidence, evidence.known, family);
  // No notice comes from a limiter that is off: that it was is no fact about these lines.
  if (known.costUs === 0 && [...evidence.forms].length > 0) known.costUs = null;
  if (known.costUs !== null && known.burst !== null) {
    const window = { costUs: known.costUs, burst: known.burst, origin: "sysctl" } as const;
    return { window, knownCostUs: known.costUs, reasons: [] };
  }
  const inferred = evidence.windows === undefined ? null : inferWindow(evidence.windows, family);
  const costUs = known.costUs ?? inferred?.costUs ?? DEFAULT_COST_US;
  const burst = known.burst ?? inferred?.burst ?? null;
  const origin = burst === null || (known.costUs ?? inferred) === null ? "default" : "inferred";
  return {
    window: { costUs, burst: burst ?? DEFAULT_BURST, origin },
    knownCostUs: known.costUs,
    reasons: [origin === "default" ? "window-default" : "window-inferred"],
  };
}

function suspicion(evidence: LimiterEvidence, family: Family, window: Size) {
  const { costUs, burst } = knownSize(evidence, evidence.suspected ?? { costS: null, burst: null }, family);
  if (window.origin === "sysctl") return { mostCostUs: window.costUs, leastBurst: window.burst };
  return {
    mostCostUs: Math.max(window.costUs, costUs ?? 0),
    leastBurst: Math.min(window.burst, burst ?? Number.POSITIVE_INFINITY),
  };
}

function knownSize(
  { forms, kernelVersion }: LimiterEvidence,
  known: LimiterEvidence["known"],
  family: Family,
): { costUs: number | null; burst: number | null } {
  const costUs = known.costS === null || known.costS < 0 ? null : Math.round(known.costS * 1e6);
  const version = kernelVersion === null ? null : parseVersion(kernelVersion);
  // Up to 2.6.4 message_burst is the bucket's capacity in time (50 s by default), not in messages.
  const inTime =
    family === "T" && ([...forms].includes("NET") || (version !== null && isBefore(version, [2, 6, 5])));
  const burst = known.burst === null || known.burst < 0 ? null : known.burst;
  if (burst === null || !inTime || costUs === null || costUs === 0) return { costUs, burst };
  return { costUs, burst: Math.floor((burst * 1e6) / costUs) };
}
