// Rows dated by a subtraction, a statement for a stretch of stamps: what most logs need, and a tenth of the cost of
// asking row by row. Rows that need more (uptimes, named zones, doubled hours) are left to date-rows.

import { type Shift, type Shifts, wallShifts, yearlessShifts } from "../../clock/shifts.ts";
import { STAMP } from "../../model/stored.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { followed } from "../reading/likely-times.ts";
import { type DatingRules, wallBasis } from "./rows.ts";

export type DatedTable = "event" | "anchor" | "observation";

interface KindRow {
  readonly stamp_kind: number;
  readonly named: number;
  readonly first_us: number | null;
  readonly last_us: number | null;
}

interface Stretch extends Shift {
  readonly stampKind: number;
  readonly basis: string;
}

/** Dates a source's rows of one table; false where some of them need more, and nothing was done. */
export function datePlainly(
  db: Db,
  table: Exclude<DatedTable, "event">,
  source_id: number,
  rules: DatingRules,
): boolean {
  const stretches = plainStretches(db, table, source_id, kindsOf(db, table, source_id), rules);
  if (stretches === null) return false;
  const set = statement(db, `set_plain_${table}_times`);
  for (const { basis, ...stretch } of stretches) {
    const values = { source_id, ...valuesOf(stretch) };
    set.run(table === "anchor" ? values : { ...values, basis });
  }
  return true;
}

/**
 * The same for events. `dated`: what their instants follow already. Where that is what they are to follow, no row of
 * an event is touched.
 */
export function dateEventsPlainly(
  db: Db,
  source_id: number,
  dated: string | null,
  rules: DatingRules,
): boolean {
  const kinds = kindsOf(db, "event", source_id);
  const stretches = plainStretches(db, "event", source_id, kinds, rules);
  if (stretches === null) return false;
  for (const { stampKind: stamp_kind, basis } of stretches) {
    statement(db, "set_form_basis").run({ source_id, stamp_kind, basis });
  }
  const events_dated = followedBy(kinds, rules);
  if (events_dated === dated) return true;
  const set = statement(db, "set_plain_event_times");
  for (const stretch of stretches) set.run({ source_id, ...valuesOf(stretch) });
  settleEvents(db, source_id, events_dated);
  return true;
}

/** Keeps what the instants of a source's events follow, now that they were changed; null: not zone and year alone. */
export function settleEvents(db: Db, source_id: number, events_dated: string | null): void {
  statement(db, "set_form_extents").run({ source_id });
  statement(db, "set_events_dated").run({ source_id, events_dated });
}

function followedBy(kinds: readonly KindRow[], { zone, firstYear }: DatingRules): string {
  const has = (...wanted: number[]) => kinds.some(({ stamp_kind }) => wanted.includes(stamp_kind));
  const zoned = has(STAMP.wall, STAMP.yearless) ? (zone?.name ?? null) : null;
  return followed(zoned, has(STAMP.yearless) ? firstYear : null);
}

function kindsOf(db: Db, table: DatedTable, source_id: number): KindRow[] {
  return statement(db, `${table}_stamp_kinds`).all({ source_id }) as KindRow[];
}

function valuesOf({ stampKind, fromUs, toUs, shiftUs }: Omit<Stretch, "basis">) {
  return { stamp_kind: stampKind, first_us: fromUs, last_us: toUs, shift_us: shiftUs };
}

function plainStretches(
  db: Db,
  table: DatedTable,
  source_id: number,
  kinds: readonly KindRow[],
  rules: DatingRules,
): Stretch[] | null {
  const stretches: Stretch[] = [];
  for (const kind of kinds) {
    const found = stretchesOf(db, table, source_id, kind, rules);
    if (found === null) return null;
    stretches.push(...found);
  }
  return stretches;
}

function stretchesOf(
  db: Db,
  table: DatedTable,
  source_id: number,
  { stamp_kind, named, first_us, last_us }: KindRow,
  rules: DatingRules,
): Stretch[] | null {
  if (first_us === null || last_us === null) return null;
  if (stamp_kind === STAMP.instant) {
    return [{ stampKind: stamp_kind, fromUs: first_us, toUs: last_us, shiftUs: 0, basis: "explicit" }];
  }
  if (named === 1 || rules.zone === null) return null;
  const shifts = shiftsOf(rules, stamp_kind, first_us, last_us);
  if (shifts === null || shifts.doubtful.some((doubt) => hasAny(db, table, source_id, stamp_kind, doubt)))
    return null;
  const basis = wallBasis(stamp_kind, rules, rules.zoneBasis ?? "assumed-zone");
  return shifts.plain.map((shift) => ({ ...shift, stampKind: stamp_kind, basis }));
}

function shiftsOf(
  { zone, firstYear }: DatingRules,
  kind: number,
  firstUs: number,
  lastUs: number,
): Shifts | null {
  if (zone === null) return null;
  if (kind === STAMP.wall) return wallShifts(zone, firstUs, lastUs);
  if (kind !== STAMP.yearless || firstYear === null) return null;
  return yearlessShifts(zone, firstYear, firstUs, lastUs);
}

function hasAny(
  db: Db,
  table: DatedTable,
  source_id: number,
  stamp_kind: number,
  doubt: { readonly fromUs: number; readonly toUs: number },
): boolean {
  const values = { source_id, stamp_kind, first_us: doubt.fromUs, last_us: doubt.toUs };
  return (statement(db, `any_${table}_stamped`).get(values) as { found: number }).found === 1;
}
