// How full a table is, as a share of its limit. The views compute the same in SQL.

const DIGITS = 1e4;

/** Cut to four digits, not rounded: only a full table reads 1. Null where there is no limit. */
export function utilisation(entries: number, limit: number | null): number | null {
  if (limit === null || limit === 0) return null;
  return Math.floor((entries * DIGITS) / limit) / DIGITS;
}
