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

/** A member as it is written: its key as text, and whether it is an instant's ISO time. */
interface Member {
  readonly of: string;
  readonly text: string;
  readonly isTime: boolean;
}

/** Records of one kind have the same keys, and are many: their members are worked out once. */
const layouts = new Map<string, readonly Member[]>();

/** Members of a record in their order, an ISO time before each instant. */
function layoutOf(record: object): readonly Member[] {
  const keys = Object.keys(record);
  const name = keys.join();
  const known = layouts.get(name);
  if (known !== undefined) return known;
  const quoted = (key: string) => `${jsonText(JSON.stringify(key))}: `;
  const layout = keys
    .sort(compare)
    .flatMap((key) => [
      ...(key.endsWith("Us") && !LENGTHS.has(key)
        ? [{ of: key, text: quoted(timeKey(key)), isTime: true }]
        : []),
      { of: key, text: quoted(snake(key)), isTime: false },
    ]);
  layouts.set(name, layout);
  return layout;
}

function members(record: object): readonly (readonly [text: string, inner: unknown])[] {
  const values = record as Readonly<Record<string, unknown>>;
  return layoutOf(record).flatMap(({ of, text, isTime }) => {
    const value = values[of];
    if (!isTime) return [[text, value] as const];
    if (value === null) return [[text, null] as const];
    return typeof value === "number" ? [[text, iso(value)] as const] : [];
  });
}

/** Characters handed on at once. */
const PIECE = 65_536;

/** Report, hosts, a host, its bursts: what lies deeper is written as one text. */
const IN_PIECES = 4;

/** In pieces, since one string of a long report would be longer than the engine allows. */
function* write(value: unknown, indent: string, levels: number): Iterable<string> {
  if (levels === 0 || typeof value !== "object" || value === null) {
    yield textOf(value, indent);
    return;
  }
  const deeper = `${indent}  `;
  const isList = Array.isArray(value);
  const inner = isList ? value.map((one: unknown) => ["", one] as const) : members(value);
  yield isList ? "[" : "{";
  for (const [i, [text, one]] of inner.entries()) {
    yield `${i === 0 ? "" : ","}\n${deeper}${text}`;
    yield* write(one, deeper, levels - 1);
  }
  const end = inner.length > 0 ? `\n${indent}` : "";
  yield `${end}${isList ? "]" : "}"}`;
}

function textOf(value: unknown, indent: string): string {
  if (typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null) return jsonText(JSON.stringify(value ?? null));
  const deeper = `${indent}  `;
  const isList = Array.isArray(value);
  const inner = isList
    ? value.map((one) => textOf(one, deeper))
    : members(value).map(([text, one]) => text + textOf(one, deeper));
  const [open, close] = isList ? "[]" : "{}";
  return inner.length === 0
    ? `${open}${close}`
    : `${open}\n${deeper}${inner.join(`,\n${deeper}`)}\n${indent}${close}`;
}

export function* renderJson(report: Report, _options: RenderOptions): Iterable<string> {
  let piece = "";
  for (const part of write(report, "", IN_PIECES)) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}\n`;
}
