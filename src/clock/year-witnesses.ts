// Who can say the year of a file's first line, best first. A witness is tight where it names the year,
// and loose where it only bounds it from above (a file is touched after its last line was written).

import type { LineYears } from "../model/line-years.ts";
import { unpackYearless } from "../model/stored.ts";
import { DAY_US } from "../model/units.ts";
import { readDay, yearOf } from "./calendar.ts";
import { yearlessToLocalUs, yearNear } from "./years.ts";

export interface YearEvidence {
  /** Lines whose instant is known beside a yearless stamp, as local time (audit, rtc_cmos, a journal's copy). */
  readonly fullDates?: readonly { readonly packed: number; readonly localUs: number }[];
  /** What lines with full dates say of those without, in the same source. */
  readonly lineYears?: LineYears | null;
  /** Packed stamps of lines on 29 February. */
  readonly leapDays?: readonly number[];
  readonly weekdays?: readonly { readonly packed: number; readonly weekday: number }[];
  /** `YYYYMMDD` of a rotated name: the day of the rotation, or the day before. */
  readonly nameDate?: string | null;
  readonly gzipTimeUs?: number | null;
  readonly memberTimeUs?: number | null;
  readonly mtimeUs?: number | null;
  /** Packed stamp of the last line. */
  readonly lastPacked?: number | null;
  /** `--year`: year of the first line. */
  readonly optionYear?: number | null;
  /** `--reference`: the latest that the last line can be. */
  readonly referenceUs?: number | null;
  /** Last resort; null where the current date is no evidence. */
  readonly nowUs?: number | null;
}

export interface YearWitness {
  readonly by:
    | "full-date"
    | "line-date"
    | "name-date"
    | "journal-end"
    | "gzip-time"
    | "member-time"
    | "mtime"
    | "now";
  readonly label: string;
  readonly firstYear: number;
  readonly tight: boolean;
}

/** A full date further than this from its own line's stamp was written by another clock; its year says nothing. */
const SAME_CLOCK_US = 2 * DAY_US;

export function yearWitnesses(evidence: YearEvidence): YearWitness[] {
  const last = evidence.lastPacked ?? null;
  const bound = (us: number | null | undefined) => (us == null ? null : latestFirstYear(us + DAY_US, last));
  const day = evidence.nameDate == null ? null : readDay(evidence.nameDate);
  const found = [
    witness("full-date", "a line with its full date", voteOfFullDates(evidence.fullDates ?? []), true),
    witness("line-date", "a full date beside its lines", evidence.lineYears?.told ?? null, true),
    // The whole named day, and a day of slack.
    witness(
      "name-date",
      `the name date ${evidence.nameDate}`,
      bound(day === null ? null : day + DAY_US),
      true,
    ),
    witness("journal-end", "the journal's end", evidence.lineYears?.most ?? null, false),
    witness("gzip-time", "the gzip header time", bound(evidence.gzipTimeUs), false),
    witness("member-time", "the archive member's time", bound(evidence.memberTimeUs), false),
    witness("mtime", "the file's mtime", bound(evidence.mtimeUs), false),
    // With --reference the current date has nothing to add.
    witness("now", "the current date", evidence.referenceUs == null ? bound(evidence.nowUs) : null, false),
  ];
  return found.filter((each) => each !== null);
}

/** The latest year of the first line that puts the last line before `limitUs` (local); null without a last line. */
export function latestFirstYear(limitUs: number, lastPacked: number | null): number | null {
  if (lastPacked === null) return null;
  const { relativeYear, ofYearUs } = unpackYearless(lastPacked);
  let year = yearOf(limitUs);
  // 29 February can be eight years away (1896 to 1904).
  for (let tries = 0; tries < 9; tries += 1, year -= 1) {
    const localUs = yearlessToLocalUs(year, ofYearUs);
    if (localUs !== null && localUs < limitUs) return year - relativeYear;
  }
  return null;
}

function witness(
  by: YearWitness["by"],
  label: string,
  firstYear: number | null,
  tight: boolean,
): YearWitness | null {
  return firstYear === null ? null : { by, label, firstYear, tight };
}

/** The year that most full dates give; the first reached of several, so that the order of lines decides ties. */
function voteOfFullDates(pairs: NonNullable<YearEvidence["fullDates"]>): number | null {
  const votes = new Map<number, number>();
  for (const pair of pairs) {
    const year = firstYearOf(pair.packed, pair.localUs);
    if (year !== null) votes.set(year, (votes.get(year) ?? 0) + 1);
  }
  let best: number | null = null;
  for (const [year, count] of votes) if (best === null || count > (votes.get(best) ?? 0)) best = year;
  return best;
}

function firstYearOf(packed: number, localUs: number): number | null {
  const { relativeYear, ofYearUs } = unpackYearless(packed);
  const year = yearNear(ofYearUs, localUs, SAME_CLOCK_US);
  return year === null ? null : year - relativeYear;
}
