// Whether two logs that share a stretch of time tell the same of it: then the later one is a copy of the earlier, and no
// continuation. A log that was rotated never tells an event twice, whatever its stamps do.

/** An event, as far as it can be known again. */
export interface Told {
  /** What it says: equal for equal texts, whatever their stamps. */
  readonly says: string;
  /** Instant, microseconds. */
  readonly atUs: number;
  /** A time so fine that no two events have it: the kernel's own, or of the stamp; null: there is none. */
  readonly fineUs: number | null;
  /** The stamp was computed by whoever printed the log, and another time it may have come out otherwise. */
  readonly derived: boolean;
  readonly lines: number;
  /** A drop, or a notice of the limiter: what is added up. */
  readonly counts: boolean;
}

interface Second {
  lines: number;
  /** Of what is said: the same in any order. */
  said: number;
  counts: boolean;
}

/** Events with a fine time that are held: a flood in which many are told again tells a thousand again. */
const MOST_FINE = 20_000;
/** How far computed stamps of one line lie apart. */
export const DERIVED_WITHIN_US = 2_000_000;

/** What a log tells of a stretch: seconds, and a bounded number of events with a fine time. */
export class Stretch {
  readonly fine = new Set<string>();
  readonly seconds = new Map<number, Second>();
  derived = false;

  add(told: Told): void {
    if (told.fineUs === null) this.#addCoarse(told);
    else if (told.counts && this.fine.size < MOST_FINE) this.fine.add(fineKey(told));
  }

  #addCoarse({ says, atUs, derived, lines, counts }: Told): void {
    this.derived ||= derived;
    const at = Math.floor(atUs / 1_000_000);
    const second = this.seconds.get(at) ?? { lines: 0, said: 0, counts: false };
    this.seconds.set(at, second);
    second.lines += lines;
    second.said = (second.said + Math.imul(hash(says), lines)) | 0;
    second.counts ||= counts;
  }
}

/** What two logs share. */
export interface Shared {
  readonly fromUs: number;
  readonly toUs: number;
  /** Both begin, or end, there: a log that goes on with the other does not. */
  readonly isBegin: boolean;
  readonly isEnd: boolean;
}

/**
 * True where `after`, as it is told, tells again what `before` holds of the stretch they share. Of stamps in whole seconds
 * those within it are compared: at its borders either may have been cut.
 */
export function isRetold(before: Stretch, after: Iterable<Told>, shared: Shared): boolean {
  const coarse = new Stretch();
  let fine = 0;
  let again = 0;
  for (const told of after) {
    if (told.fineUs === null) coarse.add(told);
    else if (told.counts) {
      fine++;
      if (before.fine.has(fineKey(told))) again++;
    }
  }
  if (again > 0 && 2 * again >= Math.min(fine, before.fine.size)) return true;
  const most = before.derived ? DERIVED_WITHIN_US / 1_000_000 : 0;
  for (let shift = -most; shift <= most; shift++)
    if (secondsAgree(before, coarse, shared, shift)) return true;
  return false;
}

/** More seconds in which both say the same than seconds in which they do not. */
function secondsAgree(before: Stretch, after: Stretch, shared: Shared, shift: number): boolean {
  const [first, last] = [Math.floor(shared.fromUs / 1_000_000), Math.floor(shared.toUs / 1_000_000)];
  let agree = 0;
  let differ = 0;
  let counts = false;
  for (let at = first; at <= last; at++) {
    const [one, other] = [before.seconds.get(at), after.seconds.get(at + shift)];
    if (one === undefined && other === undefined) continue;
    const isBorder = at === first || at === last;
    const isSame = one?.lines === other?.lines && one?.said === other?.said;
    const isTogether = (at !== first || shared.isBegin) && (at !== last || shared.isEnd);
    // What prints a kernel's buffer is late with nothing, so that two that share a border share its lines.
    const isTold = before.derived ? one !== undefined && other !== undefined : isTogether && isSame;
    if (isBorder && !isTold) continue;
    if (isBorder || isSame) {
      agree++;
      counts ||= one?.counts === true && other?.counts === true;
    } else differ++;
  }
  return counts && agree > differ;
}

function fineKey({ says, fineUs }: Told): string {
  return `${fineUs} ${says}`;
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}
