// Time that logs cover otherwise than before a run: a report of a day tells which of it no log covers, so it is
// another one when a later night reads more of that day, drops in it or not.

import { type Span, subtract } from "../../render/facts.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { daySpan, type HostDay } from "./days.ts";
import { encodeHost } from "./paths.ts";

interface CoverageRow {
  readonly host: string;
  readonly channel: string;
  readonly kind: string;
  readonly reason: string;
  readonly from_us: number;
  readonly to_us: number;
}

/** What is covered, by host, channel and kind of span. */
export type Coverage = ReadonlyMap<string, ReadonlyMap<string, readonly Span[]>>;

export function coverageNow(db: Db): Coverage {
  const out = new Map<string, Map<string, Span[]>>();
  for (const row of statement(db, "coverage_marks").all() as CoverageRow[]) {
    const { host, channel, kind, reason, from_us: fromUs, to_us: toUs } = row;
    const own = out.get(host) ?? new Map<string, Span[]>();
    out.set(host, own);
    const key = `${channel}\n${kind}\n${reason}`;
    // A log of a single instant covers it.
    own.set(key, [...(own.get(key) ?? []), { fromUs, toUs: Math.max(toUs, fromUs + 1) }]);
  }
  return out;
}

/** By host, the time that is covered otherwise in one of two accounts. */
function differing(before: Coverage, after: Coverage): Map<string, Span[]> {
  const out = new Map<string, Span[]>();
  for (const host of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(host), after.get(host)];
    const spans = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].flatMap((key) => {
      const [a, b] = [old?.get(key) ?? [], now?.get(key) ?? []];
      return [...subtract(a, b), ...subtract(b, a)];
    });
    if (spans.length > 0) out.set(host, spans);
  }
  return out;
}

/** Days with a report (by the path of one of its files) of which logs cover another part than `before`. */
export function daysCoveredAnew(db: Db, before: Coverage, paths: readonly string[], tz: string): HostDay[] {
  const changed = differing(before, coverageNow(db));
  const hosts = new Map([...changed.keys()].map((host) => [encodeHost(host), host]));
  return paths.flatMap((path) => {
    const [, folder = "", date = ""] = /^(.*)\/(\d{4}-\d{2}-\d{2})\.json$/.exec(path) ?? [];
    const host = hosts.get(folder);
    if (host === undefined) return [];
    const { sinceUs, untilUs } = daySpan(date, tz);
    const isOf = (span: Span) => span.fromUs <= untilUs && span.toUs > sinceUs;
    return changed.get(host)?.some(isOf) === true ? [{ host, date }] : [];
  });
}
