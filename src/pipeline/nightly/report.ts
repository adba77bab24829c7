// The report of one host and day, in the three formats that are kept.

import type { HostReport, Report } from "../../model/report.ts";
import { FORMATS } from "../../render/formats.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { buildReport } from "../reporting/report.ts";
import { daySpan, type HostDay } from "./days.ts";
import { pathOfDay } from "./paths.ts";

export interface ReportFiles {
  /** Text of a file, or null where there is none. Paths are relative, with `/`. */
  read(path: string): string | null;
  /** Writes a file whole or not at all. */
  write(path: string, text: string): Promise<void>;
  /** Paths of all files that end as reports do. */
  list(): readonly string[];
  /** Removes what a killed run left half written. */
  tidy(): void;
}

export interface DayOptions {
  readonly displayTz: string;
  readonly lang: string;
}

const KEPT = ["html", "markdown", "json"] as const;
/** A burst is a minute away from the next: a day has room for 1440. */
const MOST_BURSTS = 1000;
const PLAIN = { width: 80, colour: false, ascii: false };

/** Writes a day's report where it differs from what lies there. Returns whether anything was written. */
export async function writeDay(
  db: Db,
  day: HostDay,
  files: ReportFiles,
  options: DayOptions,
): Promise<boolean> {
  const span = daySpan(day.date, options.displayTz);
  const json = pathOfDay(day, FORMATS.json.extension);
  // A report made while its evidence was there cites lines that are gone now.
  if (files.read(json) !== null && isPruned(db, day.host, span)) return false;
  const report = ofDay(
    buildReport(db, {
      host: day.host,
      ...span,
      gapUs: null,
      mostBursts: MOST_BURSTS,
      evidence: true,
      undated: false,
      trustedOnly: false,
      ...options,
    }),
  );
  const texts = KEPT.map((name) => {
    const { render, extension } = FORMATS[name];
    return { path: pathOfDay(day, extension), text: [...render(report, PLAIN)].join("") };
  });
  const lying = texts.map(({ path }) => files.read(path));
  const now = texts.find(({ path }) => path === json)?.text ?? "";
  if (!lying.includes(null) && saysTheSame(files.read(json), now)) return false;
  for (const { path, text } of texts) await files.write(path, text);
  return true;
}

/** A live log is larger every night: that alone makes no report of an earlier day another one. */
function saysTheSame(before: string | null, now: string): boolean {
  const told = (text: string) => JSON.stringify({ ...(JSON.parse(text) as object), sources: null });
  try {
    return before !== null && told(before) === told(now);
  } catch {
    return false;
  }
}

function isPruned(db: Db, host: string, span: { sinceUs: number; untilUs: number }): boolean {
  const row = statement(db, "pruned_within").get({
    host,
    since_us: span.sinceUs,
    until_us: span.untilUs,
  }) as { pruned: number };
  return row.pruned === 1;
}

/** Only what is of the day: no source of another day, no problem of another source. */
function ofDay(report: Report): Report {
  const { sinceUs, untilUs } = report;
  const hosts = report.hosts.map(clipped);
  const names = new Set(hosts.map((host) => host.host));
  const sources = report.sources.filter(
    (source) =>
      names.has(source.host) &&
      source.firstUs !== null &&
      source.lastUs !== null &&
      (untilUs === null || source.firstUs <= untilUs) &&
      (sinceUs === null || source.lastUs >= sinceUs),
  );
  const paths = new Set(sources.map((source) => source.path));
  // A run that failed may have missed this day as well.
  const problems = report.problems.filter(({ path, kind }) =>
    path === null ? kind.startsWith("run-") : paths.has(path),
  );
  return { ...report, hosts, sources, problems };
}

/** What logs of other days cover is no matter of this one. */
function clipped(host: HostReport): HostReport {
  if (host.timeline === null) return host;
  const { fromUs, toUs } = host.timeline;
  const coverage = host.timeline.coverage
    .filter((span) => span.fromUs <= toUs && span.toUs >= fromUs)
    .map((span) => ({ ...span, fromUs: Math.max(span.fromUs, fromUs), toUs: Math.min(span.toUs, toUs) }));
  return { ...host, timeline: { ...host.timeline, coverage } };
}
