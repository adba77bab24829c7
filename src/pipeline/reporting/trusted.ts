// The bursts of a host that a report is made of: as they are kept, under another gap, or without lines that may not be
// the kernel's own. What was left out may be its own all the same: then no sum has a ceiling.

import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { WindowRow } from "../analysing/window-marks.ts";
import { keptBursts } from "./bursts.ts";
import { burstsAtGap, type FoundRow, foundRows, inMemory } from "./regap.ts";
import type { BurstRow, HostBursts, ReportOptions } from "./rows.ts";

/** A host's bursts as they were asked for. `told`: ids of the kept ones that are told one by one; null: all. */
export function hostBursts(
  db: Db,
  hostId: number,
  options: ReportOptions,
  told: ReadonlySet<number> | null,
): HostBursts {
  const { gapUs } = options;
  const all =
    gapUs === null ? keptBursts(db, hostId, options, told) : burstsAtGap(db, hostId, gapUs, options);
  return options.trustedOnly && isDoubted(all) ? trusted(db, hostId, all, options) : all;
}

function isDoubted({ totals }: HostBursts): boolean {
  return totals.doubtedLines + totals.doubtedSuppressed > 0;
}

function trusted(db: Db, hostId: number, all: HostBursts, options: ReportOptions): HostBursts {
  const gapUs = options.gapUs ?? all.gapUs ?? 0;
  const pruned = options.gapUs === null ? prunedRows(db, hostId) : [];
  const rows = [...foundRows(db, hostId, gapUs, true), ...pruned].sort(inTime).map(numbered);
  const { doubtedLines, doubtedSuppressed } = all.totals;
  const found = inMemory(rows, options, false);
  return {
    ...found,
    gapUs,
    totals: { ...found.totals, dropsMax: null, doubtedLines, doubtedSuppressed },
  };
}

const numbered = (row: FoundRow, i: number): FoundRow => ({ ...row, burst_id: i + 1 });

function inTime(a: FoundRow, b: FoundRow): number {
  return (a.start_us ?? Number.MAX_VALUE) - (b.start_us ?? Number.MAX_VALUE) || a.burst_id - b.burst_id;
}

/** Bursts whose events are gone stand as they are where nothing in them is doubted; others cannot be made anew. */
function prunedRows(db: Db, hostId: number): FoundRow[] {
  const rows = statement(db, "trusted_pruned_bursts").all({ host_id: hostId }) as Omit<
    BurstRow,
    "accounts"
  >[];
  return rows.map((row) => {
    const of = { burst_id: row.burst_id };
    const accounts = (statement(db, "exchange_witnesses").all(of) as AccountRow[]).map(
      ({ drop_lines: dropLines, ...account }) => ({
        ...account,
        dropLines,
        speaks: account.relation === "speaks",
      }),
    );
    return { ...row, accounts, windows: statement(db, "exchange_windows").all(of) as WindowRow[] };
  });
}

type AccountRow = Omit<BurstRow["accounts"][number], "dropLines" | "speaks"> & {
  readonly drop_lines: number;
};
