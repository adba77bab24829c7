// From rows to the one record that every renderer receives.

import type { HostReport, Report } from "../../model/report.ts";
import type { Fleet } from "../../model/totals.ts";
import { MINUTE_US } from "../../model/units.ts";
import { hostNamed } from "../../store/host-named.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { adviseHost } from "./advice.ts";
import { toBursts } from "./burst.ts";
import { toldBursts } from "./bursts.ts";
import { chooseHosts, MOST_LISTED, withLeftOut } from "./fleet.ts";
import { mismatches, readLimits } from "./limits.ts";
import { unseenGain } from "./rises.ts";
import type { HostBursts, ReportOptions } from "./rows.ts";
import { readOccupancies, readProblems, readSources } from "./sources.ts";
import { timeAbove, timelineOf } from "./timeline.ts";
import { addTotals } from "./totals.ts";
import { hostBursts } from "./trusted.ts";

interface HostRow {
  readonly host_id: number;
  readonly name: string;
}

/** Everything a report says, from the database alone. Writes nothing. */
export function buildReport(db: Db, asked: ReportOptions): Report {
  const options = { ...asked, host: hostNamed(db, asked.host) };
  const rows = statement(db, "report_hosts").all({ host: options.host }) as HostRow[];
  const { worst, fleet } = chooseHosts(db, rows, options);
  const told = toldBursts(db, options, fleet === null ? null : worst.map((row) => row.host_id));
  const hosts = worst
    .map((row) => {
      const bursts = hostBursts(db, row.host_id, options, told);
      return { report: hostReport(db, row, bursts, options), gapUs: bursts.gapUs };
    })
    .filter((host) => isTold(host.report));
  const gap = hosts.find((host) => host.gapUs !== null)?.gapUs ?? options.gapUs ?? MINUTE_US;
  const own = hosts.map((host) => host.report.totals);
  const report: Report = {
    schemaVersion: 1,
    displayTz: options.displayTz,
    lang: options.lang,
    gapS: gap / 1e6,
    trustedOnly: options.trustedOnly,
    sinceUs: options.sinceUs,
    untilUs: options.untilUs,
    totals: addTotals(fleet === null ? own : [...own, fleet.rest]),
    hosts: hosts.map((host) => host.report),
    problems: readProblems(db),
    sources: readSources(db, options),
  };
  return fleet === null ? report : bounded(report, fleet);
}

/** Lists that grow with a fleet, cut: problems, and sources of the hosts that are shown. */
function bounded(report: Report, fleet: Fleet): Report {
  const shown = new Set(report.hosts.map(({ host }) => host));
  const sources = report.sources.filter(({ host }) => shown.has(host));
  return {
    ...report,
    fleet: withLeftOut(fleet, report.problems.length, sources.length),
    problems: report.problems.slice(0, MOST_LISTED),
    sources: sources.slice(0, MOST_LISTED),
  };
}

/** A host that only lent its name to a snapshot, and of which nothing is known, is not shown. */
function isTold(report: HostReport): boolean {
  return (
    report.totals.bursts + report.totals.doubtedLines > 0 ||
    report.limits.length > 0 ||
    report.timeline !== null
  );
}

function hasLogs(db: Db, host_id: number, { sinceUs: since_us, untilUs: until_us }: ReportOptions): boolean {
  return statement(db, "host_has_logs").get({ host_id, since_us, until_us }) !== undefined;
}

function hostReport(db: Db, row: HostRow, bursts: HostBursts, options: ReportOptions): HostReport {
  const { host_id: hostId, name } = row;
  const limits = readLimits(db, hostId);
  const above = timeAbove(db, hostId, options);
  const names = statement(db, "report_host_names").all({ host_id: hostId }) as { name: string }[];
  return {
    host: name,
    names: names.map((one) => one.name),
    bursts: toBursts(db, name, bursts.rows, options.evidence),
    burstsLeftOut: bursts.totals.bursts - bursts.rows.length,
    totals: bursts.totals,
    timeline: timelineOf(db, hostId, bursts, limits, options),
    limits,
    mismatches: mismatches(limits),
    secondsAbove90: above?.above90 ?? null,
    secondsAbove95: above?.above95 ?? null,
    occupancy: readOccupancies(db, hostId),
    advice: adviseHost(db, hostId, bursts, limits),
    hasLogs: hasLogs(db, hostId, options),
    undatedDropLines: bursts.undatedDropLines,
    unseenGain: unseenGain(db, hostId, options),
  };
}
