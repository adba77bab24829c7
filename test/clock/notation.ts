// How the golden cases write times, read and written by Date alone, so that nothing under test helps to check itself.

const LEAP_YEAR_START_MS = Date.UTC(2000, 0, 1);

/** `Dec 31 23:59:59` */
export function readStamp(text: string): number {
  return (Date.parse(`${text.slice(0, 6)} 2000${text.slice(6)} UTC`) - LEAP_YEAR_START_MS) * 1000;
}

/** `Dec 31 23:59:59 @1`: a stamp and its relative year; `@0` may be left out. */
export function readPacked(text: string): number {
  const [stamp = "", year = "0"] = text.split(" @");
  return Number(year) * 366 * 86_400_000_000 + readStamp(stamp);
}

/** `2019-10-27 02:30:00` as if it were UTC, or an instant `2019-10-27T00:30:00.250000Z`. */
export function readTime(text: string): number {
  const [whole = "", fraction = ""] = text.replace("Z", "").replace(" ", "T").split(".");
  return Date.parse(`${whole}Z`) * 1000 + Number(fraction.padEnd(6, "0"));
}

export function readTimeOrNull(text: string | null | undefined): number | null {
  return text == null ? null : readTime(text);
}

export function writeTime(us: number): string {
  const whole = new Date(Math.floor(us / 1_000_000) * 1000).toISOString().slice(0, 19);
  const rest = us - Math.floor(us / 1_000_000) * 1_000_000;
  return rest === 0 ? `${whole}Z` : `${whole}.${String(rest).padStart(6, "0")}Z`;
}

/** `12.345678` seconds. */
export function readSeconds(text: string): number {
  return Math.round(Number(text) * 1_000_000);
}

export function writeSeconds(us: number): string {
  return (us / 1_000_000).toFixed(6);
}

/** `2.184 2026-04-27T19:49:25.555860Z logged`: uptime, instant, quality. The fraction's digits are the resolution. */
export function readAnchor(text: string, id: number) {
  const [uptime = "", at = "", quality = "logged"] = text.split(" ");
  const digits = /\.(\d+)Z/.exec(at)?.[1]?.length ?? 0;
  return {
    uptimeUs: readSeconds(uptime),
    atUs: readTime(at),
    resolutionUs: 10 ** (6 - digits),
    quality: quality as "logged" | "both-clocks" | "derived",
    id,
  };
}
