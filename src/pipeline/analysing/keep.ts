// Found bursts linked to counts and limits, and kept as rows.

import { bootAt, type InForce, inForce, type Reading, UNKNOWN_BOOT } from "../../analysis/limits.ts";
import { verdict } from "../../analysis/verdict.ts";
import { MINUTE_US } from "../../model/units.ts";
import { bulkRows } from "../../store/bulk-rows.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { burstColumns, type FoundBurst } from "./burst-accounts.ts";
import type { FoundBursts } from "./bursts.ts";
import { type HostHas, hostHas } from "./ceiling.ts";
import { bootStarts } from "./limits.ts";
import { MinuteKeeper } from "./minutes.ts";
import { type OldBurst, OldBursts } from "./old-bursts.ts";
import { SpeakingMarker } from "./speaking.ts";
import type { BlocksPart } from "./window-blocks.ts";

/** Version of the rules that bursts are made under; bursts say which. */
export const RULES = 4;

interface CountRow {
  readonly id: number;
  readonly value: number;
  readonly at_us: number;
}

export interface BurstLinks {
  readonly limit: InForce | null;
  readonly before: CountRow | null;
  readonly peak: CountRow | null;
  readonly after: CountRow | null;
  readonly verdict: string;
}

type Readings = ReadonlyMap<string, readonly Reading[]>;

/** What is the same for all bursts of a host. */
export interface Known {
  readonly readings: Readings;
  /** When its boots began, ascending. */
  readonly boots: readonly number[];
  readonly has: HostHas;
}

/** Reads what links of a host's bursts need. */
export function knownOf(db: Db, hostId: number, readings: Readings): Known {
  return {
    readings,
    boots: bootStarts(db, hostId),
    has: hostHas(db, hostId),
  };
}

/** Remakes a host's bursts, witnesses, windows and minutes, and marks the events that speak. */
export function keepBursts(db: Db, hostId: number, found: FoundBursts<BlocksPart>, readings: Readings): void {
  const old = oldBursts(db, hostId);
  const known = knownOf(db, hostId, readings);
  // New ids lie above all that were ever given, so that none meets one that is kept.
  let largest = (statement(db, "largest_burst_id").get() as { id: number }).id;
  statement(db, "delete_bursts").run({ host_id: hostId });
  const bursts = bulkRows(db, "insert_burst");
  const witnesses = bulkRows(db, "insert_witness", () => bursts.flush());
  const marker = new SpeakingMarker(db);
  const minutes = new MinuteKeeper(db, hostId, readings, known.boots);
  found.each((burst) => {
    const id = old.take(burst) ?? ++largest;
    bursts.add(burstRow(db, hostId, burst, known, id));
    for (const { dropLines: drop_lines, ...account } of burst.accounts)
      witnesses.add({ ...account, burst_id: id, drop_lines });
    for (const { windows } of burst.parts) {
      if (burst.startUs === null) windows.drop();
      else windows.give(id);
    }
    for (const { windows } of burst.otherParts) windows.drop();
    marker.silence(burst);
    minutes.add(burst);
  });
  bursts.flush();
  witnesses.flush();
  marker.end(found);
  minutes.end();
}

function oldBursts(db: Db, hostId: number): OldBursts {
  const rows = statement(db, "old_bursts").raw(true).iterate({ host_id: hostId });
  return new OldBursts(rows as Iterable<OldBurst>);
}

/** Limit, counts and verdict of a burst. */
export function linkBurst(db: Db, hostId: number, burst: FoundBurst<unknown>, known: Known): BurstLinks {
  const limits = known.readings.get("nf_conntrack_max") ?? [];
  const boot = burst.startUs === null ? UNKNOWN_BOOT : bootAt(known.boots, burst.startUs);
  const limit = inForce(limits, burst.startUs, boot);
  const pick = (name: string, values: Record<string, unknown>): CountRow | null =>
    burst.startUs === null || known.has.counts === 0
      ? null
      : ((statement(db, name).get({ host_id: hostId, netns: burst.netns, ...values }) as
          | CountRow
          | undefined) ?? null);
  const before = pick("count_before", { at_us: burst.startUs });
  const after = pick("count_after", { at_us: burst.endUs });
  const peak = pick("count_peak", { from_us: burst.startUs, to_us: burst.endUs });
  const later = limits.filter(
    (one) => one.force === "effective" && one.atUs !== null && burst.endUs !== null && one.atUs > burst.endUs,
  );
  const raisedTo = later.reduce<number | null>(
    (most, one) => (most === null || one.value > most ? one.value : most),
    null,
  );
  const near = nearestCount(burst, before, after);
  return {
    limit,
    before,
    peak,
    after,
    verdict: verdict({
      netns: burst.netns,
      otherNamespaces: burst.otherNamespaces,
      limit: limit?.reading.value ?? null,
      limitKnown: limit?.known ?? null,
      raisedTo: raisedTo !== null && limit !== null && raisedTo > limit.reading.value ? raisedTo : null,
      countPeak: peak?.value ?? null,
      countNear: near?.value ?? null,
      countNearAgeS: near?.ageS ?? null,
      earlyDrops: known.has.counters === 0 ? null : counterGain(db, hostId, burst, "early_drop"),
    }),
  };
}

function nearestCount(
  burst: FoundBurst<unknown>,
  before: CountRow | null,
  after: CountRow | null,
): { value: number; ageS: number } | null {
  const ages = [
    before === null ? null : { value: before.value, ageS: ((burst.startUs ?? 0) - before.at_us) / 1e6 },
    after === null ? null : { value: after.value, ageS: (after.at_us - (burst.endUs ?? 0)) / 1e6 },
  ].filter((one) => one !== null);
  return ages.sort((a, b) => a.ageS - b.ageS)[0] ?? null;
}

/** What a counter gained between the samples next to the burst, or null. */
function counterGain(db: Db, hostId: number, burst: FoundBurst<unknown>, key: string): number | null {
  if (burst.startUs === null || burst.endUs === null) return null;
  const around = MINUTE_US;
  const rows = statement(db, "counter_samples").all({
    host_id: hostId,
    key,
    netns: burst.netns,
    from_us: burst.startUs - around,
    to_us: burst.endUs + around,
  }) as { value: number }[];
  const first = rows[0];
  const last = rows[rows.length - 1];
  return first === undefined || last === undefined || last.value < first.value
    ? null
    : last.value - first.value;
}

function burstRow(db: Db, hostId: number, burst: FoundBurst<unknown>, known: Known, id: number) {
  const links = linkBurst(db, hostId, burst, known);
  const first = burst.parts[0];
  const own = burstColumns(burst);
  // Written out: a spread of so many makes a dictionary of the object, which costs ten times as much.
  return {
    burst_id: id,
    host_id: hostId,
    netns: own.netns,
    start_us: own.start_us,
    end_us: own.end_us,
    drop_lines: own.drop_lines,
    suppressed: own.suppressed,
    suppressed_shared: own.suppressed_shared,
    drops_min: own.drops_min,
    drops_reported: own.drops_reported,
    drops_max: own.drops_max,
    drops_estimate: own.drops_estimate,
    bound: own.bound,
    bound_reasons: own.bound_reasons,
    tail_cap: own.tail_cap,
    doubted_lines: own.doubted_lines,
    doubted_suppressed: own.doubted_suppressed,
    doubts: own.doubts,
    limit_value: links.limit?.reading.value ?? null,
    limit_origin: links.limit?.reading.origin ?? null,
    limit_observation_id: links.limit?.reading.id ?? null,
    count_before: links.before?.value ?? null,
    count_before_us: links.before?.at_us ?? null,
    count_before_observation_id: links.before?.id ?? null,
    count_peak: links.peak?.value ?? null,
    count_peak_observation_id: links.peak?.id ?? null,
    count_after: links.after?.value ?? null,
    count_after_us: links.after?.at_us ?? null,
    count_after_observation_id: links.after?.id ?? null,
    witness: burst.witness,
    witnesses: burst.accounts.filter((one) => one.relation !== "silent").length,
    verdict: links.verdict,
    basis: basisOf(db, burst),
    first_event_id: first?.firstId ?? null,
    last_event_id: burst.parts[burst.parts.length - 1]?.lastId ?? null,
    gap_us: burst.gapUs,
    rules: RULES,
  };
}

/** How the instant of its first line was obtained. */
export function basisOf(db: Db, { parts: [first] }: FoundBurst<unknown>): string {
  const known = first?.basis ?? null;
  if (known !== null || first === undefined) return known ?? "undated";
  const row = statement(db, "event_basis").get({ id: first.firstId }) as { basis: string | null } | undefined;
  return row?.basis ?? "undated";
}
