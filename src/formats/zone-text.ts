// Zones as stamps write them. Only offsets, Z, UTC and GMT mean the same everywhere; other abbreviations (IST, CST)
// are several zones each and stay names.

import { MINUTE_US } from "../model/units.ts";
import { Cursor } from "./cursor.ts";

export type Zone =
  | { readonly kind: "offset"; readonly offsetUs: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "bad" };

const PLUS = 43;
const MINUS = 45;
const COLON = 58;
const UTC: Zone = { kind: "offset", offsetUs: 0 };

/** The zone a text (`Z`, `+02:00`, `+0200`, `+02`, `CEST`) names; `bad` for an offset no place has. */
export function readZone(text: string): Zone {
  if (text === "Z" || text === "UTC" || text === "GMT") return UTC;
  const cursor = new Cursor(text);
  const sign = cursor.skip(MINUS) ? -1 : 1;
  if (sign === 1 && !cursor.skip(PLUS)) return { kind: "name", name: text };
  const hours = cursor.takeNumber(2) ?? 0;
  cursor.skip(COLON);
  const minutes = cursor.takeNumber(2) ?? 0;
  // Offsets reach from -12:00 to +14:00; the widest ever in use was +15:13.
  if (hours > 15 || minutes > 59) return { kind: "bad" };
  return { kind: "offset", offsetUs: sign * (hours * 60 + minutes) * MINUTE_US };
}
