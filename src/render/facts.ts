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
  readonly fleet?: Fleet | null;
}

export function isDated(burst: Burst): burst is Burst & { readonly startUs: number } {
  return burst.startUs !== null;
}

/** First start to last end of the dated bursts; null where none is dated. */
export function period(bursts: readonly Burst[]): Span | null {
  const dated = bursts.filter(isDated);
  if (dated.length === 0) return null;
  return {
    fromUs: dated.reduce((least, b) => Math.min(least, b.startUs), Number.POSITIVE_INFINITY),
    toUs: dated.reduce((most, b) => Math.max(most, b.endUs ?? b.startUs), Number.NEGATIVE_INFINITY),
  };
}

/** First to last instant of the sources that were read; null where none has a time. */
export function sourcesSpan(report: Report): Span | null {
  const from = report.sources.map((s) => s.firstUs).filter((us) => us !== null);
  const to = report.sources.map((s) => s.lastUs).filter((us) => us !== null);
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

/** From the first to the last instant that any host's timeline spans; null where there is no timeline. */
export function wholeSpan(hosts: readonly HostReport[]): Span | null {
  const timelines = hosts.flatMap((host) => (host.timeline === null ? [] : [host.timeline]));
  if (timelines.length === 0) return null;
  return {
    fromUs: timelines.reduce((least, t) => Math.min(least, t.fromUs), Number.POSITIVE_INFINITY),
    toUs: timelines.reduce((most, t) => Math.max(most, t.toUs), Number.NEGATIVE_INFINITY),
  };
}

/** What of a span lies before and after another one: there no log of the host is known. */
export function outside(own: Span, whole: Span): readonly Span[] {
  return subtract([whole], [own]);
}

/** Time of the timeline that no channel's log covers. Empty where nothing at all is known about coverage. */
export function holes(timeline: Timeline): readonly Span[] {
  if (timeline.coverage.length === 0) return [];
  const whole = { fromUs: timeline.fromUs, toUs: timeline.toUs };
  const channels = [...new Set(timeline.coverage.map((span) => span.channel))];
  return channels.reduce<readonly Span[]>(
    (uncovered, channel) => {
      const own = timeline.coverage.filter((span) => span.channel === channel);
      const seen = own.filter((span) => span.kind === "seen");
      const gaps = own.filter((span) => span.kind === "gap");
      const missing = [...(seen.length === 0 ? [] : subtract([whole], seen)), ...gaps];
      return subtract(uncovered, subtract([whole], missing));
    },
    [whole],
  );
}

/** Time of the timeline that some log covers. */
export function covered(timeline: Timeline): readonly Span[] {
  return subtract([{ fromUs: timeline.fromUs, toUs: timeline.toUs }], holes(timeline));
}

/** What is left of spans when others are taken out. */
function subtract(spans: readonly Span[], others: readonly Span[]): readonly Span[] {
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
export const MOST_DETAILS = 200;

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
