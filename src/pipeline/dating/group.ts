// Sources that can date each other, dated: their zones, their boots' clocks and their rows. Only they are held.

import type { Problem } from "../../model/problem.ts";
import { STAMP } from "../../model/stored.ts";
import type { Db } from "../../store/open.ts";
import { saveProblem } from "../../store/problems.ts";
import { statement } from "../../store/statements.ts";
import { createBootClocks } from "./anchors.ts";
import { datingSource, type SourceRow, type StreamRow, streamsOf } from "./dating-rows.ts";
import { lendAnchors } from "./lend.ts";
import { siblingZones } from "./siblings.ts";
import { dateSource } from "./source.ts";
import { datedLines, findZone } from "./zone.ts";

export interface GroupWork {
  readonly db: Db;
  readonly runId: number;
  readonly now: () => number | null;
  readonly onProblem?: ((path: string, problem: Problem) => void) | undefined;
  /** Number of the boot of a stream, equal for streams of one boot. */
  bootOf(streamId: number): number;
  /** Number of the machine of a stream, as far as it is known before dating. */
  machineOf(streamId: number): number;
}

export interface GroupDated {
  readonly streams: readonly StreamRow[];
  /** Problems that no earlier run had told. */
  readonly problems: number;
  readonly steps: readonly StepFound[];
}

/** A clock that was moved: lines before it are on another clock than lines after it. */
export interface StepFound {
  readonly boot: number;
  readonly at_us: number | null;
  readonly message: string;
}

/** Dates the sources of one group. */
export function dateGroup(work: GroupWork, sourceIds: readonly number[]): GroupDated {
  const { db, bootOf, machineOf } = work;
  const sources = sourceIds.map((id) => datingSource(db, id));
  const streamsBySource = new Map(sources.map((source) => [source.source_id, streamsOf(db, source)]));
  const streams = [...streamsBySource.values()].flat().sort((a, b) => a.stream_id - b.stream_id);
  const clocks = createBootClocks(db, bootOf);
  for (const source of sources) clocks.collect(source, "explicit");
  const zones = siblingZones(sources, ({ source_id }) => {
    const last = streamsBySource.get(source_id)?.at(-1);
    return last === undefined ? undefined : machineOf(last.stream_id);
  });
  const ordered = inOrder(db, sources);
  // Zones that lines prove by themselves first: logs beside them may have nothing else to go by.
  for (const { source } of ordered) {
    const own = findZone(source, datedLines(db, source, clocks.of), []);
    if (own.basis === "anchored-zone" || source.option_tz !== null) zones.found(source, own.zone.name);
  }
  let problems = 0;
  let lent = false;
  for (const { source, uptimesOnly } of ordered) {
    if (uptimesOnly && !lent) {
      lent = true;
      lendAnchors({ db, streams, clocks, bootOf, hostOf: machineOf });
    }
    const found = dateSource(db, source, clocks, zones, work.now());
    if (found !== null) problems += keepProblems(work, source, found.all());
  }
  return { streams, problems, steps: clocks.all().flatMap(stepsOf) };
}

/** Problems of dating a source take the place of those it had. Returns how many are new. */
function keepProblems(
  { db, runId, onProblem }: GroupWork,
  source: SourceRow,
  problems: readonly Problem[],
): number {
  const { source_id } = source;
  const told = statement(db, "told_date_problems").all({ source_id }) as { kind: string }[];
  statement(db, "forget_date_problems").run({ source_id });
  let fresh = 0;
  for (const problem of problems) {
    saveProblem(db, runId, source_id, null, problem, "date");
    if (told.some((row) => row.kind === problem.kind)) continue;
    fresh++;
    onProblem?.(source.path, problem);
  }
  return fresh;
}

/** Place of sources without any stamp but the kernel's own. */
const UPTIMES_ONLY = 3;

/** Logs that say their instants first, then those whose zone can follow from them, kernel buffers last. */
function inOrder(db: Db, sources: readonly SourceRow[]): { source: SourceRow; uptimesOnly: boolean }[] {
  const ranked = sources.map((source) => {
    const { source_id } = source;
    const kinds = statement(db, "stamp_kinds").all({ source_id }) as { stamp_kind: number }[];
    const has = (...wanted: number[]) => kinds.some((kind) => wanted.includes(kind.stamp_kind));
    const rank = has(STAMP.instant)
      ? 0
      : has(STAMP.wall, STAMP.yearless)
        ? 1
        : has(STAMP.derivedWall, STAMP.derivedInstant)
          ? 2
          : UPTIMES_ONLY;
    return { source, rank };
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || a.source.source_id - b.source.source_id)
    .map(({ source, rank }) => ({ source, uptimesOnly: rank === UPTIMES_ONLY }));
}

function stepsOf({
  root,
  clock,
}: ReturnType<ReturnType<typeof createBootClocks>["all"]>[number]): StepFound[] {
  return clock.steps().map((step) => {
    const seconds = Math.round(step.stepUs / 1e6);
    const at_us = clock.resolve(step.uptimeUs)?.atUs ?? null;
    const way = seconds > 0 ? "forward" : "back";
    const [since, by] = [step.sinceUptimeUs, step.uptimeUs].map((us) => Math.round(us / 1e6));
    const message = `the clock was moved ${way} by ${Math.abs(seconds)} s between uptime ${since} s and ${by} s`;
    return { boot: root, at_us, message };
  });
}
