// From stamps as written to instants: explicit ones first, then zones and years that these prove, then uptimes.
// Works over rows, never over logs, so that a better anchor found later moves what was read before.

import type { StreamFact } from "../analysis/boots.ts";
import { findHosts } from "../analysis/hosts.ts";
import type { Union } from "../analysis/union.ts";
import type { Problem } from "../model/problem.ts";
import { STAMP } from "../model/stored.ts";
import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";
import { saveProblem } from "../store/write.ts";
import { type BootClocks, createBootClocks } from "./date-anchors.ts";
import { type FactRow, provenBoots, settleHosts, streamFacts } from "./date-hosts.ts";
import { lendAnchors } from "./date-lend.ts";
import { type DatingRules, dateRows, type RowToDate } from "./date-rows.ts";
import { datedLines, findYear, findZone } from "./date-zone.ts";
import { anchorsOf, eventsOf, observationsOf, type SourceRow, type StreamRow } from "./dating-rows.ts";
import { createProblemLog, type ProblemLog } from "./reading.ts";

export interface DatingOptions {
  /** Microseconds since the epoch; null: the present day is no evidence. */
  readonly now: () => number | null;
  readonly onProblem?: (path: string, problem: Problem) => void;
}

/** Dates every row of the database. Returns how many problems it found that no earlier run had told. */
export function date(db: Db, runId: number, options: DatingOptions): number {
  const sources = statement(db, "dating_sources").all() as SourceRow[];
  const streams = statement(db, "dating_streams").all() as StreamRow[];
  const facts = statement(db, "facts").all() as FactRow[];
  const streamOf = streamFacts(streams, new Map(sources.map((one) => [one.source_id, one])), facts);
  const union = provenBoots(db, streamOf);
  const indexOf = new Map(streamOf.map((fact, i) => [fact.streamId, i]));
  const clocks = createBootClocks(db, (streamId) => union.root(indexOf.get(streamId) ?? -1));
  for (const source of sources) clocks.collect(source, "explicit");
  const told = new Set(
    (statement(db, "told_date_problems").all() as { source_id: number; kind: string }[]).map(
      (row) => `${row.source_id} ${row.kind}`,
    ),
  );
  statement(db, "forget_date_problems").run();
  const zones = siblingZones(streamOf, union, sources, facts);
  let fresh = 0;
  const ordered = inOrder(db, sources);
  // Zones that lines prove by themselves first: logs beside them may have nothing else to go by.
  for (const { source } of ordered) {
    const own = findZone(source, datedLines(db, source, clocks.of), []);
    if (own.basis === "anchored-zone" || source.option_tz !== null) zones.found(source, own.zone.name);
  }
  const hosts = findHosts(streamOf, union.root);
  let lent = false;
  for (const { source, uptimesOnly } of ordered) {
    if (uptimesOnly && !lent) {
      lent = true;
      lendAnchors({
        db,
        streams,
        clocks,
        bootOf: (streamId) => union.root(indexOf.get(streamId) ?? -1),
        hostOf: (streamId) => hosts.of[indexOf.get(streamId) ?? -1]?.key ?? -1,
      });
    }
    const problems = createProblemLog();
    dateSource(db, source, clocks, zones, options.now(), problems);
    clocks.collect(source, "dated");
    for (const problem of problems.all()) {
      saveProblem(db, runId, source.source_id, null, problem, "date");
      if (told.has(`${source.source_id} ${problem.kind}`)) continue;
      fresh++;
      options.onProblem?.(source.path, problem);
    }
  }
  settleHosts(db, streams, streamOf, union);
  statement(db, "date_occupancies").run();
  keepFindings(db, streams, clocks, union);
  return fresh;
}

/** Place of sources without any stamp but the kernel's own. */
const UPTIMES_ONLY = 3;

/** Logs that say their instants first, then those whose zone can follow from them, kernel buffers last. */
function inOrder(db: Db, sources: readonly SourceRow[]): { source: SourceRow; uptimesOnly: boolean }[] {
  const rank = new Map(
    sources.map((source) => {
      const { anchor_from, anchor_to, observation_from, observation_to } = source;
      const kinds = statement(db, "stamp_kinds").all({
        anchor_from,
        anchor_to,
        observation_from,
        observation_to,
      }) as {
        stamp_kind: number;
      }[];
      const has = (...wanted: number[]) => kinds.some((kind) => wanted.includes(kind.stamp_kind));
      const place = has(STAMP.instant)
        ? 0
        : has(STAMP.wall, STAMP.yearless)
          ? 1
          : has(STAMP.derivedWall, STAMP.derivedInstant)
            ? 2
            : UPTIMES_ONLY;
      return [source.source_id, place];
    }),
  );
  return [...sources]
    .sort((a, b) => (rank.get(a.source_id) ?? 0) - (rank.get(b.source_id) ?? 0) || a.source_id - b.source_id)
    .map((source) => ({ source, uptimesOnly: rank.get(source.source_id) === UPTIMES_ONLY }));
}

interface SiblingZones {
  of(source: SourceRow): string[];
  found(source: SourceRow, zone: string): void;
}

/** Zones known of other logs of the same machine or bundle: what the bundle's files say comes first. */
function siblingZones(
  streams: readonly StreamFact[],
  union: Union,
  sources: readonly SourceRow[],
  facts: readonly FactRow[],
): SiblingZones {
  const hosts = findHosts(streams, union.root);
  const hostOf = new Map(streams.map((stream, i) => [stream.sourceId, hosts.of[i]?.key ?? -1]));
  const told = new Map(
    facts.flatMap((fact) => (fact.key === "zone" && fact.bundle !== null ? [[fact.bundle, fact.value]] : [])),
  );
  const byHost = new Map<number, string[]>();
  for (const source of sources) {
    const zone = source.bundle === null ? undefined : told.get(source.bundle);
    const host = hostOf.get(source.source_id);
    if (zone !== undefined && host !== undefined) byHost.set(host, [...(byHost.get(host) ?? []), zone]);
  }
  return {
    of(source) {
      const bundled = source.bundle === null ? undefined : told.get(source.bundle);
      const host = hostOf.get(source.source_id);
      const others = host === undefined ? [] : (byHost.get(host) ?? []);
      return [...new Set([...(bundled === undefined ? [] : [bundled]), ...others])];
    },
    found(source, zone) {
      const host = hostOf.get(source.source_id);
      if (host !== undefined) byHost.set(host, [...new Set([...(byHost.get(host) ?? []), zone])]);
    },
  };
}

/** Readings out of a log line; every other reading is a snapshot, and has its file's time if none of its own. */
const LOGGED = new Set(["banner", "limit_exceeded", "sudo-sysctl", "kube-proxy"]);

function dateSource(
  db: Db,
  source: SourceRow,
  clocks: BootClocks,
  zones: SiblingZones,
  nowUs: number | null,
  problems: ProblemLog,
): void {
  const dated = datedLines(db, source, clocks.of);
  const found = findZone(source, dated, zones.of(source));
  if (found.basis !== "assumed-zone") zones.found(source, found.zone.name);
  const year = findYear(db, source, dated, found.zone, nowUs);
  if (found.contradiction !== null) problems.add("option-contradicts", found.contradiction, null);
  if (year?.basis === "option") {
    for (const sentence of year.contradictions) problems.add("option-contradicts", sentence, null);
  }
  statement(db, "set_source_dating").run({
    source_id: source.source_id,
    zone: found.zone.name,
    zone_basis: found.basis,
    first_year: year?.firstYear ?? null,
    year_basis: year?.by ?? null,
  });
  const rules: DatingRules = {
    zone: found.zone,
    zoneBasis: found.basis,
    firstYear: year?.firstYear ?? null,
    yearBasis: year?.basis ?? null,
    fileTimeUs: null,
    clockOf: clocks.of,
    derivedBaseOf: (streamId) => clocks.derivedBase(streamId, source),
  };
  // Doubts are told once, by the events; marks only carry coverage.
  const silent = createProblemLog();
  dateRows(anchorsOf(db, source), rules, silent, (id, at_us) =>
    statement(db, "set_anchor_time").run({ id, at_us }),
  );
  dateRows(eventsOf(db, source), rules, problems, keep(db, "set_event_time"));
  const keepReading = keep(db, "set_observation_time");
  const snapshot = { ...rules, fileTimeUs: source.path === "-" ? null : source.mtime_us };
  dateRows(only(observationsOf(db, source), true), rules, problems, keepReading);
  dateRows(only(observationsOf(db, source), false), snapshot, problems, keepReading);
}

function* only<Row extends RowToDate & { readonly kind: string }>(
  rows: Iterable<Row>,
  logged: boolean,
): Generator<Row> {
  for (const row of rows) if (LOGGED.has(row.kind) === logged) yield row;
}

function keep(db: Db, name: string): (id: number, at_us: number | null, basis: string) => void {
  const set = statement(db, name);
  return (id, at_us, basis) => {
    set.run({ id, at_us, basis });
  };
}

/** A clock that was moved is a finding: lines before it are on another clock than lines after it. */
function keepFindings(db: Db, streams: readonly StreamRow[], clocks: BootClocks, union: Union): void {
  statement(db, "forget_findings").run();
  const hostOf = new Map<number, number | null>();
  const fresh = statement(db, "dating_streams").all() as StreamRow[];
  for (const [i, stream] of fresh.entries())
    hostOf.set(union.root(i), hostOf.get(union.root(i)) ?? stream.host_id);
  if (fresh.length !== streams.length) throw new Error("streams changed while they were dated");
  for (const { root, clock } of clocks.all()) {
    const host_id = hostOf.get(root);
    if (host_id === undefined || host_id === null) continue;
    for (const step of clock.steps()) {
      const seconds = Math.round(step.stepUs / 1e6);
      const at_us = clock.resolve(step.uptimeUs)?.atUs ?? null;
      const way = seconds > 0 ? "forward" : "back";
      const [since, by] = [step.sinceUptimeUs, step.uptimeUs].map((us) => Math.round(us / 1e6));
      const message = `the clock was moved ${way} by ${Math.abs(seconds)} s between uptime ${since} s and ${by} s`;
      statement(db, "insert_finding").run({ host_id, at_us, kind: "clock-step", message });
    }
  }
}
