// Zone and year of a source whose stamps lack them: from its own lines, its siblings, its options, the process.

import { type BaseYear, chooseBaseYear } from "../../clock/base-year.ts";
import type { BootClock } from "../../clock/boot-clock.ts";
import { yearOf } from "../../clock/calendar.ts";
import { yearlessToLocalUs } from "../../clock/years.ts";
import { inferZone, type ZonePair } from "../../clock/zone-inference.ts";
import { createZone, type Zone } from "../../clock/zones.ts";
import type { LineYears } from "../../model/line-years.ts";
import { LEAP_YEAR_US } from "../../model/stamp.ts";
import { STAMP, unpackYearless } from "../../model/stored.ts";
import { DAY_US } from "../../model/units.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import {
  type AnchorRow,
  eventsOf,
  type SourceRow,
  type StampedRow,
  tellingAnchorsOf,
} from "./dating-rows.ts";

/** 29 February, in days from 1 January of a leap year. */
const LEAP_DAY = 59;
/** Pairs and dates that are enough to be sure. */
const ENOUGH = 512;

/** A stamp of the source beside the instant that the evidence gives it. */
export interface Dated {
  readonly packed: number | null;
  readonly localUs: number;
  readonly atUs: number;
  readonly resolutionUs: number;
}

export interface ZoneFound {
  readonly zone: Zone;
  readonly basis: "option" | "anchored-zone" | "assumed-zone";
  /** Sentence: why the option is obeyed against the evidence, or null. */
  readonly contradiction: string | null;
}

/** Pairs of local stamp and instant: lines that tell an epoch, and lines with an uptime that the boot dates. */
export function datedLines(
  db: Db,
  source: SourceRow,
  clockOf: (streamId: number) => BootClock | null,
): Dated[] {
  const found: Dated[] = [];
  const add = (row: AnchorRow | StampedRow, atUs: number | null) => {
    if (row.stamp_us === null) return;
    if (row.stamp_kind === STAMP.instant && row.zone_name !== null)
      addWritten(found, row.stamp_us, row.zone_name);
    if (atUs === null) return;
    const resolutionUs = row.resolution_us ?? 1_000_000;
    if (row.stamp_kind === STAMP.wall || row.stamp_kind === STAMP.derivedWall) {
      found.push({ packed: null, localUs: row.stamp_us, atUs, resolutionUs });
    } else if (row.stamp_kind === STAMP.yearless) {
      const localUs = nearestYear(row.stamp_us, atUs);
      if (localUs !== null) found.push({ packed: row.stamp_us, localUs, atUs, resolutionUs });
    }
  };
  const byUptime = (row: AnchorRow | StampedRow) =>
    row.uptime_us === null ? null : (clockOf(row.stream_id)?.resolve(row.uptime_us)?.atUs ?? null);
  for (const row of tellingAnchorsOf(db, source)) {
    if (found.length >= ENOUGH) return found;
    add(row, byUptime(row) ?? row.told_us);
  }
  if (source.has_uptime === 0) return found;
  let stride = 0;
  for (const row of eventsOf(db, source)) {
    if (found.length >= ENOUGH) return found;
    if (stride++ % 16 === 0) add(row, byUptime(row));
  }
  return found;
}

/** A stamp that writes its offset says what local time was: no use for itself, but for the logs beside it. */
function addWritten(found: Dated[], atUs: number, offset: string): void {
  const zone = createZone(offset);
  if (zone !== null) found.push({ packed: null, localUs: atUs + zone.offsetUs(atUs), atUs, resolutionUs: 1 });
}

/** Local time of a yearless stamp in the year that brings it nearest to an instant. */
function nearestYear(packed: number, atUs: number): number | null {
  const { ofYearUs } = unpackYearless(packed);
  const year = yearOf(atUs);
  let best: number | null = null;
  for (const one of [year - 1, year, year + 1]) {
    const local = yearlessToLocalUs(one, ofYearUs);
    if (local !== null && (best === null || Math.abs(local - atUs) < Math.abs(best - atUs))) best = local;
  }
  return best;
}

/** The zone of a source's wall clock. `siblings`: zones of other logs of the same machine, best first. */
export function findZone(source: SourceRow, dated: readonly Dated[], siblings: readonly string[]): ZoneFound {
  const pairs: ZonePair[] = dated.map(({ localUs, atUs, resolutionUs }) => ({ localUs, atUs, resolutionUs }));
  const inferred = inferZone(pairs, [
    ...(source.option_tz === null ? [] : [source.option_tz]),
    ...siblings,
    source.process_tz,
  ]);
  if (source.option_tz !== null) {
    const zone = zoneOf(source.option_tz);
    const contradicted = inferred !== null && inferred.zone !== zone.name;
    return {
      zone,
      basis: "option",
      contradiction: contradicted
        ? `--tz ${source.option_tz} is obeyed, though the lines' own instants say ${inferred.zone}`
        : null,
    };
  }
  if (inferred !== null) return { zone: zoneOf(inferred.zone), basis: "anchored-zone", contradiction: null };
  const sibling = siblings[0];
  if (sibling !== undefined) return { zone: zoneOf(sibling), basis: "anchored-zone", contradiction: null };
  return { zone: zoneOf(source.process_tz), basis: "assumed-zone", contradiction: null };
}

function zoneOf(name: string): Zone {
  const zone = createZone(name) ?? createZone("UTC");
  if (zone === null) throw new Error("UTC is a zone");
  return zone;
}

/** Stamps of 29 February; rows are asked for only where one can be among them. */
function leapDays(db: Db, source_id: number, firstUs: number, lastUs: number): number[] {
  const from = Math.floor(firstUs / LEAP_YEAR_US);
  const years = Math.floor(lastUs / LEAP_YEAR_US) - from + 1;
  const passes = Array.from({ length: years }, (_, i) => (from + i) * LEAP_YEAR_US + LEAP_DAY * DAY_US).some(
    (us) => us <= lastUs && us + DAY_US > firstUs,
  );
  if (!passes) return [];
  return (statement(db, "leap_days").all({ source_id }) as { stamp_us: number }[]).map((row) => row.stamp_us);
}

/** The year of the source's first yearless line; null where it has none, or nothing says. */
export function findYear(
  db: Db,
  source: SourceRow,
  dated: readonly Dated[],
  zone: Zone,
  nowUs: number | null,
): BaseYear | null {
  const { source_id } = source;
  const extent = statement(db, "yearless_extent").get({ source_id }) as {
    first_us: number | null;
    last_us: number | null;
  };
  if (extent.first_us === null) return null;
  const fullDates = dated.flatMap(({ packed, atUs }) =>
    packed === null ? [] : [{ packed, localUs: atUs + zone.offsetUs(atUs) }],
  );
  const local = (us: number | null) => (us === null ? null : us + zone.offsetUs(us));
  return chooseBaseYear({
    fullDates,
    lineYears: source.line_years === null ? null : (JSON.parse(source.line_years) as LineYears),
    leapDays: leapDays(db, source_id, extent.first_us, extent.last_us ?? extent.first_us),
    nameDate: source.name_date,
    gzipTimeUs: local(source.gzip_time_us),
    memberTimeUs: source.member === null ? null : local(source.mtime_us),
    mtimeUs: source.member === null ? local(source.mtime_us) : null,
    lastPacked: extent.last_us,
    optionYear: source.option_year,
    referenceUs: local(source.reference_us),
    nowUs: local(nowUs),
  });
}
