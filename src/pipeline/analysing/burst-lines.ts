// The drop lines of one burst by one witness, summed up as they come.

import { SLOT_US } from "../../analysis/contradictions.ts";
import type { Window } from "../../analysis/windows-records.ts";
import { STAMP } from "../../model/stored.ts";
import { MINUTE_US } from "../../model/units.ts";
import { type LimiterRow, timeOf } from "./limiter-row.ts";

export interface BurstLines {
  readonly minutes: Map<number, number>;
  /** By minute, a bit for each slot of it in which a line stands. */
  readonly slots: Map<number, number>;
  lastSlot: number;
  firstId: number;
  lastId: number;
  /** Of the first line; null: not known here. */
  basis: string | null;
  idFrom: number;
  idTo: number;
  firstUs: number;
  lastUs: number;
  resolutionUs: number;
  doubtedLines: number;
  /** Why: names. */
  readonly doubts: Set<string>;
}

/** Begins with its first line. */
export function burstLines(row: LimiterRow): BurstLines {
  const lines = {
    minutes: new Map(),
    slots: new Map(),
    lastSlot: -1,
    firstId: row.id,
    lastId: row.id,
    basis: row.basis,
    idFrom: row.id,
    idTo: row.id,
    firstUs: timeOf(row),
    lastUs: timeOf(row),
    resolutionUs: 1,
    doubtedLines: 0,
    doubts: new Set<string>(),
  };
  addLine(lines, row);
  return lines;
}

/** A stamp far off its neighbours ends a burst that goes on behind it: its lines went with the part before. */
export function alreadyGiven(first: Window, last: Window): BurstLines {
  const ids = [first.firstRef ?? 0, last.lastRef ?? 0] as const;
  return {
    minutes: new Map(),
    slots: new Map(),
    lastSlot: -1,
    firstId: ids[0],
    lastId: ids[1],
    basis: null,
    idFrom: Math.min(...ids),
    idTo: Math.max(...ids),
    firstUs: first.beginUs,
    lastUs: last.lastLineUs ?? last.beginUs,
    resolutionUs: Math.max(first.resolutionUs, last.resolutionUs),
    doubtedLines: 0,
    doubts: new Set(),
  };
}

/** How far an instant placed by the stamps of another log may be off: a log with stamps of its own says better. */
const PLACED_US = 2_000_000;
/** A stamp that was computed from an uptime knows nothing of steps and drift. */
const DERIVED_US = MINUTE_US;

/** How far the instant of a row may be from the truth, microseconds. */
function errorOf(row: LimiterRow): number {
  const { stamp_kind, resolution_us } = row.form;
  if (row.basis === "boot-anchor") return PLACED_US;
  if (stamp_kind === STAMP.derivedWall || stamp_kind === STAMP.derivedInstant) return DERIVED_US;
  return resolution_us ?? 1_000_000;
}

export function addLine(at: BurstLines, row: LimiterRow): void {
  if (row.doubts !== null) {
    at.doubtedLines += row.amount ?? 1;
    for (const name of row.doubts.split(",")) at.doubts.add(name);
  }
  const firstUs = timeOf(row);
  const lastUs = firstUs + row.span_us;
  at.idFrom = Math.min(at.idFrom, row.id);
  at.idTo = Math.max(at.idTo, row.id);
  if (lastUs >= at.lastUs) {
    at.lastUs = lastUs;
    at.lastId = row.id;
  }
  at.resolutionUs = Math.max(at.resolutionUs, errorOf(row));
  if (firstUs < at.firstUs) {
    at.firstUs = firstUs;
    at.firstId = row.id;
    at.basis = row.basis;
  }
  lightUp(at, firstUs);
  lightUp(at, lastUs);
  if (minuteOf(firstUs) === minuteOf(lastUs)) add(at.minutes, minuteOf(firstUs), row.amount ?? 1);
  else for (const after of row.uptimes) add(at.minutes, minuteOf(firstUs + after), 1);
}

function lightUp(at: BurstLines, us: number): void {
  const slot = Math.floor(us / SLOT_US);
  if (slot === at.lastSlot) return;
  at.lastSlot = slot;
  const minute = minuteOf(us);
  at.slots.set(minute, (at.slots.get(minute) ?? 0) | (1 << (slot - (minute * MINUTE_US) / SLOT_US)));
}

function minuteOf(us: number): number {
  return Math.floor(us / MINUTE_US);
}

function add(minutes: Map<number, number>, minute: number, lines: number): void {
  minutes.set(minute, (minutes.get(minute) ?? 0) + lines);
}
