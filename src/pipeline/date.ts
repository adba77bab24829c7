// From stamps as written to instants: explicit ones first, then zones and years that these prove, then uptimes.
// Works over rows, never over logs, so that a better anchor found later moves what was read before.

import { findHosts } from "../analysis/hosts.ts";
import type { Union } from "../analysis/union.ts";
import type { Problem } from "../model/problem.ts";
import { STAMP } from "../model/stored.ts";
import type { Db } from "../store/open.ts";
import { saveProblem } from "../store/problems.ts";
import { statement } from "../store/statements.ts";
import { type BootClocks, createBootClocks } from "./date-anchors.ts";
import { type FactRow, provenBoots, settleHosts, streamFacts } from "./date-hosts.ts";
import { lendAnchors } from "./date-lend.ts";
import { findScope } from "./date-scope.ts";
import { siblingZones } from "./date-siblings.ts";
import { dateSource } from "./date-source.ts";
import { datedLines, findZone } from "./date-zone.ts";
import { datingSources, type SourceRow, type StreamRow } from "./dating-rows.ts";

export interface DatingOptions {
  /** Microseconds since the epoch; null: the present day is no evidence. */
  readonly now: () => number | null;
  readonly onProblem?: (path: string, problem: Problem) => void;
}

export interface Dated {
  /** Problems that no earlier run had told. */
  readonly problems: number;
  /** Hosts of which anything may have changed. */
  readonly hostIds: ReadonlySet<number>;
}

/** Dates what is new, and what it can change. */
export function date(db: Db, runId: number, options: DatingOptions): Dated {
  const all = datingSources(db);
  const streams = statement(db, "dating_streams").all() as StreamRow[];
  const facts = statement(db, "facts").all() as FactRow[];
  const streamOf = streamFacts(streams, new Map(all.map((one) => [one.source_id, one])), facts);
  const union = provenBoots(db, streamOf);
  const indexOf = new Map(streamOf.map((fact, i) => [fact.streamId, i]));
  const hosts = findHosts(streamOf, union.root);
  const hostKeyOf = (stream: number) => hosts.of[stream]?.key ?? -1;
  const scope = findScope(all, streams, streamOf, hostKeyOf);
  const sources = all.filter((source) => scope.has(source.source_id));
  const bootOf = (streamId: number) => union.root(indexOf.get(streamId) ?? -1);
  const clocks = createBootClocks(db, bootOf);
  for (const source of sources) clocks.collect(source, "explicit");
  const zones = siblingZones(streamOf, hostKeyOf, all, facts);
  const ordered = inOrder(db, sources);
  // Zones that lines prove by themselves first: logs beside them may have nothing else to go by.
  for (const { source } of ordered) {
    const own = findZone(source, datedLines(db, source, clocks.of), []);
    if (own.basis === "anchored-zone" || source.option_tz !== null) zones.found(source, own.zone.name);
  }
  let fresh = 0;
  let lent = false;
  for (const { source, uptimesOnly } of ordered) {
    if (uptimesOnly && !lent) {
      lent = true;
      const inScope = streams.filter((stream) => scope.has(stream.source_id));
      const hostOf = (streamId: number) => hostKeyOf(indexOf.get(streamId) ?? -1);
      lendAnchors({ db, streams: inScope, clocks, bootOf, hostOf });
    }
    const found = dateSource(db, source, clocks, zones, options.now());
    clocks.collect(source, "dated");
    if (found !== null) fresh += keepProblems(db, runId, source, found.all(), options);
  }
  const hostIds = settleHosts(db, streams, streamOf, union, scope);
  statement(db, "date_occupancies").run();
  keepFindings(db, hostIds, clocks, union);
  return { problems: fresh, hostIds };
}

/** Problems of dating a source take the place of those it had. Returns how many are new. */
function keepProblems(
  db: Db,
  runId: number,
  source: SourceRow,
  problems: readonly Problem[],
  options: DatingOptions,
): number {
  const { source_id } = source;
  const told = statement(db, "told_date_problems").all({ source_id }) as { kind: string }[];
  statement(db, "forget_date_problems").run({ source_id });
  let fresh = 0;
  for (const problem of problems) {
    saveProblem(db, runId, source_id, null, problem, "date");
    if (told.some((row) => row.kind === problem.kind)) continue;
    fresh++;
    options.onProblem?.(source.path, problem);
  }
  return fresh;
}

/** Place of sources without any stamp but the kernel's own. */
const UPTIMES_ONLY = 3;

/** Logs that say their instants first, then those whose zone can follow from them, kernel buffers last. */
function inOrder(db: Db, sources: readonly SourceRow[]): { source: SourceRow; uptimesOnly: boolean }[] {
  const rank = new Map(
    sources.map((source) => {
      const { source_id } = source;
      const kinds = statement(db, "stamp_kinds").all({ source_id }) as { stamp_kind: number }[];
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

/** A clock that was moved is a finding: lines before it are on another clock than lines after it. */
function keepFindings(db: Db, hostIds: ReadonlySet<number>, clocks: BootClocks, union: Union): void {
  for (const host_id of hostIds) statement(db, "forget_findings").run({ host_id });
  const hostOf = new Map<number, number | null>();
  const fresh = statement(db, "dating_streams").all() as StreamRow[];
  for (const [i, stream] of fresh.entries())
    hostOf.set(union.root(i), hostOf.get(union.root(i)) ?? stream.host_id);
  for (const { root, clock } of clocks.all()) {
    const host_id = hostOf.get(root);
    if (host_id === undefined || host_id === null || !hostIds.has(host_id)) continue;
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
