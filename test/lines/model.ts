// What roles.ts says, said again in the plainest way: the whole source in memory, one pass per rule.

import type { LineOptions } from "../../src/lines/options.ts";
import type { Line, LineRole } from "../../src/model/line.ts";

export interface Told {
  readonly lines: readonly Line[];
  readonly summary: {
    readonly bytes: number;
    readonly lines: number;
    readonly unterminatedAt: number | null;
    readonly problems: readonly (readonly [kind: string, offset: number, count: number])[];
  };
}

interface Readable {
  readonly offset: number;
  readonly number: number;
  readonly raw: string;
}

export function model(text: string, options: LineOptions): Told {
  const texts = text.split("\n");
  const rest = texts.at(-1) === "" ? texts.pop() : texts.at(-1);
  const found = new Map<string, number[]>();
  const note = (kind: string, offset: number) => found.set(kind, [...(found.get(kind) ?? []), offset]);
  const readable: Readable[] = [];
  let offset = options.startOffset;
  for (const [index, whole] of texts.entries()) {
    const raw = readableOf(whole, options.maxLineBytes);
    const long = whole.length > options.maxLineBytes;
    const shed = raw === null ? whole.length : whole.length - raw.length;
    if (whole.startsWith("\0") || (raw !== null && shed > 0)) note("nul-bytes", offset);
    if (long && /^\0*$/.test(whole.slice(0, shed)) === false) note("line-too-long", offset);
    if (raw !== null) readable.push({ offset: offset + shed, number: options.startLine + index, raw });
    offset += whole.length + 1;
  }
  const unterminated = rest !== "" && rest !== undefined;
  return {
    lines: withRoles(readable, options),
    summary: {
      bytes: options.startOffset + text.length,
      lines: options.startLine - 1 + texts.length,
      unterminatedAt: unterminated ? options.startOffset + text.length - rest.length : null,
      problems: [...found].map(([kind, at]) => [kind, at[0] ?? -1, at.length] as const).sort(byKind),
    },
  };
}

function readableOf(whole: string, limit: number): string | null {
  if (whole.length <= limit) return whole;
  const text = whole.replace(/^\0+/, "");
  const tail = text.slice(text.lastIndexOf("\0") + 1);
  const best = text.length <= limit ? text : text.includes("\0") ? tail : "";
  return best.length > 0 && best.length <= limit ? best : null;
}

function withRoles(readable: readonly Readable[], options: LineOptions): Line[] {
  const holds = (needles: readonly string[]) => (line: Readable) => needles.some((n) => line.raw.includes(n));
  const isCandidate = (line: Readable) => options.everyLine || holds(options.needles)(line);
  const stretchOf = (line: Readable) => Math.floor(line.offset / options.waymarkBytes);
  const firsts = (lines: readonly Readable[]) => {
    const seen = new Set<number>();
    return lines.filter((line) => !seen.has(stretchOf(line)) && seen.add(stretchOf(line)));
  };
  const candidates = new Set(readable.filter(isCandidate).map((line) => line.number));
  const clocks = readable.filter((line) => !isCandidate(line) && holds(options.clockNeedles)(line));
  const ends = [...readable.slice(0, 1), ...readable.slice(-1)];
  const waymarks = new Set([...firsts(readable), ...firsts(clocks), ...ends].map((line) => line.number));
  const roleOf = ({ number }: Readable): LineRole | null => {
    if (candidates.has(number)) return "candidate";
    if (candidates.has(number - 1) || candidates.has(number + 1)) return "neighbour";
    return waymarks.has(number) ? "waymark" : null;
  };
  return readable.flatMap((line) => {
    const role = roleOf(line);
    return role === null ? [] : [{ ...line, length: line.raw.length, role, times: 1 }];
  });
}

export function byKind(a: readonly [string, ...unknown[]], b: readonly [string, ...unknown[]]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
