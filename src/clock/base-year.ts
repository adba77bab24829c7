// Which year a file of yearless stamps begins in. The best witness decides, in the order of the contract;
// 29 February and weekdays then move an upper bound back to a year that the lines themselves allow.

import { unpackYearless } from "../model/stored.ts";
import { DAY_US } from "../model/units.ts";
import { isLeap, weekdayOf } from "./calendar.ts";
import { latestFirstYear, type YearEvidence, type YearWitness, yearWitnesses } from "./year-witnesses.ts";
import { yearlessToLocalUs } from "./years.ts";

export interface BaseYear {
  /** Year of the relative year 0. */
  readonly firstYear: number;
  readonly basis: "option" | "inferred-year";
  /** The witness: `--year`, `--reference`, or one of YearWitness; `+weekday` or `+leap-day` where that moved it. */
  readonly by: string;
  /** Sentences: what speaks against the year. Not empty for an option means a problem. */
  readonly contradictions: readonly string[];
}

/** Weekdays repeat after 28 years, leap years after at most 8. */
const YEARS_BACK = 28;

/** Null where nothing says the year. */
export function chooseBaseYear(evidence: YearEvidence): BaseYear | null {
  const witnesses = yearWitnesses(evidence);
  if (typeof evidence.optionYear === "number") {
    const firstYear = evidence.optionYear;
    const contradictions = [
      ...calendarAgainst(firstYear, evidence),
      ...against(firstYear, witnesses),
      ...beforeJournal(firstYear, evidence),
    ];
    return { firstYear, basis: "option", by: "--year", contradictions };
  }
  const inferred = infer(witnesses, evidence);
  return capByReference(inferred, witnesses, evidence) ?? inferred;
}

function infer(witnesses: readonly YearWitness[], evidence: YearEvidence): BaseYear | null {
  const best = witnesses[0];
  if (best === undefined) return null;
  const { year, by } = withinJournal(best, evidence);
  const moved = best.tight ? null : moveBack(year, evidence);
  const firstYear = moved?.year ?? year;
  return {
    firstYear,
    basis: "inferred-year",
    by: by + (moved?.because ?? ""),
    contradictions: calendarAgainst(firstYear, evidence),
  };
}

/** The years that a journal's header leaves, where no line tells its own. */
function withinJournal(
  { by, firstYear: year }: YearWitness,
  evidence: YearEvidence,
): { readonly year: number; readonly by: string } {
  const { told = null, least = null, most = null } = evidence.lineYears ?? {};
  if (by === "full-date" || told !== null) return { year, by };
  if (most !== null && year > most) return { year: most, by: "journal-end" };
  return least !== null && year < least ? { year: least, by: "journal-begin" } : { year, by };
}

/** `--reference` is the latest that the last line can be: it only ever moves a year back, or stands alone. */
function capByReference(
  inferred: BaseYear | null,
  witnesses: readonly YearWitness[],
  evidence: YearEvidence,
): BaseYear | null {
  if (typeof evidence.referenceUs !== "number") return null;
  const latest = latestFirstYear(evidence.referenceUs + DAY_US, evidence.lastPacked ?? null);
  if (latest === null || (inferred !== null && inferred.firstYear <= latest)) return null;
  const moved = moveBack(latest, evidence);
  const firstYear = moved?.year ?? latest;
  const tight = witnesses.filter((witness) => witness.tight);
  return {
    firstYear,
    basis: "option",
    by: `--reference${moved?.because ?? ""}`,
    contradictions: [...calendarAgainst(firstYear, evidence), ...against(firstYear, tight)],
  };
}

function moveBack(year: number, evidence: YearEvidence): { year: number; because: string } | null {
  for (let back = 0; back <= YEARS_BACK; back += 1) {
    if (!leapDaysFit(year - back, evidence) || !weekdaysFit(year - back, evidence)) continue;
    if (back === 0) return null;
    return { year: year - back, because: leapDaysFit(year, evidence) ? "+weekday" : "+leap-day" };
  }
  return null;
}

function leapDaysFit(firstYear: number, evidence: YearEvidence): boolean {
  return (evidence.leapDays ?? []).every((packed) => isLeap(firstYear + unpackYearless(packed).relativeYear));
}

/** More than half must fit: a line from an unset clock names the weekday of another year. */
function weekdaysFit(firstYear: number, evidence: YearEvidence): boolean {
  const named = evidence.weekdays ?? [];
  const fitting = named.filter(({ packed, weekday }) => {
    const { relativeYear, ofYearUs } = unpackYearless(packed);
    const localUs = yearlessToLocalUs(firstYear + relativeYear, ofYearUs);
    return localUs !== null && weekdayOf(localUs) === weekday;
  });
  return named.length === 0 || fitting.length * 2 > named.length;
}

function calendarAgainst(firstYear: number, evidence: YearEvidence): string[] {
  const found: string[] = [];
  if (!leapDaysFit(firstYear, evidence))
    found.push(`29 February is written, which ${firstYear} does not allow`);
  if (!weekdaysFit(firstYear, evidence)) found.push(`the weekdays written are not those of ${firstYear}`);
  return found;
}

function against(firstYear: number, witnesses: readonly YearWitness[]): string[] {
  return witnesses
    .filter((witness) => (witness.tight ? witness.firstYear !== firstYear : firstYear > witness.firstYear))
    .map((witness) => `${witness.label} ${witness.tight ? "says" : "allows at most"} ${witness.firstYear}`);
}

function beforeJournal(firstYear: number, { lineYears }: YearEvidence): string[] {
  const least = lineYears?.least ?? null;
  return least !== null && firstYear < least ? [`the journal's begin allows at least ${least}`] : [];
}
