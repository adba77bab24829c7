// The tables that every format for people shows, as heads and cells of plain text. Escaping and drawing are the format's.

import type { Burst, HostReport, Occupancy, Report } from "../model/report.ts";
import { sourceName } from "../model/source-name.ts";
import { isDated } from "./facts.ts";
import { grouped, percent } from "./units.ts";
import {
  at,
  boundShort,
  boundWords,
  countAge,
  instants,
  lasted,
  noneShort,
  number,
  type Voice,
} from "./voice.ts";
import { named } from "./words.ts";

export interface Head {
  readonly head: string;
  readonly right?: boolean;
  /** Never wrapped: dates. */
  readonly keep?: boolean;
}

export interface Table {
  readonly columns: readonly Head[];
  readonly rows: readonly (readonly string[])[];
}

const left = (head: string): Head => ({ head });
const kept = (head: string): Head => ({ head, keep: true });
const right = (head: string): Head => ({ head, right: true });

/** A count from before the burst says so: of a table that fills within seconds it tells little. */
function fullness(burst: Burst, voice: Voice): string {
  const { w } = voice;
  if (burst.utilisation === null) return w.dash;
  const age = countAge(burst, voice);
  const ratio = percent(burst.utilisation, w);
  return age === null ? ratio : w.fullBefore(ratio, age);
}

export function startOf(burst: Burst, voice: Voice): string {
  return isDated(burst) ? at(voice, burst.startUs) : voice.w.undated;
}

export function burstTable(host: HostReport, voice: Voice): Table {
  const { col } = voice.w;
  const starts = instants(
    voice,
    host.bursts.map((burst) => burst.startUs),
  );
  // Most logs have none: then there is no column of noughts.
  const doubted = host.bursts.some((burst) => burst.doubtedLines > 0);
  return {
    columns: [
      right(col.burstShort),
      kept(starts.head(col.start)),
      right(col.lasted),
      left(col.dropped),
      right(col.reported),
      right(col.limit),
      right(col.full),
      ...(doubted ? [right(col.doubted)] : []),
    ],
    rows: host.bursts.map((burst, i) => [
      String(i + 1),
      starts.cells[i] ?? voice.w.undated,
      lasted(voice, burst),
      boundShort(voice, burst.dropsMin, burst.dropsMax),
      grouped(burst.dropsReported, voice.w),
      number(voice, burst.limitValue),
      fullness(burst, voice),
      ...(doubted ? [grouped(burst.doubtedLines, voice.w)] : []),
    ]),
  };
}

export function hostTable(report: Report, voice: Voice): Table {
  const { w } = voice;
  return {
    columns: [left(w.col.host), right(w.col.bursts), left(w.col.dropped), right(w.col.reported)],
    rows: report.hosts.map(({ host, totals, hasLogs }) => [
      host,
      grouped(totals.bursts, w),
      totals.bursts === 0 ? noneShort(voice, hasLogs) : boundWords(voice, totals.dropsMin, totals.dropsMax),
      grouped(totals.dropsReported, w),
    ]),
  };
}

export function occupancyTables(occupancy: Occupancy, voice: Voice): readonly Table[] {
  const { col } = voice.w;
  const groups = [
    [col.state, occupancy.byState],
    [col.source, occupancy.bySource],
    [col.port, occupancy.byPort],
  ] as const;
  return groups
    .filter(([, rows]) => rows.length > 0)
    .map(([head, rows]) => ({
      columns: [left(head), right(col.entries), right(col.share)],
      rows: rows.map(({ label, entries }) => [
        label,
        grouped(entries, voice.w),
        occupancy.total > 0 ? percent(entries / occupancy.total, voice.w) : voice.w.unknown,
      ]),
    }));
}

export function problemTable(report: Report, voice: Voice): Table {
  const { w } = voice;
  const { col } = w;
  return {
    columns: [left(col.problem), right(col.count), left(col.where), left(col.message)],
    rows: report.problems.map((problem) => [
      named(w.problemKinds, problem.kind),
      grouped(problem.count, w),
      problemPlace(problem.path, problem.firstByteOffset, voice),
      problem.message,
    ]),
  };
}

function problemPlace(path: string | null, offset: number | null, { w }: Voice): string {
  if (path === null) return w.dash;
  return offset === null ? path : w.place(path, null, String(offset), null);
}

export function sourceTable(report: Report, voice: Voice): Table {
  const { w } = voice;
  const { col } = w;
  const first = instants(
    voice,
    report.sources.map((source) => source.firstUs),
  );
  const last = instants(
    voice,
    report.sources.map((source) => source.lastUs),
  );
  return {
    columns: [
      left(col.path),
      left(col.host),
      left(col.channel),
      left(col.format),
      kept(first.head(col.from)),
      kept(last.head(col.to)),
      right(col.bytes),
      right(col.events),
      right(col.problems),
      left(col.complete),
      left(col.sha256),
    ],
    rows: report.sources.map((source, i) => [
      sourceName(source),
      source.host,
      source.channel,
      source.format,
      first.cells[i] ?? w.dash,
      last.cells[i] ?? w.dash,
      grouped(source.bytes, w),
      grouped(source.events, w),
      grouped(source.problems, w),
      source.complete ? w.yes : w.no,
      source.sha256 ?? w.notHashed,
    ]),
  };
}
