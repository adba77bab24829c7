// What may be said for a time zone.

/** Offsets in use lie between -12:00 and +14:00. */
const OFFSET = /^[+-](?:0\d|1[0-4]):[0-5]\d$/;

/** True for an IANA zone that this Node knows, and for a fixed offset: stamps can be read in it. */
export function isZone(zone: string): boolean {
  return OFFSET.test(zone) || isNamedZone(zone);
}

/** True for an IANA zone that this Node knows: times can be shown in it. */
export function isNamedZone(zone: string): boolean {
  // The most frequent, without what it costs to begin `Intl`.
  if (zone === "UTC") return true;
  // Later engines take offsets for names.
  if (/^[+-]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
