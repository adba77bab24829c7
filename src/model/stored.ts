// How a stamp is kept in a row: a code, one integer, and how fine it is.

import { LEAP_YEAR_US, type Stamp } from "./stamp.ts";

/** Codes of `stamp_kind`; documented in the first migration. */
export const STAMP = {
  none: 0,
  instant: 1,
  wall: 2,
  yearless: 3,
  derivedWall: 4,
  derivedInstant: 5,
} as const;

export interface StoredStamp {
  readonly stamp_kind: number;
  readonly stamp_us: number | null;
  readonly resolution_us: number | null;
  readonly zone_name: string | null;
}

export const NO_STAMP: StoredStamp = {
  stamp_kind: STAMP.none,
  stamp_us: null,
  resolution_us: null,
  zone_name: null,
};

/** One integer for a relative year and a stamp; it sorts as the lines do. Negative for a relative year of -1. */
export function packYearless(relativeYear: number, ofYearUs: number): number {
  return relativeYear * LEAP_YEAR_US + ofYearUs;
}

export function unpackYearless(packed: number): { readonly relativeYear: number; readonly ofYearUs: number } {
  const relativeYear = Math.floor(packed / LEAP_YEAR_US);
  return { relativeYear, ofYearUs: packed - relativeYear * LEAP_YEAR_US };
}

/**
 * A stamp as a row keeps it. `relativeYear` counts New Years since the source's first line; only yearless
 * stamps need it. A bad stamp is stored as none: its problem tells the rest.
 */
export function storeStamp(stamp: Stamp | null, relativeYear: number): StoredStamp {
  if (stamp === null || stamp.kind === "bad") return NO_STAMP;
  const resolution_us = stamp.resolutionUs;
  switch (stamp.kind) {
    case "instant":
      return { stamp_kind: STAMP.instant, stamp_us: stamp.atUs, resolution_us, zone_name: null };
    case "wall": {
      const stamp_kind = stamp.derived ? STAMP.derivedWall : STAMP.wall;
      return { stamp_kind, stamp_us: stamp.localUs, resolution_us, zone_name: stamp.zoneName };
    }
    case "yearless": {
      const stamp_us = packYearless(relativeYear, stamp.ofYearUs);
      return { stamp_kind: STAMP.yearless, stamp_us, resolution_us, zone_name: null };
    }
  }
}
