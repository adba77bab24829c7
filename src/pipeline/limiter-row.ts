// One event of the limiter, as windows and bursts are made of it.

/** What a row is to the limiter, as the statement numbers it. */
export const ROW = { drop: 0, notice: 1, loss: 2, other: 3 } as const;

export interface LimiterRow {
  readonly id: number;
  /** One of `ROW`. */
  readonly kind: number;
  /** Catalogue id; null for drops. */
  readonly message: string | null;
  readonly amount: number | null;
  readonly copies: number;
  readonly netns: string | null;
  readonly at_us: number | null;
  readonly uptime_us: number | null;
  readonly resolution_us: number | null;
  readonly stamp_kind: number;
  /** 1 where its instant was placed by another log of the boot. */
  readonly placed: number;
  /** Of several equal lines: from the first to the last. */
  readonly span_us: number;
  /** Of several equal lines, uptimes less that of the first; empty where they carry none, or it is one line. */
  readonly uptimes: readonly number[];
  /** What speaks against the kernel as its author, names joined by commas; null: nothing. */
  readonly doubts: string | null;
}

/** The clock that runs of rows are found on. */
export function timeOf(row: LimiterRow): number {
  return row.at_us ?? row.uptime_us ?? 0;
}
