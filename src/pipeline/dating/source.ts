// One source dated: its zone and year settled, then its rows, by a subtraction where that does, else row by row.

import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { createProblemLog, type ProblemLog } from "../reading/read-line.ts";
import type { BootClocks } from "./anchors.ts";
import { anchorsOf, eventsOf, observationsOf, type SourceRow } from "./dating-rows.ts";
import { dateEventsPlainly, datePlainly, settleEvents } from "./plain.ts";
import { type DatingRules, dateRows, type RowToDate } from "./rows.ts";
import type { SiblingZones } from "./siblings.ts";
import { datedLines, findYear, findZone } from "./zone.ts";

/** Version of the rules that rows are dated under; another one dates all of them anew. */
const RULES = 3;

/** Readings out of a log line; every other reading is a snapshot, and has its file's time if none of its own. */
const LOGGED = new Set(["banner", "limit_exceeded", "sudo-sysctl", "kube-proxy"]);

/**
 * Dates a source's rows, and hands what they tell to `clocks`. Null: they were dated by the very same before, and stay
 * as they are. Else the problems met.
 */
export function dateSource(
  db: Db,
  source: SourceRow,
  clocks: BootClocks,
  zones: SiblingZones,
  nowUs: number | null,
): ProblemLog | null {
  const dated = datedLines(db, source, clocks.of);
  const found = findZone(source, dated, zones.of(source));
  if (found.basis !== "assumed-zone") zones.found(source, found.zone.name);
  const year = findYear(db, source, dated, found.zone, nowUs);
  const contradictions = [
    ...(found.contradiction === null ? [] : [found.contradiction]),
    ...(year?.basis === "option" ? year.contradictions : []),
  ];
  const rules: DatingRules = {
    zone: found.zone,
    zoneBasis: found.basis,
    firstYear: year?.firstYear ?? null,
    yearBasis: year?.basis ?? null,
    fileTimeUs: null,
    clockOf: clocks.of,
    derivedBaseOf: (streamId) => clocks.derivedBase(streamId, source),
  };
  const { zoneBasis, firstYear, yearBasis } = rules;
  const by = JSON.stringify([RULES, found.zone.name, zoneBasis, firstYear, yearBasis, contradictions]);
  if (by === source.dated_by) {
    clocks.collect(source, "dated");
    return null;
  }
  let dating = dateUnder(db, source, rules, contradictions);
  clocks.collect(source, "dated");
  // Lines outside a doubled hour place the uptimes within it, and these tell which pass it was.
  if (source.has_uptime === 1 && isDoubtful(dating.problems))
    dating = dateUnder(db, source, rules, contradictions);
  statement(db, "set_source_dating").run({
    source_id: source.source_id,
    zone: found.zone.name,
    zone_basis: found.basis,
    first_year: year?.firstYear ?? null,
    year_basis: year?.by ?? null,
    // Clocks of boots may know better the next time.
    dated_by: dating.plain ? by : "",
  });
  return dating.problems;
}

/** `plain`: zone and year were all that was needed. */
function dateUnder(
  db: Db,
  source: SourceRow,
  rules: DatingRules,
  contradictions: readonly string[],
): { problems: ProblemLog; plain: boolean } {
  const problems = createProblemLog();
  for (const sentence of contradictions) problems.add("option-contradicts", sentence, null);
  return { problems, plain: dateAll(db, source, rules, problems) };
}

function isDoubtful(problems: ProblemLog): boolean {
  return problems.all().some(({ kind }) => kind === "ambiguous-hour");
}

/** True where zone and year were all that was needed. */
function dateAll(db: Db, source: SourceRow, rules: DatingRules, problems: ProblemLog): boolean {
  const { source_id } = source;
  const anchors = datePlainly(db, "anchor", source_id, rules);
  const events = dateEventsPlainly(db, source_id, source.events_dated, rules);
  const readings = datePlainly(db, "observation", source_id, rules);
  // Doubts are told once, by the events; marks only carry coverage.
  if (!anchors) {
    const set = statement(db, "set_anchor_time");
    dateRows(anchorsOf(db, source), rules, createProblemLog(), (id, at_us) => set.run({ id, at_us }));
  }
  if (!events) {
    dateRows(eventsOf(db, source), rules, problems, keep(db, "set_event_time"));
    settleEvents(db, source_id, null);
  }
  if (!readings) dateReadings(db, source, rules, problems);
  return anchors && events && readings;
}

function dateReadings(db: Db, source: SourceRow, rules: DatingRules, problems: ProblemLog): void {
  const set = keep(db, "set_observation_time");
  const snapshot = { ...rules, fileTimeUs: source.path === "-" ? null : source.mtime_us };
  dateRows(only(observationsOf(db, source), true), rules, problems, set);
  dateRows(only(observationsOf(db, source), false), snapshot, problems, set);
}

function* only<Row extends RowToDate & { readonly kind: string }>(
  rows: Iterable<Row>,
  logged: boolean,
): Generator<Row> {
  for (const row of rows) if (LOGGED.has(row.kind) === logged) yield row;
}

function keep(db: Db, name: string): (id: number, at_us: number | null, basis: string) => void {
  const set = statement(db, name);
  return (id, at_us, basis) => {
    set.run({ id, at_us, basis });
  };
}
