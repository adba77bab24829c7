// Everything made anew of a host's dated rows: bursts with their bounds and links, minutes and hours, limits, rises of
// the drop counter, coverage.

import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { findBursts } from "./bursts.ts";
import { keepCoverage } from "./coverage.ts";
import { keepHours } from "./hours.ts";
import { keepBursts, RULES } from "./keep.ts";
import { keepLimits } from "./limits.ts";
import { settlePruned } from "./prune.ts";
import { keepRises } from "./rises.ts";
import { createBlockKeeper } from "./window-blocks.ts";

export interface AnalysisOptions {
  /** Longest pause within a burst, microseconds. */
  readonly gapUs: number;
}

/** Remakes the analysis of these hosts, and of those that it was made of otherwise. Bursts and minutes whose events were pruned stay as they were. */
export function analyse(db: Db, hostIds: ReadonlySet<number>, options: AnalysisOptions): void {
  // A host that turned out to be another one leaves nothing behind.
  for (const what of ["bursts", "minutes", "limits", "rises", "coverage"])
    statement(db, `forget_${what}_of_no_host`).run();
  const hosts = statement(db, "analysed_hosts").all() as { host_id: number }[];
  const made = { gap_us: options.gapUs, rules: RULES };
  const others = statement(db, "hosts_otherwise_made").all(made) as { host_id: number }[];
  const due = new Set([...hostIds, ...others.map((row) => row.host_id)]);
  for (const { host_id } of hosts) {
    if (!due.has(host_id)) continue;
    const readings = keepLimits(db, host_id);
    const search = { db, hostId: host_id, gapUs: options.gapUs, readings, trusted: false };
    keepBursts(db, host_id, findBursts({ ...search, keeper: createBlockKeeper(db) }), readings);
    keepRises(db, host_id);
    keepCoverage(db, host_id);
  }
  settlePruned(db);
  keepHours(db, due);
  statement(db, "delete_orphan_rows").run();
}
