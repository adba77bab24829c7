// Several accounts of one burst: which speaks, and how the others stand to it. Compared, never added.

import type { Relation } from "../model/report.ts";

export interface Account {
  readonly channel: string;
  readonly dropLines: number;
  readonly suppressed: number;
  /** Microseconds a stamp of this account can be off: finer accounts win ties. */
  readonly resolutionUs: number;
  /** Last tie-break: a text that depends on content and name, not on the order of reading. */
  readonly order: string;
}

/** Index of the account that speaks: most printed lines, then most suppressions told, then finest stamps. */
export function speaker(accounts: readonly Account[]): number {
  let best = 0;
  for (let i = 1; i < accounts.length; i++) {
    const a = accounts[i];
    const b = accounts[best];
    if (a !== undefined && b !== undefined && compare(a, b) < 0) best = i;
  }
  return best;
}

function compare(a: Account, b: Account): number {
  return (
    b.dropLines - a.dropLines ||
    b.suppressed - a.suppressed ||
    a.resolutionUs - b.resolutionUs ||
    (a.order < b.order ? -1 : a.order > b.order ? 1 : 0)
  );
}

/** How an account stands to the one that speaks. */
export function relate(account: Account, speaking: Account): Relation {
  if (account.dropLines === 0) return "silent";
  // A part of a log can lack lines and notices; it cannot have notices that the fuller one lacks.
  if (account.suppressed > speaking.suppressed) return "contradicts";
  if (account.dropLines === speaking.dropLines && account.suppressed === speaking.suppressed) return "agrees";
  return "fewer";
}
