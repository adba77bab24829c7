// A window while its lines still come in.

import type { LimiterRecord, Window } from "./windows-records.ts";

/** Between the limiter's decision and the stamp: two jiffies at 100 Hz, and a slow console. */
export const EDGE_US = 50_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface DraftDrops {
  netns: string | null;
  lines: number;
  readonly seconds: number[];
  lastUs: number;
}

/** A window in the making. */
export interface Draft extends Omit<Mutable<Window>, "drops"> {
  drops: Map<string | null, DraftDrops>;
  /** Printed lines. */
  lines: number;
  /** What the window's length is measured from. */
  clockUs: number;
}

export function draft(record: LimiterRecord, lost: boolean): Draft {
  return {
    beginUs: record.atUs,
    earliestUs: record.atUs,
    clockUs: record.atUs,
    lastLineUs: null,
    resolutionUs: record.resolutionUs,
    drops: new Map(),
    others: 0,
    lines: 0,
    suppressed: null,
    noticeRef: null,
    noticeAtUs: null,
    closed: false,
    full: false,
    anchored: false,
    short: false,
    leading: false,
    openedByNotice: false,
    afterFull: false,
    lost,
    vague: false,
    firstRef: null,
    lastRef: null,
  };
}

export function include(window: Draft, record: LimiterRecord, lines: number): void {
  window.lines += lines;
  if (record.kind === "drop") addDrops(window.drops, record, lines);
  else window.others += lines / Math.max(1, record.multi);
  window.lastLineUs = Math.max(window.lastLineUs ?? record.atUs, record.atUs);
  window.resolutionUs = Math.max(window.resolutionUs, record.resolutionUs);
  window.firstRef ??= record.ref;
  window.lastRef = record.ref;
}

function addDrops(drops: Draft["drops"], { netns, atUs }: LimiterRecord, lines: number): void {
  const own = drops.get(netns) ?? { netns, lines: 0, seconds: [], lastUs: atUs };
  drops.set(netns, own);
  own.lines += lines;
  own.lastUs = Math.max(own.lastUs, atUs);
  const { seconds } = own;
  const second = Math.floor(atUs / 1_000_000);
  // In order but for late ones: mostly the last.
  let at = seconds.length - 2;
  while (at >= 0 && seconds[at] !== second) at -= 2;
  if (at < 0) seconds.push(second, lines);
  else seconds[at + 1] = (seconds[at + 1] ?? 0) + lines;
}

/** A drop line behind a pause of its namespace that ends bursts. */
export function beginsBurst(window: Draft, { kind, netns, atUs }: LimiterRecord, gapUs: number): boolean {
  const own = kind === "drop" ? window.drops.get(netns) : undefined;
  return own !== undefined && atUs - own.lastUs > gapUs;
}

export function tell(window: Draft, notice: LimiterRecord): void {
  window.suppressed = notice.amount;
  window.noticeRef = notice.ref;
  window.noticeAtUs = notice.atUs;
  window.closed = notice.ownerKnown !== null;
}

/** A later line without a notice between: nothing was refused. No line at all: the notice's own was missed. */
export function end(window: Draft): void {
  window.suppressed = 0;
  window.closed = true;
  window.short = window.lines === 0;
}

export function finish(draft: Draft): Window {
  return {
    beginUs: draft.beginUs,
    earliestUs: draft.earliestUs,
    lastLineUs: draft.lastLineUs,
    resolutionUs: draft.resolutionUs,
    drops: [...draft.drops.values()].map(({ netns, lines, seconds }) => ({ netns, lines, seconds })),
    others: draft.others,
    suppressed: draft.suppressed,
    noticeRef: draft.noticeRef,
    noticeAtUs: draft.noticeAtUs,
    closed: draft.closed,
    full: draft.full,
    anchored: draft.anchored,
    short: draft.short,
    leading: draft.leading,
    openedByNotice: draft.openedByNotice,
    afterFull: draft.afterFull,
    lost: draft.lost,
    vague: draft.vague,
    firstRef: draft.firstRef,
    lastRef: draft.lastRef,
  };
}

export function slackUs(record: LimiterRecord): number {
  return record.resolutionUs + EDGE_US;
}
