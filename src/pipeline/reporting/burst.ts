// A burst's row as the record that renderers receive, with the bytes it cites.

import { utilisation } from "../../analysis/utilisation.ts";
import { readVerdict } from "../../analysis/verdict.ts";
import type { Burst, Citation } from "../../model/report.ts";
import type { Db } from "../../store/open.ts";
import { type EventLines, NO_CITATION, readEventLines, readReadingLines } from "./citations.ts";
import type { BurstRow } from "./rows.ts";

/** A count taken longer before a burst says nothing of how full the table was in it. */
const NEAR_S = 60;

/** Lines by the id of their event or reading. */
interface Cited {
  readonly events: ReadonlyMap<number, EventLines>;
  readonly observations: ReadonlyMap<number, Citation> | null;
}

/** `evidence`: whether the readings beside a burst are cited. */
export function toBursts(db: Db, host: string, rows: readonly BurstRow[], evidence: boolean): Burst[] {
  const cited = {
    events: readEventLines(
      db,
      rows.flatMap((row) => [row.first_event_id, row.last_event_id]),
    ),
    observations: evidence
      ? readReadingLines(
          db,
          rows.flatMap((row) => readings(row).map(([, id]) => id)),
        )
      : null,
  };
  return rows.map((row) => toBurst(host, row, cited));
}

/** The readings that bear the limit in force and the counts, by role. */
function readings(row: BurstRow): readonly (readonly [role: string, id: number | null])[] {
  return [
    ["limit", row.limit_observation_id],
    ["count-before", row.count_before_observation_id],
    ["count-peak", row.count_peak_observation_id],
    ["count-after", row.count_after_observation_id],
  ];
}

function toBurst(host: string, row: BurstRow, { events, observations }: Cited): Burst {
  const evidence = readings(row).flatMap(([role, id]) =>
    id === null || observations === null ? [] : [{ role, citation: observations.get(id) ?? NO_CITATION }],
  );
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
    doubtedLines: row.doubted_lines,
    doubtedSuppressed: row.doubted_suppressed,
    doubts: row.doubts === null ? [] : row.doubts.split(","),
    limitValue: row.limit_value,
    limitOrigin: row.limit_origin,
    countBefore: row.count_before,
    countBeforeAgeS: age(row.start_us, row.count_before_us),
    countPeak: row.count_peak,
    countAfter: row.count_after,
    countAfterAgeS: age(row.count_after_us, row.end_us),
    utilisation: count === null ? null : utilisation(count, row.limit_value),
    witness: row.witness,
    witnesses: row.accounts,
    verdict: row.verdict,
    verdictSaid: row.verdict === null ? null : readVerdict(row.verdict),
    basis: row.basis,
    first: events.get(row.first_event_id ?? 0)?.first ?? NO_CITATION,
    last: events.get(row.last_event_id ?? 0)?.last ?? NO_CITATION,
    evidence,
  };
}

function age(laterUs: number | null, earlierUs: number | null): number | null {
  return laterUs === null || earlierUs === null ? null : (laterUs - earlierUs) / 1e6;
}
