// From rows to the one record that every renderer receives.

import { readVerdict } from "../analysis/verdict.ts";
import type { Burst, HostReport, LimitSpan, Report, WitnessAccount } from "../model/report.ts";
import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";
import { adviseHost } from "./report-advice.ts";
import { eventCitation, observationCitation } from "./report-citations.ts";
import { chooseHosts, MOST_LISTED, withLeftOut } from "./report-fleet.ts";
import { burstsAtGap } from "./report-regap.ts";
import type { BurstRow, ReportOptions, WindowRow } from "./report-rows.ts";
import { readOccupancies, readProblems, readSources } from "./report-sources.ts";
import { timeAbove, timelineOf } from "./report-timeline.ts";
import { addTotals, totalsOf } from "./report-totals.ts";

/** Everything a report says, from the database alone. Writes nothing. */
export function buildReport(db: Db, options: ReportOptions): Report {
  const rows = statement(db, "report_hosts").all({ host: options.host }) as {
    host_id: number;
    name: string;
  }[];
  const { worst, fleet } = chooseHosts(db, rows, options, (hostId) => burstRows(db, hostId, options));
  const hosts = worst.map((row) => hostReport(db, row.host_id, row.name, options)).filter(isTold);
  const own = hosts.map((host) => host.report.totals);
  const shown = fleet === null ? null : new Set(hosts.map((host) => host.report.host));
  const problems = readProblems(db);
  const sources = readSources(db, options).filter((one) => shown === null || shown.has(one.host));
  const gap = hosts.flatMap((host) => host.gaps)[0] ?? options.gapUs ?? 60_000_000;
  return {
    schemaVersion: 1,
    displayTz: options.displayTz,
    lang: options.lang,
    gapS: gap / 1e6,
    sinceUs: options.sinceUs,
    untilUs: options.untilUs,
    totals: addTotals(fleet === null ? own : [...own, fleet.rest]),
    fleet: fleet === null ? null : withLeftOut(fleet, problems.length, sources.length),
    hosts: hosts.map((host) => host.report),
    problems: fleet === null ? problems : problems.slice(0, MOST_LISTED),
    sources: fleet === null ? sources : sources.slice(0, MOST_LISTED),
  };
}

interface BuiltHost {
  readonly report: HostReport;
  readonly gaps: readonly number[];
}

/** A host that only lent its name to a snapshot, and of which nothing is known, is not shown. */
function isTold({ report }: BuiltHost): boolean {
  return report.bursts.length > 0 || report.limits.length > 0 || report.timeline !== null;
}

function hostReport(db: Db, hostId: number, name: string, options: ReportOptions): BuiltHost {
  const rows = burstRows(db, hostId, options);
  const bursts = rows.map((row) => toBurst(db, name, row));
  const limits = readLimits(db, hostId);
  const timeline = timelineOf(db, hostId, rows, limits, options);
  const above = timeAbove(db, hostId, limits);
  return {
    report: {
      host: name,
      names: (statement(db, "report_host_names").all({ host_id: hostId }) as { name: string }[]).map(
        (row) => row.name,
      ),
      bursts,
      totals: totalsOf(rows),
      timeline,
      limits,
      mismatches: mismatches(limits),
      secondsAbove90: above?.above90 ?? null,
      secondsAbove95: above?.above95 ?? null,
      occupancy: readOccupancies(db, hostId),
      advice: adviseHost(db, hostId, rows, limits),
      undatedDropLines: rows.filter((row) => row.start_us === null).reduce((n, row) => n + row.drop_lines, 0),
    },
    gaps: rows.map((row) => row.gap_us),
  };
}

function burstRows(db: Db, hostId: number, options: ReportOptions): BurstRow[] {
  if (options.gapUs === null) return keptBursts(db, hostId, options);
  return burstsAtGap(db, hostId, options.gapUs).filter((row) => inRange(row, options));
}

function inRange(row: BurstRow, { sinceUs, untilUs }: ReportOptions): boolean {
  return (
    (sinceUs === null || (row.end_us ?? sinceUs) >= sinceUs) &&
    (untilUs === null || (row.start_us ?? untilUs) <= untilUs)
  );
}

function keptBursts(db: Db, hostId: number, options: ReportOptions): BurstRow[] {
  const rows = statement(db, "report_bursts").all({
    host_id: hostId,
    since_us: options.sinceUs,
    until_us: options.untilUs,
  }) as Omit<BurstRow, "accounts" | "windows">[];
  return rows.map((row) => {
    const accounts = statement(db, "report_witnesses").all({ burst_id: row.burst_id }) as {
      channel: string;
      drop_lines: number;
      suppressed: number;
      relation: WitnessAccount["relation"];
    }[];
    return {
      ...row,
      accounts: accounts.map(({ channel, drop_lines, suppressed, relation }) => ({
        channel,
        dropLines: drop_lines,
        suppressed,
        relation,
        speaks: relation === "speaks",
      })),
      windows: statement(db, "report_windows").all({ burst_id: row.burst_id }) as WindowRow[],
    };
  });
}

/** A count taken longer before a burst says nothing of how full the table was in it. */
const NEAR_S = 60;

function toBurst(db: Db, host: string, row: BurstRow): Burst {
  const first = eventCitation(db, row.first_event_id);
  const last = eventCitation(db, row.last_event_id);
  const evidence = (
    [
      ["limit", row.limit_observation_id],
      ["count-before", row.count_before_observation_id],
      ["count-peak", row.count_peak_observation_id],
      ["count-after", row.count_after_observation_id],
    ] as const
  ).flatMap(([role, id]) => (id === null ? [] : [{ role, citation: observationCitation(db, id) }]));
  const near = age(row.start_us, row.count_before_us);
  const count = row.count_peak ?? (near !== null && near <= NEAR_S ? row.count_before : null);
  return {
    burstId: row.burst_id,
    host,
    netns: row.netns,
    startUs: row.start_us,
    endUs: row.end_us,
    durationS: row.start_us === null || row.end_us === null ? null : (row.end_us - row.start_us) / 1e6,
    dropLines: row.drop_lines,
    suppressed: row.suppressed,
    suppressedShared: row.suppressed_shared,
    dropsMin: row.drops_min,
    dropsReported: row.drops_reported,
    dropsMax: row.drops_max,
    dropsEstimate: row.drops_estimate,
    bound: row.bound,
    boundReasons: row.bound_reasons === "" ? [] : row.bound_reasons.split(","),
    tailCap: row.tail_cap,
    limitValue: row.limit_value,
    limitOrigin: row.limit_origin,
    countBefore: row.count_before,
    countBeforeAgeS: age(row.start_us, row.count_before_us),
    countPeak: row.count_peak,
    countAfter: row.count_after,
    countAfterAgeS: age(row.count_after_us, row.end_us),
    utilisation:
      count === null || !row.limit_value ? null : Math.round((count / row.limit_value) * 1e4) / 1e4,
    witness: row.witness,
    witnesses: row.accounts,
    verdict: row.verdict,
    verdictSaid: row.verdict === null ? null : readVerdict(row.verdict),
    basis: row.basis,
    first,
    last,
    evidence,
  };
}

function age(laterUs: number | null, earlierUs: number | null): number | null {
  return laterUs === null || earlierUs === null ? null : (laterUs - earlierUs) / 1e6;
}

function readLimits(db: Db, hostId: number): LimitSpan[] {
  const rows = statement(db, "report_limit_spans").all({ host_id: hostId }) as {
    netns: string | null;
    key: string;
    value: number;
    since_us: number | null;
    until_us: number | null;
    force: "effective" | "configured";
    origin: string;
    observation_id: number;
  }[];
  return rows.map((row) => ({
    netns: row.netns,
    key: row.key,
    value: row.value,
    sinceUs: row.since_us,
    untilUs: row.until_us,
    force: row.force,
    origin: row.origin,
    citation: observationCitation(db, row.observation_id),
  }));
}

/** The last configured and the last effective value of a key, where they differ. */
function mismatches(limits: readonly LimitSpan[]): HostReport["mismatches"] {
  const keys = [...new Set(limits.filter((one) => one.force === "configured").map((one) => one.key))].sort();
  return keys.flatMap((key) => {
    const of = (force: string) => limits.filter((one) => one.key === key && one.force === force).at(-1);
    const configured = of("configured");
    const effective = of("effective");
    if (configured === undefined || effective === undefined || configured.value === effective.value)
      return [];
    return [{ key, configured, effective }];
  });
}
