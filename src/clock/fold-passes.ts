// Which pass through a doubled hour each line belongs to. Two things prove it: the one step back in file order,
// and lines whose instant is known otherwise, which settle everything above a first and below a second pass.

import type { WallReading } from "./walls.ts";

export interface Held {
  readonly index: number;
  readonly localUs: number;
  readonly reading: WallReading;
}

type Pass = 0 | 1 | null;

/** The same lines, with the reading settled where the pass is proven. */
export function decidePasses(lines: readonly Held[], slackUs: number): Held[] {
  const known = lines.map(({ reading }) => knownPass(reading));
  const stepped = passesByStep(lines, slackUs);
  const agree = stepped?.every((pass, at) => pass === null || known[at] === null || known[at] === pass);
  const proven = stepped !== null && agree ? stepped : spread(known);
  return lines.map((line, at) => settle(line, known[at] ?? proven[at] ?? null));
}

function settle(line: Held, pass: Pass): Held {
  const atUs = pass === null ? undefined : line.reading.candidates[pass];
  return atUs === undefined || line.reading.atUs !== null
    ? line
    : { ...line, reading: { ...line.reading, atUs, doubt: null } };
}

function knownPass(reading: WallReading): Pass {
  if (reading.candidates.length !== 2 || reading.atUs === null) return null;
  return reading.atUs === reading.candidates[0] ? 0 : 1;
}

/** Null where the lines show no step back, or more than one. */
function passesByStep(lines: readonly Held[], slackUs: number): Pass[] | null {
  const passes: Pass[] = [];
  let pass: 0 | 1 = 0;
  let topUs = Number.NEGATIVE_INFINITY;
  let firstTopUs = 0;
  let stray: { at: number; topUs: number } | null = null; // a jump up to where the first pass ended
  for (const [at, { localUs }] of lines.entries()) {
    if (topUs - localUs > slackUs) {
      if (pass === 1 && stray === null) return null;
      if (stray !== null) passes.fill(0, stray.at);
      firstTopUs = pass === 0 ? topUs : firstTopUs;
      topUs = stray === null ? localUs : Math.max(stray.topUs, localUs);
      stray = null;
      pass = 1;
    } else {
      const jumped = pass === 1 && localUs - topUs > slackUs && Math.abs(localUs - firstTopUs) <= slackUs;
      if (jumped) stray = { at, topUs };
      topUs = Math.max(topUs, localUs);
    }
    passes.push(pass);
  }
  return pass === 1 ? passes : null;
}

/** Above a line known to be of the first pass all are; below one of the second likewise. */
function spread(known: readonly Pass[]): Pass[] {
  const lastFirst = known.lastIndexOf(0);
  const firstSecond = known.indexOf(1);
  if (firstSecond !== -1 && firstSecond < lastFirst) return [...known];
  return known.map((_, at) => (at <= lastFirst ? 0 : firstSecond !== -1 && at >= firstSecond ? 1 : null));
}
