// One event of the limiter, as windows and bursts are made of it.

/** What a row is to the limiter, as the statement numbers it. */
export const ROW = { drop: 0, notice: 1, loss: 2, other: 3 } as const;

/** What many rows share: one object for all of them. */
export interface LimiterForm {
  /** One of `ROW`. */
  readonly kind: number;
  /** Catalogue id; null for drops. */
  readonly message: string | null;
  readonly netns: string | null;
  readonly resolution_us: number | null;
  readonly stamp_kind: number;
}

export interface LimiterRow {
  readonly id: number;
  readonly form: LimiterForm;
  readonly amount: number | null;
  /** Printed lines that it stands for; 0: one, told by a repeat. */
  readonly copies: number;
  readonly at_us: number | null;
  readonly uptime_us: number | null;
  /** How its instant was obtained; null where nothing dates it. */
  readonly basis: string | null;
  /** Of several equal lines: from the first to the last. */
  readonly span_us: number;
  /** Of several equal lines, uptimes less that of the first; empty where they carry none, or it is one line. */
  readonly uptimes: readonly number[];
  /** What speaks against the kernel as its author, names joined by commas; null: nothing. */
  readonly doubts: string | null;
}

/** Its lines are as old as the line before. */
export function isRepeat({ copies }: LimiterRow): boolean {
  return copies !== 1;
}

export const NO_UPTIMES: readonly number[] = [];

/** The clock that runs of rows are found on. */
export function timeOf(row: LimiterRow): number {
  return row.at_us ?? row.uptime_us ?? 0;
}
