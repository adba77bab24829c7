// Wall times in file order, made instants. Lines within a doubtful hour are held until the file leaves it: a visible
// step back (02:59 to 02:00) proves that lines above it are of the first pass and lines below of the second.

import { decidePasses, type Held } from "./fold-passes.ts";
import { type WallDoubt, wallToInstant } from "./walls.ts";
import type { Zone } from "./zones.ts";

export interface WallResult {
  /** Number of the push that asked, from 0. */
  readonly index: number;
  readonly atUs: number | null;
  readonly doubt: WallDoubt | null;
}

export interface WallResolver {
  /** Results come in the order of the pushes, at once or when the doubtful hour has ended. */
  push(localUs: number, near?: number | null): readonly WallResult[];
  finish(): readonly WallResult[];
}

/** The local hour that passes twice: [startUs, endUs). */
interface Fold {
  readonly startUs: number;
  readonly endUs: number;
  /** A step back of more is the clock being put back; of less, lines out of order. */
  readonly slackUs: number;
}

const MOST_HELD = 100_000;

export function createWallResolver(zone: Zone, mostHeld: number = MOST_HELD): WallResolver {
  let index = -1;
  let held: Held[] = [];
  let fold: Fold | null = null;
  /** More lines came within the hour than may be held: they keep their doubt. */
  let over = false;
  /** Local time of the line before, where it is just past the hour. */
  let pastUs: number | null = null;

  const release = (): WallResult[] => {
    const lines = held;
    held = [];
    return (fold === null || over ? lines : decidePasses(lines, fold.slackUs)).map(settle);
  };

  const leave = (): WallResult[] => {
    const released = release();
    fold = null;
    over = false;
    pastUs = null;
    return released;
  };

  const hold = (line: Held): WallResult[] => {
    const released = fold !== null && !within(line.localUs, fold) ? leave() : [];
    fold ??= findFold(line.localUs, line.reading.candidates, zone);
    if (pastUs !== null && pastUs - line.localUs <= fold.slackUs) return [settleLate(line)];
    pastUs = null;
    held.push(line);
    over ||= held.length > mostHeld;
    return over ? [...released, ...release()] : released;
  };

  /** A line outside the hour ends it, but for one late from just before it. */
  const passBy = (line: Held): WallResult[] => {
    if (fold === null) return [settle(line)];
    if (held.length > 0 && held.length < mostHeld && isJustBefore(line.localUs, fold)) {
      held.push(line);
      return [];
    }
    const left = fold;
    const released = [...leave(), settle(line)];
    if (isJustPast(line.localUs, left)) {
      fold = left;
      pastUs = line.localUs;
    }
    return released;
  };

  return {
    push(localUs, near = null) {
      index += 1;
      const line = { index, localUs, reading: wallToInstant(localUs, zone, near) };
      const isDoubled = line.reading.candidates.length === 2 && line.reading.doubt !== "skipped-hour";
      return isDoubled ? hold(line) : passBy(line);
    },
    finish: leave,
  };
}

function isJustBefore(localUs: number, fold: Fold): boolean {
  return localUs < fold.startUs && fold.startUs - localUs <= fold.slackUs;
}

function isJustPast(localUs: number, fold: Fold): boolean {
  return localUs >= fold.endUs && localUs - fold.endUs <= fold.slackUs;
}

function within(localUs: number, fold: Fold): boolean {
  return localUs >= fold.startUs && localUs < fold.endUs;
}

function settle({ index, reading }: Held): WallResult {
  return { index, atUs: reading.atUs, doubt: reading.doubt };
}

/** A line of the hour that comes just after the hour was left: it is late from the second pass. */
function settleLate(line: Held): WallResult {
  if (line.reading.atUs !== null) return settle(line);
  return { index: line.index, atUs: line.reading.candidates[1] ?? null, doubt: null };
}

/** The moment of the change lies between the two readings of a time that passes twice. */
function findFold(localUs: number, candidates: readonly number[], zone: Zone): Fold {
  let [low = 0, high = 0] = candidates;
  const [before, after] = [localUs - low, localUs - high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offsetUs(middle) === before) low = middle;
    else high = middle;
  }
  return { startUs: high + after, endUs: high + before, slackUs: (before - after) / 6 };
}
