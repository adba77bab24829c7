// The drop lines of one burst by one witness, summed up as they come.

import { STAMP } from "../model/stored.ts";
import { type LimiterRow, timeOf } from "./limiter-rows.ts";

export interface BurstLines {
  readonly minutes: Map<number, number>;
  firstId: number;
  lastId: number;
  idFrom: number;
  idTo: number;
  firstUs: number;
  lastUs: number;
  resolutionUs: number;
}

/** Begins with its first line. */
export function burstLines(row: LimiterRow): BurstLines {
  const lines = {
    minutes: new Map(),
    firstId: row.id,
    lastId: row.id,
    idFrom: row.id,
    idTo: row.id,
    firstUs: timeOf(row),
    lastUs: timeOf(row),
    resolutionUs: 1,
  };
  addLine(lines, row);
  return lines;
}

/** How far an instant placed by the stamps of another log may be off: a log with stamps of its own says better. */
const PLACED_US = 2_000_000;
/** A stamp that was computed from an uptime knows nothing of steps and drift. */
const DERIVED_US = 60_000_000;

/** How far the instant of a row may be from the truth, microseconds. */
function errorOf(row: LimiterRow): number {
  if (row.placed === 1) return PLACED_US;
  if (row.stamp_kind === STAMP.derivedWall || row.stamp_kind === STAMP.derivedInstant) return DERIVED_US;
  return row.resolution_us ?? 1_000_000;
}

export function addLine(at: BurstLines, row: LimiterRow): void {
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
  }
  if (minuteOf(firstUs) === minuteOf(lastUs)) add(at.minutes, minuteOf(firstUs), row.amount ?? 1);
  else for (const after of row.uptimes) add(at.minutes, minuteOf(firstUs + after), 1);
}

function minuteOf(us: number): number {
  return Math.floor(us / 60_000_000);
}

function add(minutes: Map<number, number>, minute: number, lines: number): void {
  minutes.set(minute, (minutes.get(minute) ?? 0) + lines);
}
