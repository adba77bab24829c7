// From rows to the one record that every renderer receives.

import type { HostReport, Report, Totals } from "../model/report.ts";
import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";
import { adviseHost } from "./report-advice.ts";
import { toBursts } from "./report-burst.ts";
import { keptBursts, toldBursts } from "./report-bursts.ts";
import { mismatches, readLimits } from "./report-limits.ts";
import { burstsAtGap } from "./report-regap.ts";
import type { HostBursts, ReportOptions } from "./report-rows.ts";
import { readOccupancies, readProblems, readSources } from "./report-sources.ts";
import { timeAbove, timelineOf } from "./report-timeline.ts";

interface HostRow {
  readonly host_id: number;
  readonly name: string;
}

/** Everything a report says, from the database alone. Writes nothing. */
export function buildReport(db: Db, options: ReportOptions): Report {
  const rows = statement(db, "report_hosts").all({ host: options.host }) as HostRow[];
  const told = toldBursts(db, options);
  const hosts = rows
    .map((row) => {
      const bursts =
        options.gapUs === null
          ? keptBursts(db, row.host_id, options, told)
          : burstsAtGap(db, row.host_id, options.gapUs, options);
      return { report: hostReport(db, row, bursts, options), gapUs: bursts.gapUs };
    })
    .filter((host) => isTold(host.report));
  const gap = hosts.find((host) => host.gapUs !== null)?.gapUs ?? options.gapUs ?? 60_000_000;
  return {
    schemaVersion: 1,
    displayTz: options.displayTz,
    lang: options.lang,
    gapS: gap / 1e6,
    sinceUs: options.sinceUs,
    untilUs: options.untilUs,
    totals: addTotals(hosts.map((host) => host.report.totals)),
    hosts: hosts.map((host) => host.report),
    problems: readProblems(db),
    sources: readSources(db, options),
  };
}

/** A host that only lent its name to a snapshot, and of which nothing is known, is not shown. */
function isTold(report: HostReport): boolean {
  return report.totals.bursts > 0 || report.limits.length > 0 || report.timeline !== null;
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
    undatedDropLines: bursts.undatedDropLines,
  };
}

function addTotals(all: readonly Totals[]): Totals {
  const sum = (pick: (totals: Totals) => number) => all.reduce((total, one) => total + pick(one), 0);
  const known = (values: readonly (number | null)[]) => values.filter((us) => us !== null);
  const starts = known(all.map((one) => one.fromUs));
  const ends = known(all.map((one) => one.toUs));
  return {
    bursts: sum((one) => one.bursts),
    undatedBursts: sum((one) => one.undatedBursts),
    fromUs: starts.length === 0 ? null : starts.reduce((a, b) => Math.min(a, b)),
    toUs: ends.length === 0 ? null : ends.reduce((a, b) => Math.max(a, b)),
    dropLines: sum((one) => one.dropLines),
    suppressed: sum((one) => one.suppressed),
    dropsMin: sum((one) => one.dropsMin),
    dropsReported: sum((one) => one.dropsReported),
    dropsMax: all.some((one) => one.dropsMax === null) ? null : sum((one) => one.dropsMax ?? 0),
  };
}
