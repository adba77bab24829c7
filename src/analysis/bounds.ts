// The least and the most packets that a burst can have lost, by one witness. Why each bound holds, and what
// cannot be proved: BOUNDS.md.

import type { Bound } from "../model/report.ts";
import type { Reason } from "./bounds-reasons.ts";
import { addWindow, noTotals, type Totals } from "./bounds-totals.ts";
import type { Ceiling } from "./ceiling.ts";
import type { Limiter } from "./limiter.ts";
import type { Window, WindowRule } from "./windows-records.ts";

/** What is known of a burst beside its windows. */
export interface BurstContext {
  readonly netns: string | null;
  readonly limiter: Limiter;
  /** Drop lines of another namespace are seen in this boot's evidence. */
  readonly otherNetns: boolean;
  /** The drop counter of another namespace moved. */
  readonly otherCounting?: boolean;
  /** Lines are known to be missing; losses among the windows' own records are seen without it. */
  readonly lossInside: boolean;
  /** The burst begins less than `reachUs(limiter)` after the evidence does. */
  readonly logStartsInside: boolean;
  /** A window of this boot is `short`, in the burst or not: users of the limiter are unseen. */
  readonly shortSeen: boolean;
  /** The witness has no notice in this boot. */
  readonly noNotices?: boolean;
  /** The namespace's drop counter over the burst; null: no samples. */
  readonly counter: { readonly ceiling: Ceiling; readonly netns: string | null } | null;
  /** Largest N of the witness's other windows, where the burst has no earlier one. */
  readonly witnessTailCap: number | null;
}

export interface Bounds {
  readonly dropLines: number;
  /** N of windows with this namespace alone. */
  readonly suppressed: number;
  /** N of windows in which other namespaces dropped, too. */
  readonly suppressedShared: number;
  readonly dropsMin: number;
  readonly dropsReported: number;
  readonly dropsMax: number | null;
  readonly dropsEstimate: number | null;
  readonly bound: Bound;
  readonly reasons: readonly Reason[];
  /** `dropsMax` is what lines and counts give, and not the counter's. */
  readonly isFromLog: boolean;
  /** What the counter gives, needed or not, and what is said of it. */
  readonly counterMax: number | null;
  readonly counterReasons: readonly Reason[];
  /** Where the end is open: the largest earlier N, a practical cap and no guarantee. */
  readonly tailCap: number | null;
}

/**
 * The windows of a burst, added up as they come: those that hold a drop line of it, and all between the first and the
 * last of them. The boot's last window, where it is among them, is the only one that can be open.
 */
export class BurstTally {
  readonly #netns: string | null;
  readonly #otherNetns: boolean;
  readonly #totals: Totals;
  /** The first and the last window, leading ones included. */
  first: Window | null = null;
  last: Window | null = null;
  /** Lines are known to be missing in one of them. */
  lost = false;

  constructor(netns: string | null, otherNetns: boolean, rule: WindowRule) {
    this.#netns = netns;
    this.#otherNetns = otherNetns;
    this.#totals = noTotals(rule);
  }

  add(window: Window): void {
    this.first ??= window;
    this.last = window;
    this.lost ||= window.lost;
    if (!window.leading) addWindow(this.#totals, window, this.#netns, this.#otherNetns);
  }

  bounds(context: BurstContext): Bounds {
    return boundTotals(this.#totals, context);
  }
}

function boundTotals(totals: Totals, evidence: BurstContext): Bounds {
  const count = totals.suppressed + totals.shared;
  const disabled = evidence.limiter.costUs === 0 && count === 0 && !totals.unreadable;
  const end = disabled ? "closed" : endOf(totals, evidence);
  const reported = totals.own + count;
  const fromLog = logMax(totals, evidence, end, disabled);
  const fromCounter = counterMax(totals, evidence);
  const max = fromLog ?? fromCounter;
  return {
    dropLines: totals.own,
    suppressed: totals.suppressed,
    suppressedShared: totals.shared,
    dropsMin: totals.own,
    dropsReported: reported,
    dropsMax: max,
    dropsEstimate: estimate(totals, max),
    bound: max === null ? "at-least" : max === totals.own ? "exact" : "range",
    reasons: reasonsOf(totals, evidence, end, disabled),
    isFromLog: fromLog !== null,
    counterMax: fromCounter,
    counterReasons: counterReasons(totals, evidence),
    tailCap: end === "open" ? (totals.largestEarlier ?? evidence.witnessTailCap) : null,
  };
}

/** Whether calls can have been refused behind the last window's last line without having been told. */
function endOf({ last, lost, short }: Totals, evidence: BurstContext): "closed" | "by-size" | "open" {
  if (last === null || last.closed) return "closed";
  if (last.full || last.noticeRef !== null || lost || short) return "open";
  if (evidence.lossInside || evidence.shortSeen) return "open";
  const { limiter } = evidence;
  if (limiter.mostCostUs > limiter.costUs || limiter.leastBurst < limiter.burst) return "open";
  return last.anchored || !evidence.logStartsInside ? "by-size" : "open";
}

/** D + N, where every refused call is counted and every line and count of the burst is there. */
function logMax(totals: Totals, evidence: BurstContext, end: string, disabled: boolean): number | null {
  const { limiter, lossInside, logStartsInside } = evidence;
  if (end === "open" || !(limiter.rigorous || disabled)) return null;
  const { unreadable, short, lost, vague } = totals;
  if (lacksNotices(totals, evidence)) return null;
  if (unreadable || short || lost || vague || lossInside || logStartsInside) return null;
  return totals.own + totals.suppressed + totals.shared;
}

/** Its lines show that calls were refused; the notices that told of them are not there. */
function lacksNotices({ flood }: Totals, { noNotices }: BurstContext): boolean {
  return noNotices === true && flood.isFlood;
}

function counterMax(totals: Totals, evidence: BurstContext): number | null {
  const ceiling = evidence.counter?.ceiling.ceiling ?? null;
  return ceiling === null || isForeign(totals, evidence, ceiling) ? null : ceiling;
}

/** A counter below what the log tells must be that of another namespace; beside another, it may be. */
function isForeign(totals: Totals, evidence: BurstContext, ceiling: number): boolean {
  const { netns, otherNetns, otherCounting, counter } = evidence;
  if (counter?.netns !== netns || otherNetns || otherCounting === true || totals.foreign > 0) return true;
  if (ceiling < totals.own) return true;
  return totals.others === 0 && ceiling < totals.own + totals.suppressed + totals.shared;
}

/** Moments of the burst at which W4 can have booked a call of another CPU outside of it: its two ends. */
function edges({ first, last }: Totals, end: string): number {
  return (first?.afterFull ? 1 : 0) + (end === "by-size" && last?.afterFull ? 1 : 0);
}

/** Conntrack's share of the printed lines, applied to the counts; never above what is proved. */
function estimate({ own, foreign, others, suppressed, shared, unreadable }: Totals, max: number | null) {
  if (own === 0 || unreadable) return null;
  const share = own / (own + foreign + others);
  return Math.min(Math.round(own + (suppressed + shared) * share), max ?? Number.POSITIVE_INFINITY);
}

function reasonsOf(
  totals: Totals,
  evidence: BurstContext,
  end: string,
  disabled: boolean,
): readonly Reason[] {
  const { limiter } = evidence;
  const uncounted = limiter.family === "W2" || limiter.family === "W3" || limiter.family === "unknown";
  const fromLog = logMax(totals, evidence, end, disabled) !== null;
  const found: [boolean, Reason][] = [
    [disabled, "limiter-disabled"],
    [end === "open", "open-end"],
    [end === "by-size", "closed-by-size"],
    [uncounted && !disabled, "contention-uncounted"],
    [totals.suppressed + totals.shared > 0, "suppressed-unproven"],
    [totals.others > 0, "shared-limiter"],
    [totals.foreign > 0 || totals.shared > 0, "mixed-namespaces"],
    [fromLog && limiter.family === "W4" && edges(totals, end) > 0, "edge-booking"],
    [totals.lost || evidence.lossInside, "lines-lost"],
    [lacksNotices(totals, evidence), "notices-missing"],
    [evidence.logStartsInside, "log-starts-inside"],
    [totals.short, "window-short"],
    [totals.unreadable, "count-unreadable"],
    [totals.vague, "order-unclear"],
  ];
  const reasons = found.filter(([holds]) => holds).map(([, reason]) => reason);
  if (!disabled) reasons.push(...limiter.reasons);
  if (!fromLog) reasons.push(...counterReasons(totals, evidence));
  return reasons;
}

const NOTHING: readonly Reason[] = [];

function counterReasons(totals: Totals, evidence: BurstContext): readonly Reason[] {
  const ceiling = evidence.counter?.ceiling;
  if (ceiling === undefined) return NOTHING;
  if (ceiling.ceiling === null) return [ceiling.reason];
  if (isForeign(totals, evidence, ceiling.ceiling)) return ["counter-other-namespace"];
  return ["counter-ceiling", ...ceiling.reasons];
}
