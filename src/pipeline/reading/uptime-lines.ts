// Which lines of a stream carry the kernel's uptime, and from where on some of the kernel's lines do not. Only a line
// with others before and behind it that do is odd: one behind the last may follow a change of printk.time.

import { unwrapRepeat } from "../../messages/repeats.ts";
import type { Entry } from "../../model/line.ts";
import type { FoundEvent } from "./read-line.ts";
import type { UptimeLines } from "./standing.ts";

export function noUptimeLines(): UptimeLines {
  return { first: null, last: null, bare: null };
}

/** A line with an uptime that something speaks against vouches for nothing. */
export function seeUptime(lines: UptimeLines, entry: Entry, number: number): void {
  if (entry.uptimeUs === null || entry.doubts.length > 0) return;
  lines.first ??= number;
  lines.last = number;
}

export function seeEvent(lines: UptimeLines, { line, copies }: FoundEvent): void {
  if (lines.bare !== null || lines.first === null || line.number < lines.first) return;
  if (isBare(line.entry) && copies === 1 && unwrapRepeat(line.entry.text) === null) lines.bare = line.number;
}

/** journalctl takes uptimes off; a log daemon writes what the kernel gave it. */
function isBare({ fromKernel, uptimeUs, tag, stamp, format }: Entry): boolean {
  return fromKernel && uptimeUs === null && tag !== null && stamp !== null && !format.startsWith("journal");
}
