// Readings of a host as spans during which each value held.

import { history, type Reading } from "../../analysis/limits.ts";
import type { Force } from "../../model/observation.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";

interface ReadingRow {
  readonly id: number;
  readonly key: string;
  readonly value: number;
  readonly netns: string | null;
  readonly force: Force;
  readonly origin: string;
  readonly at_us: number | null;
}

/** What the limiter's values were at a time is known by readings on both sides of it. */
const ALL_KEPT = new Set(["message_cost", "message_burst"]);

/**
 * Readings of a host's limits and settings, by key. Of equal readings in a row only the first is kept, but for the
 * limiter's: a sampler tells the limit every few seconds, and only its changes matter.
 */
export function readReadings(db: Db, hostId: number): Map<string, Reading[]> {
  const byKey = new Map<string, Reading[]>();
  let last: ReadingRow | null = null;
  for (const row of statement(db, "host_readings").iterate({ host_id: hostId }) as Iterable<ReadingRow>) {
    const again = last !== null && sameSeries(last, row) && last.value === row.value && row.at_us !== null;
    last = row;
    if (again && !ALL_KEPT.has(row.key)) continue;
    const { at_us, ...rest } = row;
    const list = byKey.get(row.key) ?? [];
    list.push({ ...rest, atUs: at_us });
    byKey.set(row.key, list);
  }
  return byKey;
}

function sameSeries(a: ReadingRow, b: ReadingRow): boolean {
  return a.key === b.key && a.force === b.force && a.netns === b.netns;
}

/** Remakes a host's limit history. Returns the readings it is made of. */
export function keepLimits(db: Db, hostId: number): Map<string, Reading[]> {
  const byKey = readReadings(db, hostId);
  statement(db, "delete_limit_spans").run({ host_id: hostId });
  for (const readings of byKey.values()) {
    const groups = byForce(readings);
    for (const group of groups.values()) {
      for (const { reading, sinceUs, untilUs } of history(group)) {
        statement(db, "insert_limit_span").run({
          host_id: hostId,
          netns: reading.netns,
          key: reading.key,
          value: reading.value,
          since_us: sinceUs,
          until_us: untilUs,
          force: reading.force,
          origin: reading.origin,
          observation_id: reading.id,
        });
      }
    }
  }
  return byKey;
}

function byForce(readings: readonly Reading[]): Map<string, Reading[]> {
  const groups = new Map<string, Reading[]>();
  for (const reading of readings) {
    const key = `${reading.force} ${reading.netns ?? ""}`;
    const group = groups.get(key);
    if (group) group.push(reading);
    else groups.set(key, [reading]);
  }
  return groups;
}

/** When the boots of a host began, as far as their first lines are dated; ascending. */
export function bootStarts(db: Db, hostId: number): number[] {
  const rows = statement(db, "host_boot_starts").all({ host_id: hostId }) as { at_us: number }[];
  return rows.map((row) => row.at_us);
}
