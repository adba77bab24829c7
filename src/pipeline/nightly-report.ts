// The report of one host and day, in the three formats that are kept.

import type { HostReport, Report } from "../model/report.ts";
import type { Totals } from "../model/totals.ts";
import { FORMATS } from "../render/formats.ts";
import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";
import { daySpan, type HostDay } from "./nightly-days.ts";
import { pathOfDay } from "./nightly-paths.ts";
import { buildReport } from "./report.ts";

export interface ReportFiles {
  /** Text of a file, or null where there is none. Paths are relative, with `/`. */
  read(path: string): string | null;
  /** Writes a file whole or not at all. */
  write(path: string, text: string): Promise<void>;
  /** Paths of all files that end as reports do. */
  list(): readonly string[];
}

export interface DayOptions {
  readonly displayTz: string;
  readonly lang: string;
}

const KEPT = ["html", "markdown", "json"] as const;
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
  const report = ofDay(buildReport(db, { host: day.host, ...span, gapUs: null, ...options }));
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

/** Only what is of the day: no burst without a time, no source of another day, no problem of another source. */
function ofDay(report: Report): Report {
  const { sinceUs, untilUs } = report;
  const hosts = report.hosts.map((host) => clipped(dated(host)));
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
  const problems = report.problems.filter((problem) => problem.path !== null && paths.has(problem.path));
  const totals = hosts.map((host) => host.totals).reduce(add, NOTHING);
  return { ...report, hosts, sources, problems, totals };
}

const NOTHING: Totals = {
  bursts: 0,
  dropLines: 0,
  suppressed: 0,
  dropsMin: 0,
  dropsReported: 0,
  dropsMax: 0,
};

function add(a: Totals, b: Totals): Totals {
  return {
    bursts: a.bursts + b.bursts,
    dropLines: a.dropLines + b.dropLines,
    suppressed: a.suppressed + b.suppressed,
    dropsMin: a.dropsMin + b.dropsMin,
    dropsReported: a.dropsReported + b.dropsReported,
    dropsMax: a.dropsMax === null || b.dropsMax === null ? null : a.dropsMax + b.dropsMax,
  };
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

/** A host without its bursts of no known day. */
function dated(host: HostReport): HostReport {
  const undated = host.bursts.filter((burst) => burst.startUs === null);
  if (undated.length === 0) return host;
  const bursts = host.bursts.filter((burst) => burst.startUs !== null);
  const less = undated.map((burst) => ({
    bursts: -1,
    dropLines: -burst.dropLines,
    suppressed: -burst.suppressed,
    dropsMin: -burst.dropsMin,
    dropsReported: -(burst.dropLines + burst.suppressed),
    dropsMax: 0,
  }));
  const dropsMax = bursts.some((burst) => burst.dropsMax === null)
    ? null
    : bursts.reduce((sum, burst) => sum + (burst.dropsMax ?? 0), 0);
  const totals = { ...less.reduce(add, host.totals), dropsMax };
  return { ...host, bursts, totals, undatedDropLines: 0 };
}
