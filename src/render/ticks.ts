// Ticks of a time axis at whole hours, days and months of the displayed zone. They are chosen on the zone's clock
// face and carried back to instants one by one, so a day of 23 or 25 hours is drawn as long as it was.

import { scaleUtc } from "d3-scale";
import { utcFormat } from "d3-time-format";
import { instantOfWall, offsetUs } from "./zone.ts";

export interface Tick {
  readonly atUs: number;
  readonly label: string;
  /** Second line, given where it changes: the date under hours, the year under days. */
  readonly under: string | null;
}

const DAY_MS = 86_400_000;

/** Formats of a tick and of what stands under it, by the finest thing that the ticks tell apart. */
function formatsFor(walls: readonly Date[]): readonly [string, string | null] {
  const every = (test: (wall: Date) => boolean) => walls.every(test);
  if (every((wall) => wall.getTime() % DAY_MS === 0)) {
    if (walls.length > 1 && every((wall) => wall.getUTCDate() === 1 && wall.getUTCMonth() === 0))
      return ["%Y", null];
    return walls.length > 1 && every((wall) => wall.getUTCDate() === 1) ? ["%Y-%m", null] : ["%m-%d", "%Y"];
  }
  if (every((wall) => wall.getTime() % 60_000 === 0)) return ["%H:%M", "%Y-%m-%d"];
  return every((wall) => wall.getTime() % 1000 === 0)
    ? ["%H:%M:%S", "%Y-%m-%d"]
    : ["%H:%M:%S.%L", "%Y-%m-%d"];
}

export function timeTicks(fromUs: number, toUs: number, tz: string, count: number): readonly Tick[] {
  const wallOf = (us: number) => new Date((us + offsetUs(us, tz)) / 1000);
  const walls = scaleUtc()
    .domain([wallOf(fromUs), wallOf(toUs)])
    .ticks(count);
  const [format, formatUnder] = formatsFor(walls);
  const label = utcFormat(format);
  const under = formatUnder === null ? null : utcFormat(formatUnder);
  let last: string | null = null;
  return walls.flatMap((wall) => {
    const atUs = instantOfWall(wall.getTime() * 1000, tz);
    if (atUs === null || atUs < fromUs || atUs > toUs) return [];
    const below: string | null = under?.(wall) ?? null;
    const shown = below === last ? null : below;
    last = below;
    return [{ atUs, label: label(wall), under: shown }];
  });
}
