// dmesg -e: `[Mar10 20:19]` begins a minute, `[  +0.000012]` is so long after the line before. The seconds within the
// minute of its first line are nowhere told, so no stamp here is finer than a minute.

import { LEAP_YEAR_US, type Stamp } from "../model/stamp.ts";
import { SECOND_US } from "../model/units.ts";

export interface Minutes {
  /** A line told its minute, or (null) one that cannot be read. */
  tell(stamp: Stamp | null): void;
  /** The stamp of the next line, `seconds` after the last; null where no minute is known. */
  later(seconds: string): Stamp | null;
}

export function createMinutes(): Minutes {
  let last: Stamp | null = null;
  return {
    tell(stamp) {
      last = stamp;
    },
    later(seconds) {
      if (last === null || last.kind !== "yearless") return null;
      const dot = seconds.indexOf(".");
      const us = Number(seconds.slice(0, dot)) * SECOND_US + Number(seconds.slice(dot + 1));
      last = { ...last, ofYearUs: Math.min(last.ofYearUs + us, LEAP_YEAR_US - 1) };
      return last;
    },
  };
}
