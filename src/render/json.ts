// The record itself, for programs: keys named as the views name their columns, in one fixed order whatever order
// they were made in, and an ISO time beside every instant.

import type { Report } from "../model/report.ts";
import { jsonText } from "./escape.ts";
import { KEY_ORDER } from "./json-keys.ts";
import type { RenderOptions } from "./renderer.ts";
import { iso } from "./zone.ts";

const RANK = new Map<string, number>(KEY_ORDER.map((key, i) => [key, i]));

/** Ends in `Us` but is a length of time. */
const LENGTHS = new Set(["bucketUs"]);

function snake(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/above(?=\d)/, "above_");
}

/** `startUs` -> `start_time`; the views call the time of an `at_us` just `time`. */
function timeKey(key: string): string {
  return key === "atUs" ? "time" : `${snake(key.slice(0, -2))}_time`;
}

function compare(a: string, b: string): number {
  const [left, right] = [RANK.get(a) ?? RANK.size, RANK.get(b) ?? RANK.size];
  if (left !== right) return left - right;
  return a < b ? -1 : 1;
}

/** Members of a record in their order, an ISO time before each instant. */
function members(record: object): readonly (readonly [string, unknown])[] {
  const entries = Object.entries(record).sort(([a], [b]) => compare(a, b));
  return entries.flatMap(([key, inner]: [string, unknown]) => {
    const own = [snake(key), inner] as const;
    const instant = key.endsWith("Us") && !LENGTHS.has(key);
    if (!instant || (typeof inner !== "number" && inner !== null)) return [own];
    return [[timeKey(key), inner === null ? null : iso(inner)] as const, own];
  });
}

/** Characters handed on at once. */
const PIECE = 65_536;

/** In pieces, since one string of a long report would be longer than the engine allows. */
function* write(value: unknown, indent: string): Iterable<string> {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    yield value.length === 0 ? "[]" : "[";
    for (const [i, inner] of value.entries()) {
      yield `${i === 0 ? "" : ","}\n${deeper}`;
      yield* write(inner, deeper);
    }
    if (value.length > 0) yield `\n${indent}]`;
  } else if (typeof value === "object" && value !== null) {
    const own = members(value);
    yield own.length === 0 ? "{}" : "{";
    for (const [i, [key, inner]] of own.entries()) {
      yield `${i === 0 ? "" : ","}\n${deeper}${jsonText(JSON.stringify(key))}: `;
      yield* write(inner, deeper);
    }
    if (own.length > 0) yield `\n${indent}}`;
  } else {
    yield jsonText(JSON.stringify(value ?? null));
  }
}

export function* renderJson(report: Report, _options: RenderOptions): Iterable<string> {
  let piece = "";
  for (const part of write(report, "")) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}\n`;
}
