// Instants as wall time of a named zone. Offsets come from Intl by zone name, so the zone of the process
// never shows; every wall time carries its offset, because one hour a year happens twice.

const US_PER_MS = 1000;
const US_PER_S = 1_000_000;

export interface Wall {
  /** YYYY-MM-DD */
  readonly date: string;
  /** HH:MM:SS, with milliseconds where they are not zero. */
  readonly time: string;
  /** `UTC`, or the offset as +HH:MM. */
  readonly offset: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(tz: string): Intl.DateTimeFormat {
  const known = formatters.get(tz);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: tz,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formatters.set(tz, made);
  return made;
}

export function isUtc(tz: string): boolean {
  return /^(?:etc\/)?(?:utc|uct|zulu|universal|gmt)$/i.test(tz);
}

/** Wall time minus UTC at an instant, in microseconds. */
export function offsetUs(atUs: number, tz: string): number {
  if (isUtc(tz)) return 0;
  const wholeMs = Math.floor(atUs / US_PER_S) * 1000;
  const field: Record<string, number> = {};
  for (const { type, value } of formatterFor(tz).formatToParts(wholeMs)) field[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = field;
  return (Date.UTC(year, month - 1, day, hour, minute, second) - wholeMs) * US_PER_MS;
}

/** The first instant with this wall time (given as if it were UTC), or null where clocks skip it. */
export function instantOfWall(wallUs: number, tz: string): number | null {
  for (const probe of [wallUs - 86_400 * US_PER_S, wallUs + 86_400 * US_PER_S]) {
    const guess = wallUs - offsetUs(probe, tz);
    if (guess + offsetUs(guess, tz) === wallUs) return guess;
  }
  return null;
}

function offsetText(us: number): string {
  const minutes = Math.round(Math.abs(us) / US_PER_S / 60);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${us < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function wall(atUs: number, tz: string): Wall {
  const offset = offsetUs(atUs, tz);
  const text = new Date(Math.floor((atUs + offset) / US_PER_MS)).toISOString();
  const [date = "", rest = ""] = text.slice(0, -1).split("T");
  return { date, time: rest.replace(/\.000$/, ""), offset: isUtc(tz) ? "UTC" : offsetText(offset) };
}

/** `2024-03-10 14:02:07 UTC`, or with an offset: `2024-03-10 15:02:07 +01:00`. */
export function instant(atUs: number, tz: string): string {
  const { date, time, offset } = wall(atUs, tz);
  return `${date} ${time} ${offset}`;
}

/** Both ends; what they share is said once, and the zone is named behind the last. */
export function ends(fromUs: number, toUs: number, tz: string): readonly [string, string] {
  const from = wall(fromUs, tz);
  const to = wall(toUs, tz);
  const zone = isUtc(tz) ? "UTC" : `${to.offset} (${tz})`;
  const start = `${from.date} ${from.time}${from.offset === to.offset ? "" : ` ${from.offset}`}`;
  const end = from.date === to.date ? to.time : `${to.date} ${to.time}`;
  return [start, `${end} ${zone}`];
}

/** ISO 8601 in UTC with six fractional digits, so that it sorts as text. */
export function iso(atUs: number): string {
  const ms = Math.floor(atUs / US_PER_MS);
  const rest = String(atUs - ms * US_PER_MS).padStart(3, "0");
  return `${new Date(ms).toISOString().slice(0, -1)}${rest}Z`;
}
