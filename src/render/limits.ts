// The history of limits: what matters on top. A dump of all settings holds sixty of them, and nearly all of them
// never change; those are counted here and listed elsewhere.

import type { HostReport, LimitSpan } from "../model/report.ts";
import type { Table } from "./tables.ts";
import { grouped } from "./units.ts";
import { instants, type Voice } from "./voice.ts";
import { named } from "./words.ts";

/** Settings that size the table and the limiter, in the order they are told. */
const LEADING: readonly string[] = [
  "nf_conntrack_max",
  "nf_conntrack_buckets",
  "entry_bytes",
  "message_cost",
  "message_burst",
];

export interface Limits {
  /** Of leading keys, of keys that changed, and of keys configured otherwise than they are. */
  readonly told: readonly LimitSpan[];
  readonly others: readonly LimitSpan[];
}

export function splitLimits({ limits, mismatches }: HostReport): Limits {
  const values = new Map<string, Set<number>>();
  for (const span of limits) {
    const series = `${span.key}\n${span.netns ?? ""}`;
    values.set(series, (values.get(series) ?? new Set()).add(span.value));
  }
  const differing = new Set<string>(mismatches.map((one) => one.key));
  const changed = ({ key, netns }: LimitSpan) => (values.get(`${key}\n${netns ?? ""}`)?.size ?? 0) > 1;
  const rank = ({ key }: LimitSpan) => {
    const at = LEADING.indexOf(key);
    return at < 0 ? LEADING.length : at;
  };
  const isTold = (span: LimitSpan) => rank(span) < LEADING.length || differing.has(span.key) || changed(span);
  return {
    told: limits.filter(isTold).sort((a, b) => rank(a) - rank(b)),
    others: limits.filter((span) => !isTold(span)),
  };
}

/** How many settings were left out, and where they stand; null where none was. */
export function othersSentence(others: readonly LimitSpan[], { w }: Voice): string | null {
  const keys = new Set(others.map((span) => span.key)).size;
  return keys === 0 ? null : w.otherLimits(keys, grouped(keys, w));
}

export function limitTable(spans: readonly LimitSpan[], voice: Voice): Table {
  const { w } = voice;
  const { col } = w;
  const since = instants(
    voice,
    spans.map((span) => span.sinceUs),
  );
  const until = instants(
    voice,
    spans.map((span) => span.untilUs),
  );
  const ended = spans.some((span) => span.untilUs !== null);
  return {
    columns: [
      { head: col.key },
      { head: col.value, right: true },
      { head: since.head(col.since), keep: true },
      ...(ended ? [{ head: until.head(col.until), keep: true }] : []),
      { head: col.knownFrom },
    ],
    rows: spans.map((span, i) => [
      span.netns === null ? span.key : `${span.key} (${span.netns})`,
      grouped(span.value, w),
      since.cells[i] ?? w.unknown,
      ...(ended ? [until.cells[i] ?? w.dash] : []),
      `${named(w.forces, span.force)}: ${named(w.origins, span.origin)}`,
    ]),
  };
}
