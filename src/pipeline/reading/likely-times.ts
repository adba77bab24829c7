// Instants as they will be if zone and year are what they seem before all lines are read. Dating has the last word; in
// most logs it finds nothing to change, and has no row to write.

import { chooseBaseYear } from "../../clock/base-year.ts";
import { type Shift, type Shifts, wallShifts, yearlessShifts } from "../../clock/shifts.ts";
import { createZone, type Zone } from "../../clock/zones.ts";
import type { LineYears } from "../../model/line-years.ts";
import type { SourceFacts } from "../../model/source.ts";
import { STAMP, type StoredStamp } from "../../model/stored.ts";
import { DAY_US } from "../../model/units.ts";
import type { ReadOptions } from "../../store/sink.ts";

export interface LikelyTimes {
  /** Microseconds since the epoch; null where zone and year are not all that is needed. */
  of(stamp: StoredStamp): number | null;
  /** What all instants given so far follow, in words of `followed`; null where one could not be given. */
  followed(): string | null;
}

/** What instants follow: a zone and a first year, null where no stamp needed one. Equal texts, equal instants. */
export function followed(zone: string | null, firstYear: number | null): string {
  return JSON.stringify([zone, firstYear]);
}

export interface LikelyEvidence extends ReadOptions {
  readonly facts: SourceFacts;
  /** Microseconds since the epoch; null: the present day is no evidence. */
  readonly nowUs: number | null;
  /** What lines say of the first year, as far as they were read. */
  readonly stamps: { years(): LineYears | null };
  /** What the instants of lines read before follow; absent where none were. */
  readonly before?: string | null;
}

/** A stretch of stamps is asked for at a time: as many days ahead. */
const AHEAD_US = 40 * DAY_US;

export function createLikelyTimes(evidence: LikelyEvidence): LikelyTimes {
  return new Likely(evidence);
}

class Likely implements LikelyTimes {
  readonly #evidence: LikelyEvidence;
  readonly #zone: Zone | null;
  #firstYear: number | null = null;
  #usesZone = false;
  #usesYear = false;
  #failed: boolean;
  #lastStamp: StoredStamp | null = null;
  #lastUs: number | null = null;
  /** By kind of stamp. */
  readonly #shifts = new Map<number, Shift>();

  constructor(evidence: LikelyEvidence) {
    const { before, tz, processTz } = evidence;
    this.#evidence = evidence;
    this.#failed = before === null;
    const [zone, firstYear] =
      typeof before === "string" ? (JSON.parse(before) as [string | null, number | null]) : [];
    this.#zone = createZone(zone ?? tz ?? processTz) ?? createZone("UTC");
    this.#usesZone = typeof zone === "string";
    this.#usesYear = typeof firstYear === "number";
    this.#firstYear = firstYear ?? null;
  }

  of(stamp: StoredStamp): number | null {
    if (this.#failed) return null;
    if (stamp === this.#lastStamp) return this.#lastUs;
    this.#lastStamp = stamp;
    this.#lastUs = this.#find(stamp);
    this.#failed = this.#lastUs === null;
    return this.#lastUs;
  }

  followed(): string | null {
    if (this.#failed) return null;
    return followed(
      this.#usesZone ? (this.#zone?.name ?? null) : null,
      this.#usesYear ? this.#firstYear : null,
    );
  }

  #find({ stamp_kind, stamp_us, zone_name }: StoredStamp): number | null {
    if (stamp_us === null || zone_name !== null) return null;
    if (stamp_kind === STAMP.instant) return stamp_us;
    if (stamp_kind !== STAMP.wall && stamp_kind !== STAMP.yearless) return null;
    const known = this.#shifts.get(stamp_kind);
    const shift = known !== undefined && fits(known, stamp_us) ? known : this.#shiftFor(stamp_kind, stamp_us);
    if (shift === null) return null;
    this.#shifts.set(stamp_kind, shift);
    return stamp_us + shift.shiftUs;
  }

  #shiftFor(kind: number, us: number): Shift | null {
    const shifts = this.#shiftsAt(kind, us - DAY_US, us + AHEAD_US);
    return shifts?.plain.find((shift) => fits(shift, us)) ?? null;
  }

  #shiftsAt(kind: number, fromUs: number, toUs: number): Shifts | null {
    if (this.#zone === null) return null;
    this.#usesZone = true;
    if (kind === STAMP.wall) return wallShifts(this.#zone, fromUs, toUs);
    if (!this.#usesYear) this.#firstYear = this.#guessYear(fromUs + DAY_US, this.#zone);
    this.#usesYear = true;
    return this.#firstYear === null ? null : yearlessShifts(this.#zone, this.#firstYear, fromUs, toUs);
  }

  /** By the first stamp: how many New Years come behind it is not known yet. */
  #guessYear(firstPacked: number, zone: Zone): number | null {
    const { facts, year, referenceUs, nowUs, stamps } = this.#evidence;
    const { nameDate, gzipTimeUs, mtimeUs, member } = facts;
    const local = (us: number | null) => (us === null ? null : us + zone.offsetUs(us));
    const found = chooseBaseYear({
      lineYears: stamps.years(),
      nameDate,
      gzipTimeUs: local(gzipTimeUs),
      memberTimeUs: member === null ? null : local(mtimeUs),
      mtimeUs: member === null ? local(mtimeUs) : null,
      lastPacked: firstPacked,
      optionYear: year,
      referenceUs: local(referenceUs),
      nowUs: local(nowUs),
    });
    return found?.firstYear ?? null;
  }
}

function fits({ fromUs, toUs }: Shift, us: number): boolean {
  return us >= fromUs && us <= toUs;
}
