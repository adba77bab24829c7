// The bursts of a host that a report is made of: as they are kept, under another gap, or without lines that may not be
// the kernel's own. What was left out may be its own all the same: then no sum has a ceiling.

import type { Db } from "../../store/open.ts";
import { keptBursts } from "./bursts.ts";
import { burstsAtGap, foundRows, inMemory } from "./regap.ts";
import type { HostBursts, ReportOptions } from "./rows.ts";

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
  const rows = foundRows(db, hostId, gapUs, true);
  const { doubtedLines, doubtedSuppressed } = all.totals;
  const found = inMemory(rows, options, false);
  return {
    ...found,
    gapUs,
    totals: { ...found.totals, dropsMax: null, doubtedLines, doubtedSuppressed },
  };
}
