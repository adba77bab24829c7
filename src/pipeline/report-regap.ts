// Bursts under another gap than the kept one: found anew from events, in memory, and written nowhere.

import type { Db } from "../store/open.ts";
import { type FoundBurst, findBursts } from "./analyse-bursts.ts";
import { knownOf, linkBurst } from "./analyse-keep.ts";
import { readReadings } from "./analyse-limits.ts";
import type { BurstRow } from "./report-rows.ts";

/** A host's bursts as if they had been kept under `gapUs`. Ids count from 1. */
export function burstsAtGap(db: Db, hostId: number, gapUs: number): BurstRow[] {
  const readings = readReadings(db, hostId);
  const known = knownOf(db, hostId, readings);
  return findBursts(db, hostId, gapUs, readings).map((burst, i) => {
    const links = linkBurst(db, hostId, burst, known);
    return { ...asRow(burst, i + 1), ...linkColumns(links) };
  });
}

function asRow(burst: FoundBurst, id: number) {
  const { bounds } = burst;
  return {
    burst_id: id,
    netns: burst.netns,
    start_us: burst.startUs,
    end_us: burst.endUs,
    drop_lines: bounds.dropLines,
    suppressed: bounds.suppressed,
    suppressed_shared: bounds.suppressedShared,
    drops_min: bounds.dropsMin,
    drops_reported: bounds.dropsReported,
    drops_max: bounds.dropsMax,
    drops_estimate: bounds.dropsEstimate,
    bound: bounds.bound,
    bound_reasons: bounds.reasons.join(","),
    tail_cap: bounds.tailCap,
    witness: burst.witness,
    basis: burst.startUs === null ? "undated" : "explicit",
    first_event_id: burst.parts[0]?.firstId ?? null,
    last_event_id: burst.parts[burst.parts.length - 1]?.lastId ?? null,
    gap_us: burst.gapUs,
    accounts: burst.accounts.map((one) => ({ ...one, speaks: one.relation === "speaks" })),
    windows: burst.parts.flatMap((part) =>
      part.windows.map((window) => ({
        begin_us: Math.round(window.beginUs),
        drop_lines: window.dropLines,
        suppressed: window.suppressed,
        suppressed_shared: window.shared,
      })),
    ),
  };
}

function linkColumns({ limit, before, peak, after, verdict }: ReturnType<typeof linkBurst>) {
  return {
    limit_value: limit?.reading.value ?? null,
    limit_origin: limit?.reading.origin ?? null,
    limit_observation_id: limit?.reading.id ?? null,
    count_before: before?.value ?? null,
    count_before_us: before?.at_us ?? null,
    count_before_observation_id: before?.id ?? null,
    count_peak: peak?.value ?? null,
    count_peak_observation_id: peak?.id ?? null,
    count_after: after?.value ?? null,
    count_after_us: after?.at_us ?? null,
    count_after_observation_id: after?.id ?? null,
    verdict,
  };
}
