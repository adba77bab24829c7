// From what the kernel printed to the records of a log: stamps rounded or late, equal lines folded into
// `repeated n times`, lines lost with a notice of the loss.

import type { LimiterRecord } from "../../src/analysis/windows-records.ts";
import type { NoticeForm } from "../../src/model/event.ts";

export interface SimUser {
  readonly kind: "drop" | "other" | "unknown";
  readonly netns: string | null;
}

/** One thing printed, in ring-buffer order. */
export interface Printed {
  readonly atUs: number;
  /** Null: a notice. */
  readonly user: SimUser | null;
  readonly notice: number;
}

export interface Shipped {
  readonly record: Omit<LimiterRecord, "ref">;
  /** True times of the first and last printed line it stands for. */
  readonly firstUs: number;
  readonly lastUs: number;
  /** True time at which it was written. */
  readonly flushedUs: number;
}

export type Stamping = "micro" | "second" | "late";

export interface Shipper {
  readonly folded: boolean;
  readonly stamping: Stamping;
  readonly form: NoticeForm;
  readonly between: (low: number, high: number) => number;
}

const SECOND = 1_000_000;
const RESOLUTION_US: Readonly<Record<Stamping, number>> = { micro: 1, second: SECOND, late: 2 * SECOND };
/** syslogd writes an unfinished repeat out after this long. */
const FLUSH_US = 30 * SECOND;

export function ship(printed: readonly Printed[], shipper: Shipper): Shipped[] {
  const stamp = stamper(shipper);
  const shipped: Shipped[] = [];
  let repeat: { user: SimUser; count: number; firstUs: number; lastUs: number } | null = null;
  let previous: string | null = null;

  const flush = (atUs: number) => {
    if (repeat === null) return;
    const flushedUs = Math.min(atUs, repeat.firstUs + FLUSH_US);
    shipped.push({ ...toShipped(repeat, stamp(flushedUs), shipper), flushedUs });
    repeat = null;
  };
  for (const { atUs, user, notice } of printed) {
    const key = user === null ? `notice ${notice} ${shipped.length}` : `${user.kind} ${user.netns}`;
    if (shipper.folded && user !== null && key === previous && user.kind !== "unknown") {
      if (repeat !== null && atUs > repeat.firstUs + FLUSH_US) flush(atUs);
      repeat ??= { user, count: 0, firstUs: atUs, lastUs: atUs };
      repeat.count += 1;
      repeat.lastUs = atUs;
      continue;
    }
    flush(atUs);
    previous = key;
    if (user?.kind === "unknown") continue;
    if (user === null) {
      const at = stamp(atUs);
      const record = { ...blank(at, shipper), kind: "notice", amount: notice, form: shipper.form } as const;
      shipped.push({ record, firstUs: atUs, lastUs: atUs, flushedUs: atUs });
    } else {
      const line = { user, count: 0, firstUs: atUs, lastUs: atUs };
      shipped.push({ ...toShipped(line, stamp(atUs), shipper), flushedUs: atUs });
    }
  }
  flush(Number.POSITIVE_INFINITY);
  return shipped;
}

/** `count` 0: the line itself; else a repeat of it. */
function toShipped(
  { user, count, firstUs, lastUs }: { user: SimUser; count: number; firstUs: number; lastUs: number },
  atUs: number,
  shipper: Shipper,
): Omit<Shipped, "flushedUs"> {
  const kind = user.kind === "drop" ? "drop" : "other";
  const record = { ...blank(atUs, shipper), kind, netns: user.netns } as const;
  if (count === 0) return { record, firstUs, lastUs };
  return { record: { ...record, amount: count, repeat: true }, firstUs, lastUs };
}

function blank(atUs: number, { stamping }: Shipper) {
  const resolutionUs = RESOLUTION_US[stamping];
  return { atUs, resolutionUs, amount: 1, netns: null, form: null, multi: 1 };
}

/** What the log writes for a true time: a millisecond off, cut to seconds, or when a slow reader came by. */
function stamper({ stamping, between }: Shipper): (atUs: number) => number {
  let readUs = 0;
  return (atUs) => {
    if (stamping === "micro") return Math.round(atUs + between(0, 1000));
    if (stamping === "second") return Math.floor(atUs / SECOND) * SECOND;
    if (atUs > readUs) readUs = Math.round(atUs + between(0, 1.5) * SECOND);
    return readUs;
  };
}

/** Takes a run of lines out and says so in their place. */
export function lose(shipped: readonly Shipped[], between: (low: number, high: number) => number): Shipped[] {
  const from = Math.floor(between(0, shipped.length));
  const gone = shipped.slice(from, from + Math.ceil(between(0, 12)));
  const first = gone[0];
  if (first === undefined) return [...shipped];
  const record = { ...first.record, kind: "loss", amount: gone.length, repeat: false } as const;
  return shipped.toSpliced(from, gone.length, { ...first, record });
}
