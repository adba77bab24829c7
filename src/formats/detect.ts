// What a source is, for people: the format most of its first lines are in, and the list of all formats.

import { BARE, FALLBACKS, FORMATS } from "./catalogue.ts";
import { createParser } from "./parse.ts";
import { RECORD_FORMATS } from "./record-catalogue.ts";
import { detectRecords } from "./records.ts";

export interface HeadDescription {
  readonly format: string;
  /** The second most frequent format, or null. */
  readonly runnerUp: string | null;
}

/** Enough to outvote a pasted prompt or a wrapped line. */
const LINES_ASKED = 200;

/** The format of the first lines. Lines in no known format (`bare`) count only where no other line is. */
export function describeHead(head: Uint8Array): HeadDescription {
  const records = detectRecords(head);
  if (records !== null) return { format: records, runnerUp: null };
  const parser = createParser();
  const votes = new Map<string, number>();
  for (const line of firstLines(head)) {
    const format = parser.parse(line)?.format;
    if (format !== undefined) votes.set(format, (votes.get(format) ?? 0) + 1);
  }
  const named = [...votes].sort(([a, n], [b, m]) => rank(b, m) - rank(a, n));
  return { format: named[0]?.[0] ?? BARE.id, runnerUp: named[1]?.[0] ?? null };
}

function rank(format: string, count: number): number {
  return format === BARE.id ? count - LINES_ASKED : count;
}

/** Without the last one where there are more: the head may end within it. */
function firstLines(head: Uint8Array): string[] {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString();
  const lines = text.split("\n", LINES_ASKED + 1);
  return lines.length > 1 ? lines.slice(0, -1) : lines;
}

export interface FormatListing {
  readonly id: string;
  readonly describes: string;
  readonly example: string;
}

/** Every format that can be read, as `conntrail formats` shows it. */
export function listFormats(): FormatListing[] {
  const lines = [...FORMATS, ...FALLBACKS].map(({ id, describes, samples }) => ({
    id,
    describes,
    example: samples[0]?.line ?? "",
  }));
  const known = new Set(lines.map(({ id }) => id));
  const records = RECORD_FORMATS.filter(({ id }) => !known.has(id)).map(({ id, describes, samples }) => ({
    id,
    describes,
    example: (samples[0]?.bytes ?? "").split("\n").slice(0, 4).join("\n"),
  }));
  return [...lines, ...records, { ...BARE, example: "ip_conntrack: table full, dropping packet." }];
}
