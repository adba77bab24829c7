// What bursts come to: of a host, of a report, of a fleet of which a report shows only a part.

/** Sums over all bursts of the range, those that are not told one by one included. */
export interface Totals {
  readonly bursts: number;
  /** Of these, what nothing dates. */
  readonly undatedBursts: number;
  /** First start and last end of the dated ones; null where none is. */
  readonly fromUs: number | null;
  readonly toUs: number | null;
  readonly dropLines: number;
  readonly suppressed: number;
  /** Less than the sum of the bursts' where some of them may tell of the same drops: without a time, or one by `dmesg`. */
  readonly dropsMin: number;
  readonly dropsReported: number;
  /** Sum of the bursts' ceilings; null as soon as one burst has none. */
  readonly dropsMax: number | null;
  /** Drop lines that may not be the kernel's own: part of the sums, unless the report leaves them out. */
  readonly doubtedLines: number;
  /** What such notices told, at most. */
  readonly doubtedSuppressed: number;
}

/** Beyond a number of hosts only the worst are shown; this is what all of them come to. */
export interface Fleet {
  readonly hosts: number;
  readonly shown: number;
  /** Hosts with bursts. */
  readonly dropping: number;
  /** Of the hosts that are not shown. */
  readonly rest: Totals;
  /** Hours with the most drop lines, in order of time. */
  readonly hours: readonly {
    readonly atUs: number;
    readonly hosts: number;
    readonly dropLines: number;
    readonly suppressed: number;
  }[];
  /** Limits in force at last, the most frequent first. */
  readonly limits: readonly { readonly value: number; readonly hosts: number; readonly example: string }[];
  /** Problems, and sources of the shown hosts, beyond those that are listed. */
  readonly leftOutProblems: number;
  readonly leftOutSources: number;
}
