// Minutes summed up by the hour: a year of samples is half a million minutes, and a timeline shows six hundred pieces.

import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";

/** Remakes the hours of these hosts, whose minutes are settled, and leaves none of a host without minutes. */
export function keepHours(db: Db, hostIds: Iterable<number>): void {
  for (const host_id of hostIds) {
    statement(db, "delete_hours").run({ host_id });
    statement(db, "insert_hours").run({ host_id });
  }
  statement(db, "forget_hours_of_no_minute").run();
}
