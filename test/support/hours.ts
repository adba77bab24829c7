// Hours are minutes summed up, whatever was read, pruned or merged.

import type { Db } from "../../src/store/open.ts";

const SUMS = `
select host_id, cast(floor(minute_us / 3600e6) as integer) * 3600000000 as hour_us, sum(drop_lines), sum(suppressed),
  min(entries_min) filter (where netns is null), max(entries_max) filter (where netns is null)
from minute group by 1, 2`;
const KEPT = "select host_id, hour_us, drop_lines, suppressed, entries_min, entries_max from hour";

/** Throws where they are not. */
export function checkHours(db: Pick<Db, "prepare">): void {
  const odd = db.prepare(
    `select * from (${SUMS} except ${KEPT}) union all select * from (${KEPT} except ${SUMS})`,
  );
  const rows = odd.all();
  if (rows.length > 0) throw new Error(`hours are not their minutes: ${JSON.stringify(rows.slice(0, 4))}`);
}
