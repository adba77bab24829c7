// What several formats have to work out from the record in the same way: who dropped when, which burst was the
// fullest, and whether silence means anything (no drops in logs that were read, or no logs).

import type { Burst, Citation, HostReport, Report, Timeline } from "../model/report.ts";
import type { Fleet, Totals } from "../model/totals.ts";

export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}

/** Anything with bursts and totals: the whole report, or one host of it. */
export interface Scope {
  readonly hosts: readonly HostReport[];
  readonly totals: Totals;
  /** Where not all hosts are in `hosts`: what all of them come to. */
  readonly fleet?: Fleet;
}

export function isDated(burst: Burst): burst is Burst & { readonly startUs: number } {
  return burst.startUs !== null;
}

/** First to last instant of sources; null where none has a time. */
export function sourcesSpan(sources: Report["sources"]): Span | null {
  const from = sources.map((s) => s.firstUs).filter((us) => us !== null);
  const to = sources.map((s) => s.lastUs).filter((us) => us !== null);
  if (from.length === 0 || to.length === 0) return null;
  return {
    fromUs: from.reduce((a, b) => Math.min(a, b)),
    toUs: to.reduce((a, b) => Math.max(a, b)),
  };
}

/** The burst that says most about how full the table was: measured before inferred, fullest first. */
export function fullestBurst(bursts: readonly Burst[]): Burst | null {
  const rank = (b: Burst) =>
    (b.countPeak !== null && b.limitValue !== null ? 8 : 0) +
    (b.limitValue !== null ? 4 : 0) +
    (b.countPeak !== null ? 2 : 0) +
    Math.min(1, b.utilisation ?? 0);
  return bursts.reduce<Burst | null>((best, b) => (best === null || rank(b) > rank(best) ? b : best), null);
}

/** The different limits that bursts met, in the order they met them. */
export function limitsMet(bursts: readonly Burst[]): readonly number[] {
  return [...new Set(bursts.flatMap(({ limitValue }) => (limitValue === null ? [] : [limitValue])))];
}

/** From the first to the last instant that any host's timeline spans; null where there is no timeline. */
export function wholeSpan(hosts: readonly HostReport[]): Span | null {
  const timelines = hosts.flatMap((host) => (host.timeline === null ? [] : [host.timeline]));
  if (timelines.length === 0) return null;
  return {
    fromUs: timelines.reduce((least, t) => Math.min(least, t.fromUs), Number.POSITIVE_INFINITY),
    toUs: timelines.reduce((most, t) => Math.max(most, t.toUs), Number.NEGATIVE_INFINITY),
  };
}

/**
 * Time that no channel's log covers, within the timeline or another span. Empty where nothing at all is known about
 * coverage.
 */
export function holes(timeline: Timeline, within: Span = timeline): readonly Span[] {
  if (timeline.coverage.length === 0) return [];
  const whole = { fromUs: within.fromUs, toUs: within.toUs };
  const channels = [...new Set(timeline.coverage.map((span) => span.channel))];
  return channels.reduce<readonly Span[]>(
    (uncovered, channel) => {
      const own = timeline.coverage.filter((span) => span.channel === channel);
      const seen = own.filter((span) => span.kind === "seen").map(lasting);
      const gaps = own.filter((span) => span.kind === "gap");
      const missing = [...(seen.length === 0 ? [] : subtract([whole], seen)), ...gaps];
      return subtract(uncovered, subtract([whole], missing));
    },
    [whole],
  );
}

/** The range that was asked for; null: open at that end. */
export interface Asked {
  readonly sinceUs: number | null;
  readonly untilUs: number | null;
}

/** What is not logged of a timeline. */
export interface Unlogged {
  /** What the view `coverage` calls a gap, as far as no other log of the host covers it. */
  readonly holes: readonly Span[];
  /** Between logs of different channels, or asked for where no log reaches. */
  readonly beyond: readonly Span[];
  /** First and last instant that a log covers, where the timeline shows more: its margin is no hole. */
  readonly beginUs: number | null;
  readonly endUs: number | null;
}

/** Tells holes in the logs from the time before their first and after their last line. */
export function unlogged(timeline: Timeline, asked: Asked): Unlogged {
  const all = holes(timeline);
  const gaps = timeline.coverage.filter((span) => span.kind === "gap");
  const without = subtract(all, gaps);
  const whole = (span: Span) => span.fromUs <= timeline.fromUs && span.toUs >= timeline.toUs;
  const margin = (isAt: (span: Span) => boolean) => without.find((span) => isAt(span) && !whole(span));
  const before = asked.sinceUs === null ? margin((span) => span.fromUs === timeline.fromUs) : undefined;
  const after = asked.untilUs === null ? margin((span) => span.toUs === timeline.toUs) : undefined;
  return {
    holes: subtract(all, without),
    beyond: without.filter((span) => span !== before && span !== after),
    beginUs: before === undefined ? null : (all[0]?.toUs ?? null),
    endUs: after === undefined ? null : (all.at(-1)?.fromUs ?? null),
  };
}

/** What no log of a host covers of a span that is longer than its timeline. */
export function missingIn(timeline: Timeline | null, span: Span): readonly Span[] {
  return timeline === null || timeline.coverage.length === 0 ? [span] : holes(timeline, span);
}

/** Time of the timeline that some log covers. */
export function covered(timeline: Timeline): readonly Span[] {
  return subtract([{ fromUs: timeline.fromUs, toUs: timeline.toUs }], holes(timeline));
}

/** A log of a single instant covers it. */
function lasting({ fromUs, toUs }: Span): Span {
  return { fromUs, toUs: Math.max(toUs, fromUs + 1) };
}

/** What is left of spans when others are taken out. */
export function subtract(spans: readonly Span[], others: readonly Span[]): readonly Span[] {
  return others.reduce<readonly Span[]>(
    (left, { fromUs, toUs }) =>
      left.flatMap((span) =>
        [
          { fromUs: span.fromUs, toUs: Math.min(span.toUs, fromUs) },
          { fromUs: Math.max(span.fromUs, toUs), toUs: span.toUs },
        ].filter((piece) => piece.toUs > piece.fromUs),
      ),
    spans,
  );
}

/** The limit that the timeline knows at an instant; null before its first step. */
export function limitAt(timeline: Timeline, atUs: number): number | null {
  return timeline.limits.findLast((step) => step.atUs <= atUs)?.value ?? null;
}

/** With more bursts than this, pages for people tell the details of the largest only, and say so. */
const MOST_DETAILS = 200;

export interface Numbered {
  readonly burst: Burst;
  /** Place among the host's bursts, from 0. */
  readonly index: number;
}

/** The bursts that are told in detail: all, or the largest as reported, in their order. */
export function detailed(bursts: readonly Burst[]): readonly Numbered[] {
  const numbered = bursts.map((burst, index) => ({ burst, index }));
  if (bursts.length <= MOST_DETAILS) return numbered;
  const size = (a: Numbered, b: Numbered) =>
    b.burst.dropsReported - a.burst.dropsReported || a.index - b.index;
  return numbered
    .sort(size)
    .slice(0, MOST_DETAILS)
    .sort((a, b) => a.index - b.index);
}

export interface Evidence {
  readonly role: string;
  readonly citation: Citation;
}

/** All cited lines of a burst by role, the first and the last drop line leading; one line is cited once. */
export function evidenceOf(burst: Burst): readonly Evidence[] {
  const same = (a: Citation, b: Citation) =>
    a.path === b.path && a.member === b.member && a.byteOffset === b.byteOffset;
  const drops: readonly Evidence[] = same(burst.first, burst.last)
    ? [{ role: "only", citation: burst.first }]
    : [
        { role: "first", citation: burst.first },
        { role: "last", citation: burst.last },
      ];
  return [...drops, ...burst.evidence];
}

/** No reading shows the limit that it is told with: a file configures it. */
export function isOnlyConfigured({ verdictSaid }: Burst): boolean {
  return verdictSaid?.id === "limit-configured-only";
}
