// Event rows of one boot and witness as the limiter's records, on one clock: the kernel's own where lines carry it.

import type { LimiterRecord } from "../../analysis/windows-records.ts";
import { messageForm } from "../../messages/recognise.ts";
import { UNKNOWN_REPEAT } from "../../messages/repeats.ts";
import { isRepeat, type LimiterRow, ROW } from "./limiter-row.ts";
import { LEFT_OUT, type LimiterRows } from "./limiter-rows.ts";

/**
 * Losses that can have taken lines of the kernel with them; the others only touch programs. A console tells its own
 * (`printk-dropped`) on itself alone, so only logs of consoles have them.
 */
const KERNEL_LOSSES = new Set([
  ...["journald-missed", "rsyslog-begin", "rsyslog-lost", "imkmsg-overwritten", "printk-dropped"],
  LEFT_OUT,
  UNKNOWN_REPEAT,
]);
/** A notice and the line it was printed for are one call: they cannot be further apart. */
const OWNER_US = 1_000_000;
/** Without the kernel's own stamp a line has the time at which a log daemon read it, which may lag. */
const READER_LAG_US = 2_000_000;
/** The wall clock was set where it leaves the kernel's by more than this. */
const RESYNC_US = 2_000_000;

/** Hands rows over as records. `seen` is told of every row before its record is taken. */
export function eachRecord(
  rows: LimiterRows,
  seen: (row: LimiterRow) => void,
  take: (record: LimiterRecord) => void,
): void {
  const clock = new Clock();
  /** A notice that the next line says the owner of. */
  let waiting: LimiterRecord | null = null;
  rows.each((row) => {
    const record = toRecord(row, clock);
    if (record === null) return;
    if (waiting !== null) {
      take(owned(waiting, row.form.kind === ROW.notice || row.form.kind === ROW.loss ? null : record));
      waiting = null;
    }
    seen(row);
    if (record.form === "__ratelimit-callbacks") waiting = record;
    else if (row.uptimes.length === 0) take(record);
    else each(record, row.uptimes, take);
  });
  if (waiting !== null) take(owned(waiting, null));
}

/** The lines of a row that stands for several; the clock was set ahead of the first. */
function each(record: LimiterRecord, uptimes: readonly number[], take: (one: LimiterRecord) => void): void {
  let { steppedUs } = record;
  for (const after of uptimes) {
    take({ ...record, atUs: record.atUs + after, amount: 1, steppedUs });
    steppedUs = 0;
  }
}

/**
 * The owner-line rule for the one form that names no limiter: the next line of the net limiter within the same
 * second owns it; a later one means that something else was printed in between.
 */
function owned(notice: LimiterRecord, next: LimiterRecord | null): LimiterRecord {
  if (next === null) return { ...notice, ownerKnown: null };
  const near = next.atUs - notice.atUs <= OWNER_US + Math.max(notice.resolutionUs, next.resolutionUs);
  return { ...notice, ownerKnown: near };
}

const RECORD_KINDS = ["drop", "notice", "loss", "other"] as const;

function toRecord(row: LimiterRow, clock: Clock): LimiterRecord | null {
  if (row.form.kind === ROW.loss && !KERNEL_LOSSES.has(row.form.message ?? "")) return null;
  clock.see(row);
  return {
    atUs: clock.atUs,
    steppedUs: clock.steppedUs,
    resolutionUs: row.uptime_us === null ? Math.max(row.form.resolution_us ?? 0, READER_LAG_US) : 1,
    kind: RECORD_KINDS[row.form.kind] ?? "other",
    amount: row.form.kind === ROW.other ? Math.max(1, row.copies) : row.amount,
    netns: row.form.netns,
    form: row.form.kind === ROW.notice ? messageForm(row.form.message ?? "").notice : null,
    multi: 1,
    ref: row.id,
    repeat: isRepeat(row) || row.form.message === UNKNOWN_REPEAT,
  };
}

/** Instants kept apart as the kernel's clock has them: whole-second stamps alone cannot order a window. */
class Clock {
  /** Of the row seen last. */
  atUs = 0;
  /** By how much the wall clock was set before it, as its uptime shows. */
  steppedUs = 0;
  #offsetUs: number | null = null;
  #uptimeUs = 0;

  see({ at_us, uptime_us }: LimiterRow): void {
    this.steppedUs = 0;
    this.atUs = at_us ?? uptime_us ?? 0;
    if (uptime_us === null || at_us === null) return;
    const offsetUs = at_us - uptime_us;
    const before = this.#offsetUs;
    // An uptime that goes back is of another boot.
    const goesOn = uptime_us >= this.#uptimeUs;
    this.#uptimeUs = uptime_us;
    if (before !== null && Math.abs(offsetUs - before) <= RESYNC_US) this.atUs = before + uptime_us;
    else {
      this.#offsetUs = offsetUs;
      if (before !== null && goesOn) this.steppedUs = offsetUs - before;
    }
  }
}
