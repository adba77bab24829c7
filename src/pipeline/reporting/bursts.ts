// A host's bursts as they are kept. What is summed is summed by the database, so that a report of many bursts costs
// what it shows and not what there is.

import type { WitnessAccount } from "../../model/report.ts";
import type { Totals } from "../../model/totals.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { type BurstRow, type FastestBurst, type HostBursts, type ReportOptions, WINDOW_S } from "./rows.ts";

interface TotalsRow {
  readonly bursts: number;
  readonly undated_bursts: number;
  readonly from_us: number | null;
  readonly to_us: number | null;
  readonly drop_lines: number;
  readonly suppressed: number;
  readonly drops_min: number;
  readonly drops_reported: number;
  readonly drops_max: number | null;
  /** What shared windows add to `drops_max`; null where a counter bounds one of their bursts. */
  readonly shared_in_max: number | null;
  readonly undated_drop_lines: number;
  readonly count_peak: number | null;
  readonly gap_us: number | null;
  readonly doubted_lines: number;
  readonly doubted_suppressed: number;
}

interface AccountRow {
  readonly burst_id: number;
  readonly channel: string;
  readonly drop_lines: number;
  readonly suppressed: number;
  readonly relation: WitnessAccount["relation"];
}

type Range = ReturnType<typeof rangeOf>;

const rangeOf = ({ sinceUs, untilUs, undated }: ReportOptions) => ({
  since_us: sinceUs,
  until_us: untilUs,
  undated: undated ? 1 : 0,
});

/** Ids of the bursts that are told, the largest of these hosts (null: of all); null where all of them are. */
export function toldBursts(
  db: Db,
  options: ReportOptions,
  hostIds: readonly number[] | null,
): ReadonlySet<number> | null {
  if (options.gapUs !== null) return null;
  const found = statement(db, "report_largest_bursts").all({
    ...rangeOf(options),
    host: options.host,
    host_ids: hostIds === null ? null : JSON.stringify(hostIds),
    most: options.mostBursts + 1,
  }) as { burst_id: number }[];
  if (found.length <= options.mostBursts) return null;
  return new Set(found.slice(0, -1).map((row) => row.burst_id));
}

/** What the kept bursts of a host come to. */
export function keptTotals(db: Db, hostId: number, options: ReportOptions): Totals {
  const range = { ...rangeOf(options), host_id: hostId };
  return totalsOf(db, range, statement(db, "burst_totals").get(range) as TotalsRow);
}

/** The kept bursts of a host. `told` narrows the rows; the burst that says how full the table was is always one. */
export function keptBursts(
  db: Db,
  hostId: number,
  options: ReportOptions,
  told: ReadonlySet<number> | null,
): HostBursts {
  const range = { ...rangeOf(options), host_id: hostId };
  const sums = statement(db, "burst_totals").get(range) as TotalsRow;
  const fastest = statement(db, "report_fastest_burst").get({ ...range, window_s: WINDOW_S });
  return {
    rows: rowsOf(db, range, told),
    totals: totalsOf(db, range, sums),
    undatedDropLines: sums.undated_drop_lines,
    countPeak: sums.count_peak,
    fastest: (fastest as FastestBurst | undefined) ?? null,
    gapUs: sums.gap_us,
    asKept: true,
    windowsIn: ({ fromUs, bucketUs, toUs }) =>
      statement(db, "report_windows").all({
        ...range,
        from_us: fromUs,
        bucket_us: bucketUs,
        to_us: toUs,
      }) as ReturnType<HostBursts["windowsIn"]>,
  };
}

function totalsOf(db: Db, range: Range & { host_id: number }, sums: TotalsRow): Totals {
  const shared = (statement(db, "suppressed_shared_once").get(range) as { suppressed: number }).suppressed;
  const { drops_max, shared_in_max } = sums;
  return {
    bursts: sums.bursts,
    undatedBursts: sums.undated_bursts,
    fromUs: sums.from_us,
    toUs: sums.to_us,
    dropLines: sums.drop_lines,
    suppressed: sums.suppressed + shared,
    dropsMin: sums.drops_min,
    dropsReported: sums.drops_reported + shared,
    dropsMax: shared_in_max === null || drops_max === null ? drops_max : drops_max - shared_in_max + shared,
    doubtedLines: sums.doubted_lines,
    doubtedSuppressed: sums.doubted_suppressed,
  };
}

function rowsOf(db: Db, range: Range & { host_id: number }, told: ReadonlySet<number> | null): BurstRow[] {
  let ids: string | null = null;
  if (told !== null) {
    const fullest = statement(db, "report_fullest_burst").get(range) as { burst_id: number } | undefined;
    ids = JSON.stringify([...told, ...(fullest === undefined ? [] : [fullest.burst_id])]);
  }
  const rows = statement(db, "report_bursts").all({ ...range, ids }) as Omit<BurstRow, "accounts">[];
  const accounts = new Map<number, WitnessAccount[]>();
  const found = statement(db, "report_witnesses").all({
    ids: JSON.stringify(rows.map((row) => row.burst_id)),
  }) as AccountRow[];
  for (const { burst_id, channel, drop_lines, suppressed, relation } of found) {
    const own = accounts.get(burst_id) ?? [];
    own.push({ channel, dropLines: drop_lines, suppressed, relation, speaks: relation === "speaks" });
    accounts.set(burst_id, own);
  }
  return rows.map((row) => ({ ...row, accounts: accounts.get(row.burst_id) ?? [] }));
}
