// Lines that tell the time of others: what the clock is anchored to.

import type { Entry } from "../../model/line.ts";

/** Literals of lines that tell an instant or a step of the clock: rare, always looked at. */
export const CLOCK_TEXT_NEEDLES: readonly string[] = [
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
