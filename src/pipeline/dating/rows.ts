// Every stamp of one source made an instant, in file order, and what could not be said so.

import type { BootClock } from "../../clock/boot-clock.ts";
import { createWallResolver } from "../../clock/wall-resolver.ts";
import { yearlessToLocalUs } from "../../clock/years.ts";
import { zoneAbbreviation } from "../../clock/zone-abbreviations.ts";
import type { Zone } from "../../clock/zones.ts";
import { STAMP, unpackYearless } from "../../model/stored.ts";
import type { ProblemLog } from "../reading/read-line.ts";

export interface RowToDate {
  readonly id: number;
  readonly stream_id: number;
  readonly byte_offset: number;
  readonly stamp_kind: number;
  readonly stamp_us: number | null;
  readonly uptime_us: number | null;
  readonly zone_name: string | null;
}

export interface DatingRules {
  readonly zone: Zone | null;
  readonly zoneBasis: "option" | "anchored-zone" | "assumed-zone" | null;
  readonly firstYear: number | null;
  readonly yearBasis: "option" | "inferred-year" | null;
  /** Instant of rows without any stamp of their own (a snapshot's mtime), or null. */
  readonly fileTimeUs: number | null;
  clockOf(streamId: number): BootClock | null;
  /** Boot time that computed stamps (`dmesg -T`) were made with, or null. */
  derivedBaseOf(streamId: number): number | null;
}

/** A third of the half hour that Lord Howe's clock is put back by. */
const PASS_US = 600_000_000;

type Save = (id: number, atUs: number | null, basis: string) => void;

/** Dates `rows` (in file order) and hands each to `save`. */
export function dateRows(
  rows: Iterable<RowToDate>,
  rules: DatingRules,
  problems: ProblemLog,
  save: Save,
): void {
  const resolver = rules.zone === null ? null : createWallResolver(rules.zone);
  const waiting: { row: RowToDate; basis: string }[] = [];
  let answered = 0;

  const settle = (results: ReturnType<NonNullable<typeof resolver>["push"]>) => {
    for (const { atUs, doubt } of results) {
      const asked = waiting[answered];
      if (asked === undefined) throw new Error("an answer without a question");
      answered++;
      if (doubt !== null) problems.add(doubt, doubtText(doubt), asked.row.byte_offset);
      save(asked.row.id, atUs, atUs === null ? "undated" : asked.basis);
    }
    if (answered === waiting.length) {
      waiting.length = 0;
      answered = 0;
    }
  };

  for (const row of rows) {
    const local = localTime(row, rules);
    if (local === null) {
      const { atUs, basis } = dateAlone(row, rules);
      if (row.stamp_kind === STAMP.yearless && rules.firstYear !== null) {
        problems.add("no-such-day", "29 February, in a year that has none", row.byte_offset);
      }
      save(row.id, atUs, basis);
      continue;
    }
    const named = namedOffset(row, rules, local);
    if (named !== null) save(row.id, local - named, wallBasis(row.stamp_kind, rules, "explicit"));
    else if (resolver === null) save(row.id, null, "undated");
    else {
      waiting.push({ row, basis: wallBasis(row.stamp_kind, rules, rules.zoneBasis ?? "assumed-zone") });
      settle(resolver.push(local, passByUptime(row, rules)));
    }
  }
  if (resolver !== null) settle(resolver.finish());
}

/** Local time of a wall-clock stamp, its year filled in; null for every other stamp. */
function localTime(row: RowToDate, rules: DatingRules): number | null {
  if (row.stamp_us === null) return null;
  if (row.stamp_kind === STAMP.wall) return row.stamp_us;
  if (row.stamp_kind === STAMP.derivedWall) return byBoot(row, rules) === null ? row.stamp_us : null;
  if (row.stamp_kind !== STAMP.yearless || rules.firstYear === null) return null;
  const { relativeYear, ofYearUs } = unpackYearless(row.stamp_us);
  return yearlessToLocalUs(rules.firstYear + relativeYear, ofYearUs);
}

/** What tells the passes of a doubled hour apart: not where the clock was moved by much between the lines around. */
function passByUptime(row: RowToDate, rules: DatingRules): number | null {
  if (row.uptime_us === null) return null;
  return rules.clockOf(row.stream_id)?.resolveAgreed(row.uptime_us, PASS_US)?.atUs ?? null;
}

function byUptime(row: RowToDate, rules: DatingRules): number | null {
  if (row.uptime_us === null) return null;
  return rules.clockOf(row.stream_id)?.resolve(row.uptime_us)?.atUs ?? null;
}

/** Of a stamp that was made of an uptime, what anchors of its boot say instead; null where it has none. */
function byBoot({ stream_id, stamp_us }: RowToDate, rules: DatingRules): number | null {
  const base = rules.derivedBaseOf(stream_id);
  if (base === null || stamp_us === null) return null;
  return rules.clockOf(stream_id)?.resolve(stamp_us - base)?.atUs ?? null;
}

/** An abbreviation (`CEST`) says the offset where it is unambiguous, or the source's zone settles it. */
function namedOffset(row: RowToDate, rules: DatingRules, localUs: number): number | null {
  if (row.zone_name === null) return null;
  return zoneAbbreviation(row.zone_name, rules.zone?.offsetUs(localUs) ?? null);
}

/** Basis of a wall-clock stamp; `zone`: that of its zone. */
export function wallBasis(stampKind: number, rules: DatingRules, zone: string): string {
  if (stampKind === STAMP.derivedWall) return zone === "option" ? "derived" : `derived+${zone}`;
  if (stampKind !== STAMP.yearless) return zone;
  const year = rules.yearBasis ?? "inferred-year";
  if (year === "option") return zone === "explicit" ? "option" : zone;
  return zone === "option" || zone === "explicit" ? year : `${year}+${zone}`;
}

function dateAlone(row: RowToDate, rules: DatingRules): { atUs: number | null; basis: string } {
  if (row.stamp_kind === STAMP.instant) return { atUs: row.stamp_us, basis: "explicit" };
  if (row.stamp_kind === STAMP.derivedWall || row.stamp_kind === STAMP.derivedInstant) {
    const better = byBoot(row, rules);
    if (better !== null) return { atUs: better, basis: "boot-anchor" };
    if (row.stamp_kind === STAMP.derivedInstant) return { atUs: row.stamp_us, basis: "derived" };
    return { atUs: null, basis: "undated" };
  }
  if (row.uptime_us !== null) {
    const atUs = byUptime(row, rules);
    return { atUs, basis: atUs === null ? "undated" : "boot-anchor" };
  }
  if (row.stamp_kind === STAMP.none && rules.fileTimeUs !== null) {
    return { atUs: rules.fileTimeUs, basis: "file-time" };
  }
  return { atUs: null, basis: "undated" };
}

function doubtText(doubt: "ambiguous-hour" | "skipped-hour"): string {
  return doubt === "ambiguous-hour"
    ? "a time in the hour that passes twice when clocks are put back: which pass, nothing tells"
    : "a time in the hour that clocks skip: no instant has it";
}
