// A time as a log wrote it, and a time as evidence resolved it. The two are kept apart because a better
// anchor, found later, may move the second without reading the log again.

import { DAY_US } from "./units.ts";

/** Microseconds of one virtual leap year (366 days): the calendar that yearless stamps are counted in. */
export const LEAP_YEAR_US = 366 * DAY_US;

export type Stamp =
  /** An instant that needs no evidence: an epoch, or a wall time with its zone. */
  | { readonly kind: "instant"; readonly atUs: number; readonly resolutionUs: number }
  /** A full date and time without a zone. `localUs` counts as if the wall clock were UTC. */
  | {
      readonly kind: "wall";
      readonly localUs: number;
      readonly resolutionUs: number;
      /** Zone abbreviation as written (`CEST`), or null. */
      readonly zoneName: string | null;
      /** True where the writer computed the stamp afterwards from an uptime (`dmesg -T`). */
      readonly derived: boolean;
    }
  /** Month, day and time only. `ofYearUs` counts from 1 January of a leap year, so 29 February always fits. */
  | {
      readonly kind: "yearless";
      readonly ofYearUs: number;
      readonly resolutionUs: number;
      /** 0 Sunday to 6 Saturday where the stamp names the weekday, else null. */
      readonly weekday: number | null;
    }
  /** A stamp that names an impossible time (Feb 31, 25:61). */
  | { readonly kind: "bad"; readonly text: string };

/**
 * How an instant was obtained. Parts are joined by `+` where more than one applies
 * (`inferred-year+assumed-zone`).
 */
export type BasisPart =
  | "explicit" // the line says it: epoch, or date with zone
  | "option" // year or zone stated by --year or --tz
  | "anchored-zone" // zone found in the evidence
  | "assumed-zone" // zone of this process
  | "inferred-year" // year found by evidence other than the line
  | "boot-anchor" // kernel uptime placed by a line that carries both
  | "derived" // computed by the writer from an uptime (dmesg -T)
  | "file-time" // the file's own mtime
  | "undated";

export interface Instant {
  /** Microseconds since the Unix epoch, UTC; null where no evidence dates the line. */
  readonly atUs: number | null;
  readonly basis: string;
}
