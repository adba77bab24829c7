// Bursts whose events were pruned, in reports that make bursts anew.

import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { WindowRow } from "../analysing/window-marks.ts";
import type { BurstRow } from "./rows.ts";

export interface PrunedRow extends BurstRow {
  readonly windows: readonly WindowRow[];
}

/** Bursts whose events are gone cannot be made anew: they stand as they are. `trusted`: where nothing in them is doubted. */
export function prunedRows(db: Db, hostId: number, trusted: boolean): PrunedRow[] {
  const rows = statement(db, "report_pruned_bursts").all({
    host_id: hostId,
    trusted: trusted ? 1 : 0,
  }) as Omit<BurstRow, "accounts">[];
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
