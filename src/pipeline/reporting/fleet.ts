// A report of thousands of hosts shows the worst of them, and counts the others: nobody reads ten thousand pages, and
// `--host` gives any one of them.

import type { Fleet, Totals } from "../../model/totals.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { keptTotals } from "./bursts.ts";
import type { ReportOptions } from "./rows.ts";
import { addTotals } from "./totals.ts";
import { hostBursts } from "./trusted.ts";

/** Hosts that are shown in full. */
const MOST_HOSTS = 100;
/** Problems and sources that are listed in the report of a fleet. */
export const MOST_LISTED = 1000;
const MOST_HOURS = 24;
const MOST_LIMITS = 20;

interface HostRow {
  readonly host_id: number;
  readonly name: string;
}

/** Which of `rows` are shown, and what the others come to; all of them and null where they are few. */
export function chooseHosts(
  db: Db,
  rows: readonly HostRow[],
  options: ReportOptions,
): { worst: readonly HostRow[]; fleet: Fleet | null } {
  if (rows.length <= MOST_HOSTS) return { worst: rows, fleet: null };
  const all = rows.map((row) => ({ row, totals: totalsOf(db, row.host_id, options) }));
  const ranked = [...all].sort((a, b) => b.totals.dropsMin - a.totals.dropsMin || compare(a.row, b.row));
  return {
    worst: ranked.slice(0, MOST_HOSTS).map(({ row }) => row),
    fleet: {
      hosts: rows.length,
      shown: MOST_HOSTS,
      dropping: all.filter(({ totals }) => totals.bursts > 0).length,
      rest: addTotals(ranked.slice(MOST_HOSTS).map(({ totals }) => totals)),
      // Minutes hold lines that were left out.
      hours:
        options.trustedOnly && all.some(({ totals }) => totals.doubtedLines > 0) ? [] : hours(db, options),
      limits: limits(db),
      leftOutProblems: 0,
      leftOutSources: 0,
    },
  };
}

function totalsOf(db: Db, hostId: number, options: ReportOptions): Totals {
  const kept = options.gapUs === null ? keptTotals(db, hostId, options) : null;
  const isKept = kept !== null && !(options.trustedOnly && kept.doubtedLines + kept.doubtedSuppressed > 0);
  return isKept ? kept : hostBursts(db, hostId, options, null).totals;
}

/** The fleet with how many problems and sources of the shown hosts go beyond what is listed. */
export function withLeftOut(fleet: Fleet, problems: number, sources: number): Fleet {
  const beyond = (count: number) => Math.max(0, count - MOST_LISTED);
  return { ...fleet, leftOutProblems: beyond(problems), leftOutSources: beyond(sources) };
}

function compare(a: HostRow, b: HostRow): number {
  if (a.name === b.name) return a.host_id - b.host_id;
  return a.name < b.name ? -1 : 1;
}

/** The hours in which the fleet dropped most, in order of time. */
function hours(db: Db, { sinceUs: since_us, untilUs: until_us }: ReportOptions): Fleet["hours"] {
  const rows = statement(db, "fleet_hours").all({ since_us, until_us, most: MOST_HOURS }) as {
    at_us: number;
    hosts: number;
    drop_lines: number;
    suppressed: number;
  }[];
  return rows.map((row) => ({
    atUs: row.at_us,
    hosts: row.hosts,
    dropLines: row.drop_lines,
    suppressed: row.suppressed,
  }));
}

/** Limits that are in force at last, and how many hosts have each. */
function limits(db: Db): Fleet["limits"] {
  return statement(db, "fleet_limits").all({ most: MOST_LIMITS }) as Fleet["limits"][number][];
}
