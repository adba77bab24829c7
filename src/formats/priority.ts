// Syslog priorities: facility * 8 + severity. TABLE of the names that syslogd, busybox, dmesg and rsyslog print.

const FACILITIES = [
  ["kern"],
  ["user"],
  ["mail"],
  ["daemon"],
  ["auth", "security"],
  ["syslog"],
  ["lpr"],
  ["news"],
  ["uucp"],
  ["cron"],
  ["authpriv"],
  ["ftp"],
  ["ntp"],
  ["audit"],
  ["alert"],
  ["clock"],
  ["local0"],
  ["local1"],
  ["local2"],
  ["local3"],
  ["local4"],
  ["local5"],
  ["local6"],
  ["local7"],
];

const SEVERITIES = [
  ["emerg", "panic"],
  ["alert"],
  ["crit"],
  ["err", "error"],
  ["warn", "warning"],
  ["notice"],
  ["info"],
  ["debug"],
];

const facilities = numbered(FACILITIES);
const severities = numbered(SEVERITIES);

/** RFC 5424 section 6.2.1: 23 facilities beside the kernel's, 8 severities. */
const HIGHEST = 191;

/** The facility that only the kernel may use. */
export const KERN = 0;

/** A written PRI as a number, or null where there is none or it is beyond the scale. */
export function readPri(digits: string | undefined): number | null {
  if (digits === undefined) return null;
  const pri = Number(digits);
  return pri <= HIGHEST ? pri : null;
}

/** The priority that two names (`kern`, `warn`) make, or null. */
export function namedPriority(facility: string, severity: string): number | null {
  const f = facilities.get(facility);
  const s = severities.get(severity);
  return f === undefined || s === undefined ? null : f * 8 + s;
}

export function facilityOf(priority: number): number {
  return priority >> 3;
}

/** True for a severity word as network systems put between host and tag (`INFO`, `WARNING`). */
export function isSeverityWord(word: string): boolean {
  const first = word.charCodeAt(0);
  return first >= 65 && first <= 90 && word === word.toUpperCase() && severities.has(word.toLowerCase());
}

/** True for a severity by its own name, as F5 writes it between host and tag (`info`, `warning`). */
export function isSeverityName(word: string): boolean {
  return severities.has(word);
}

function numbered(names: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  return new Map(names.flatMap((same, number) => same.map((name) => [name, number] as const)));
}
