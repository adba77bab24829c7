// Lines that tell the time of others: what the clock is anchored to.

import { readDay } from "../../clock/calendar.ts";
import type { LineSpan } from "../../clock/line-years.ts";
import type { Entry } from "../../model/line.ts";
import { DAY_US } from "../../model/units.ts";

/** Literals of lines that tell an instant, a step of the clock or a boot: rare, always looked at. */
export const CLOCK_TEXT_NEEDLES: readonly string[] = [
  "-- Reboot --",
  "-- Boot ",
  "setting system clock",
  "advancing clock",
  "System time advanced",
  "clock unset or jumped",
];

/** Literals that may stand in many lines: one in a while is enough. */
export const CLOCK_NEEDLES: readonly string[] = ["audit("];

// linux drivers/rtc/class.c (hctosys): "setting system clock to 2026-03-11T08:14:32 UTC (1773216872)"
const RTC =
  /setting system clock to \S+ \S+(?: UTC)? \((\d{9,11})\)|setting system clock to \S+ UTC \((\d{9,11})\)/;
// linux kernel/audit.c: audit(epoch.ms:serial)
const AUDIT = /\baudit\((\d{9,11})\.(\d{3}):\d+\)/;
// systemd src/core/main.c and timesyncd: the clock is moved by an amount that is not told
const STEP =
  /^System time before build time, advancing clock\.?$|^System time advanced|^System clock time unset or jumped/;

/** Microseconds since the epoch that the line's own text tells, or null. */
export function toldInstant(entry: Entry): number | null {
  const rtc = RTC.exec(entry.text);
  if (rtc) return Number(rtc[1] ?? rtc[2]) * 1_000_000;
  const audit = AUDIT.exec(entry.text);
  if (audit) return Number(audit[1]) * 1_000_000 + Number(audit[2]) * 1_000;
  return null;
}

const OFFSET = /^[^\n]{0,40}?\d\d:\d\d:\d\d(?:[.,]\d{1,9})? ?([+-]\d\d):?(\d\d)(?!\d)/;

/** The offset that a stamp writes (`+02:00`), or null: it tells the zone of logs beside this one. */
export function writtenOffset(raw: string): string | null {
  const match = OFFSET.exec(raw);
  return match === null ? null : `${match[1]}:${match[2]}`;
}

/** True where the line says that the wall clock was moved: anchors before it do not hold after it. */
export function tellsStep(entry: Entry): boolean {
  return STEP.test(entry.text.replace(/^systemd(?:-timesyncd)?\[\d+\]: /, ""));
}

// systemd src/shared/logs-show.c and journalctl.c; 248 and later tell the id. Between the lines of two boots, also
// where `--grep` leaves out what the kernel says first.
const REBOOT = /^-- (?:Reboot|Boot [0-9a-f]{32}) --$/;

/** True for what journalctl writes between the lines of two boots. */
export function tellsReboot({ stamp, tag, text }: Entry): boolean {
  return stamp === null && tag === null && REBOOT.test(text);
}

const JOURNAL_DAY = String.raw`(?:\S+ )?(\d{4})-(\d\d)-(\d\d) \d\d:\d\d:\d\d`;
// systemd src/journal/journalctl.c; 247 and later say Journal. With -f, and where a line was cut, there is no end.
const JOURNAL_SPAN = new RegExp(
  `^-- (?:Logs begin|Journal begins) at ${JOURNAL_DAY}(?:[^,]*, ends? at ${JOURNAL_DAY})?`,
);

/** From when to when a journal goes, to the day, where a text is the header that journalctl puts before its lines. */
export function journalSpan(text: string): LineSpan | null {
  if (!text.startsWith("-- ")) return null;
  const parts = JOURNAL_SPAN.exec(text);
  if (parts === null) return null;
  const fromUs = readDay(parts.slice(1, 4).join(""));
  const toUs = parts[4] === undefined ? null : readDay(parts.slice(4, 7).join(""));
  if (fromUs === null || (toUs === null && parts[4] !== undefined)) return null;
  return { fromUs, toUs: toUs === null ? null : toUs + DAY_US };
}
