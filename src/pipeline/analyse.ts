// Everything made anew of a host's dated rows: bursts with their bounds and links, minutes, limits, coverage.

import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";
import { findBursts } from "./analyse-bursts.ts";
import { keepCoverage } from "./analyse-coverage.ts";
import { keepBursts } from "./analyse-keep.ts";
import { keepLimits } from "./analyse-limits.ts";

export interface AnalysisOptions {
  /** Longest pause within a burst, microseconds. */
  readonly gapUs: number;
}

/** Remakes the analysis of every host. Bursts and minutes whose events were pruned stay as they were. */
export function analyse(db: Db, options: AnalysisOptions): void {
  // A host that turned out to be another one leaves nothing behind.
  for (const what of ["bursts", "minutes", "limits", "coverage"])
    statement(db, `forget_${what}_of_no_host`).run();
  const hosts = statement(db, "analysed_hosts").all() as { host_id: number }[];
  for (const { host_id } of hosts) {
    const readings = keepLimits(db, host_id);
    const bursts = findBursts(db, host_id, options.gapUs, readings);
    keepBursts(db, host_id, bursts, readings);
    keepCoverage(db, host_id);
  }
  statement(db, "delete_orphan_rows").run();
}
