// One burst of a host out of what its witnesses say: one speaks, and how the others stand to it is told.

import { combine } from "../../analysis/accounts.ts";
import type { Bounds } from "../../analysis/bounds.ts";
import { contradiction, type Telling, withhold, withoutCounter } from "../../analysis/contradictions.ts";
import type { Interval } from "../../analysis/intervals.ts";
import { relate, speaker } from "../../analysis/witnesses.ts";
import type { Relation } from "../../model/report.ts";
import type { Part } from "./account.ts";
import type { Doubted } from "./burst-windows.ts";
import type { Segment } from "./segments.ts";

export interface FoundBurst<Kept> {
  readonly netns: string | null;
  /** Null: nothing dates it. */
  readonly startUs: number | null;
  readonly endUs: number | null;
  readonly bounds: Bounds;
  readonly witness: string;
  readonly accounts: readonly {
    readonly channel: string;
    readonly dropLines: number;
    readonly suppressed: number;
    readonly relation: Relation;
  }[];
  /** Parts of the witness that speaks, in time order. */
  readonly parts: readonly Part<Kept>[];
  /** Those of the others. */
  readonly otherParts: readonly Part<Kept>[];
  /** Another namespace is named somewhere in the evidence of the host. */
  readonly otherNamespaces: boolean;
  readonly gapUs: number;
  /** By the witness that speaks. */
  readonly doubted: Doubted;
}

/** One burst out of what all witnesses say of it. */
export function burstOf<Kept>(
  netns: string | null,
  span: Interval | null,
  parts: readonly Part<Kept>[],
  segments: readonly Segment[],
  otherNamespaces: boolean,
  gapUs: number,
): FoundBurst<Kept> {
  const byStrand = new Map<number, Part<Kept>[]>();
  for (const part of parts) {
    byStrand.set(part.segment.strand, [...(byStrand.get(part.segment.strand) ?? []), part]);
  }
  const accounts = [...byStrand.values()].map((list) => account(list));
  const best = accounts[speaker(accounts)];
  if (best === undefined) throw new Error("a burst without an account");
  return {
    netns,
    // The witness that speaks says when: another's whole-second stamps would only blur it.
    startUs: span === null ? null : Math.min(...best.parts.map((part) => part.firstUs)),
    endUs: span === null ? null : Math.max(...best.parts.map((part) => part.lastUs)),
    bounds: heard(best, accounts),
    witness: best.channel,
    accounts: byChannel(accounts, best, silent(segments, span, accounts)),
    parts: best.parts,
    otherParts: accounts.filter((one) => one !== best).flatMap((one) => one.parts),
    otherNamespaces,
    gapUs,
    doubted: addUp(best.parts.map((part) => part.doubted)),
  };
}

/** Bounds of the account that speaks, as far as the others let them stand. */
function heard(best: StrandAccount<unknown>, accounts: readonly StrandAccount<unknown>[]): Bounds {
  if (accounts.length === 1) return best.bounds;
  const others = accounts.filter((one) => one !== best);
  const bounds = others.some((one) => one.bounds.counterReasons.includes("counter-other-namespace"))
    ? withoutCounter(best.bounds)
    : best.bounds;
  const against = contradiction({ ...telling(best), bounds }, others.map(telling));
  return against === null ? bounds : withhold(bounds, against);
}

function telling({ bounds, resolutionUs, parts }: StrandAccount<unknown>): Telling {
  const dated = parts.every((part) => part.dated);
  return {
    bounds,
    resolutionUs,
    span: dated
      ? {
          firstUs: Math.min(...parts.map((part) => part.firstUs)),
          lastUs: Math.max(...parts.map((part) => part.lastUs)),
        }
      : null,
    slots: () => parts.map((part) => part.slots),
    heldBack: () => parts.map((part) => part.heldBack),
  };
}

/** What a burst is by itself, as its row has it. */
export function burstColumns(burst: FoundBurst<unknown>) {
  const { bounds, doubted } = burst;
  return {
    netns: burst.netns,
    start_us: burst.startUs,
    end_us: burst.endUs,
    drop_lines: bounds.dropLines,
    suppressed: bounds.suppressed,
    suppressed_shared: bounds.suppressedShared,
    drops_min: bounds.dropsMin,
    drops_reported: bounds.dropsReported,
    drops_max: bounds.dropsMax,
    drops_estimate: bounds.dropsEstimate,
    bound: bounds.bound,
    bound_reasons: bounds.reasons.join(","),
    tail_cap: bounds.tailCap,
    doubted_lines: doubted.lines,
    doubted_suppressed: doubted.suppressed,
    doubts: doubted.doubts.length === 0 ? null : doubted.doubts.join(","),
  };
}

function addUp(parts: readonly Doubted[]): Doubted {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const sum = (pick: (one: Doubted) => number) => parts.reduce((total, one) => total + pick(one), 0);
  return {
    lines: sum((one) => one.lines),
    suppressed: sum((one) => one.suppressed),
    doubts: [...new Set(parts.flatMap((one) => one.doubts))].sort(),
  };
}

interface StrandAccount<Kept> {
  readonly channel: string;
  readonly dropLines: number;
  readonly suppressed: number;
  readonly resolutionUs: number;
  readonly order: string;
  readonly bounds: Bounds;
  readonly parts: readonly Part<Kept>[];
}

function account<Kept>(parts: readonly Part<Kept>[]): StrandAccount<Kept> {
  const bounds = combine(parts.map((part) => part.bounds));
  const first = parts[0];
  if (first === undefined) throw new Error("an account without parts");
  return {
    channel: first.segment.channel,
    dropLines: bounds.dropLines,
    suppressed: bounds.suppressed + bounds.suppressedShared,
    resolutionUs: Math.max(...parts.map((part) => part.resolutionUs)),
    order: first.segment.order,
    bounds,
    parts,
  };
}

/** Channels whose logs cover the burst and have no line of it. */
function silent(
  segments: readonly Segment[],
  span: Interval | null,
  accounts: readonly StrandAccount<unknown>[],
): string[] {
  if (span === null) return [];
  const speaking = new Set(accounts.map((one) => one.channel));
  return [...new Set(segments.map((segment) => segment.channel))].filter(
    (channel) =>
      !speaking.has(channel) &&
      segments.some(
        (segment) =>
          segment.channel === channel &&
          segment.firstUs !== null &&
          segment.lastUs !== null &&
          segment.firstUs <= span.startUs &&
          segment.lastUs >= span.endUs,
      ),
  );
}

/** One account a channel: the speaking one for its own, the fullest for every other. */
function byChannel(
  accounts: readonly StrandAccount<unknown>[],
  best: StrandAccount<unknown>,
  silentChannels: readonly string[],
): FoundBurst<unknown>["accounts"] {
  const channels = new Map<string, StrandAccount<unknown>>();
  for (const one of accounts) {
    const known = channels.get(one.channel);
    if (one === best || known === undefined || (known !== best && speaker([known, one]) === 1)) {
      channels.set(one.channel, one);
    }
  }
  const told = [...channels.values()].map((one) => ({
    channel: one.channel,
    dropLines: one.dropLines,
    suppressed: one.suppressed,
    relation: one === best ? ("speaks" as const) : relate(one, best),
  }));
  const quiet = silentChannels.map((channel) => ({
    channel,
    dropLines: 0,
    suppressed: 0,
    relation: "silent" as const,
  }));
  return [...told, ...quiet];
}
