// Which streams are of one boot: a boot id they share, a text that can occur in one boot only, or the same
// instant of booting under the same name.

import { findTies } from "./ties.ts";
import { createUnion, type Union } from "./union.ts";

/** A stream as far as it matters for boots and hosts. */
export interface StreamFact {
  readonly streamId: number;
  readonly sourceId: number;
  /** Host name the lines carry; null: none. */
  readonly name: string | null;
  readonly family: string;
  readonly folder: string;
  readonly bundle: string | null;
  readonly optionHost: string | null;
  /** Host name that the bundle's own files tell, or null. */
  readonly bundleHost: string | null;
  readonly uuid: string | null;
  readonly hasUptime: boolean;
  readonly firstUs: number | null;
  readonly lastUs: number | null;
  /** Instant at which the kernel's clock stood at 0, by this stream; null where it has not both clocks. */
  readonly bootUs: number | null;
  readonly lastUptimeUs: number | null;
}

/** Names that many machines carry before they are given one. They tell nothing apart, and join nothing. */
const GENERIC =
  /^(?:localhost|\(none\)|none|unknown|debian|ubuntu|raspberrypi|openwrt|fedora|archlinux|host|linux)(?:\..*)?$/i;

/** True for a name that does not identify a machine. */
export function isGeneric(name: string): boolean {
  return GENERIC.test(name);
}

/** Whole-second stamps and a late reader put the instant of booting off by this much. */
const SAME_BOOT_US = 5_000_000;
/** printk's clock is not disciplined: 100 ppm. */
const DRIFT = 1e-4;

/** True where two streams of one host cannot be told apart by their instant of booting. */
function sameBootInstant(a: StreamFact, b: StreamFact): boolean {
  if (a.bootUs === null || b.bootUs === null) return false;
  const apart = Math.abs((a.lastUptimeUs ?? 0) - (b.lastUptimeUs ?? 0));
  return Math.abs(a.bootUs - b.bootUs) <= SAME_BOOT_US + apart * DRIFT;
}

/**
 * Joins streams of one boot by what proves it: a shared boot id, or shared texts. `texts`: for each that several
 * streams have, their indexes, ascending; the same each time. Two different real names are never joined by texts:
 * machines started together can print the same second.
 */
export function joinProven(streams: readonly StreamFact[], texts: () => Iterable<readonly number[]>): Union {
  const union = createUnion(streams.length);
  const byUuid = new Map<string, number>();
  streams.forEach((stream, i) => {
    if (stream.uuid === null) return;
    const first = byUuid.get(stream.uuid);
    if (first === undefined) byUuid.set(stream.uuid, i);
    else union.join(first, i);
  });
  // The strongest ties first: a nameless stream goes with the name it shares most with, and with no second one.
  const names = new Map<number, string | null>();
  streams.forEach(({ name }, i) => {
    const root = union.root(i);
    names.set(root, names.get(root) ?? realName(name));
  });
  const nameOf = (i: number) => names.get(union.root(i)) ?? null;
  const told = streams.map(({ uuid }, i) => ({ name: nameOf(i), isIdentified: uuid !== null }));
  for (const { a, b } of findTies(told, texts)) {
    const [na, nb] = [nameOf(a), nameOf(b)];
    if (na !== null && nb !== null && na !== nb) continue;
    union.join(a, b);
    names.set(union.root(a), na ?? nb);
  }
  return union;
}

/** The name where it identifies a machine, else null. */
export function realName(name: string | null): string | null {
  return name === null || isGeneric(name) ? null : name;
}

/**
 * Joins, in place, streams with the same instant of booting: those of one name anywhere, and those of one
 * rotated log whose name changed once (`router` to `localhost`), never names that alternate.
 */
export function joinByInstant(streams: readonly StreamFact[], union: Union): void {
  let extents: Map<string, Extent> | null = null;
  const isTakenOver = (one: StreamFact, two: StreamFact) => {
    extents ??= extentsOf(streams);
    return takesOver(extents, one, two);
  };
  joinNeighbours(streams, union, ({ name }) => name, sameBootInstant);
  joinNeighbours(streams, union, ({ name, family }) => (name === null ? family : null), sameBootInstant);
  joinNeighbours(
    streams,
    union,
    ({ family }) => family,
    (a, b) => sameBootInstant(a, b) && (a.name === b.name || isTakenOver(a, b)),
  );
}

/** Joins, in place, streams of one machine with the same instant of booting, whatever they are named. */
export function joinOfHost(
  streams: readonly StreamFact[],
  union: Union,
  hostOf: (i: number) => number,
): void {
  joinNeighbours(streams, union, (_, i) => hostOf(i), sameBootInstant);
}

/** Joins streams with equal keys (null: none) that come one behind the other by their instants of booting. */
function joinNeighbours(
  streams: readonly StreamFact[],
  union: Union,
  keyOf: (stream: StreamFact, i: number) => string | number | null,
  isOne: (a: StreamFact, b: StreamFact) => boolean,
): void {
  const order = streams.flatMap((stream, i) => {
    const key = stream.bootUs === null ? null : keyOf(stream, i);
    return key === null ? [] : [{ key, bootUs: stream.bootUs ?? 0, stream, i }];
  });
  order.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.bootUs - b.bootUs || a.i - b.i));
  order.forEach((b, place) => {
    const a = order[place - 1];
    if (a !== undefined && a.key === b.key && isOne(a.stream, b.stream)) union.join(a.i, b.i);
  });
}

interface Extent {
  from: number;
  to: number;
}

const extentKey = (stream: StreamFact) => `${stream.family}\n${stream.name ?? ""}`;

/** First and last instant of every name in every rotated log. */
function extentsOf(streams: readonly StreamFact[]): Map<string, Extent> {
  const found = new Map<string, Extent>();
  for (const stream of streams) {
    if (stream.firstUs === null || stream.lastUs === null) continue;
    const known = found.get(extentKey(stream));
    if (known === undefined) found.set(extentKey(stream), { from: stream.firstUs, to: stream.lastUs });
    else {
      known.from = Math.min(known.from, stream.firstUs);
      known.to = Math.max(known.to, stream.lastUs);
    }
  }
  return found;
}

/** True where, in one log, one name ends before the other begins. */
function takesOver(extents: ReadonlyMap<string, Extent>, one: StreamFact, two: StreamFact): boolean {
  const a = extents.get(extentKey(one));
  const b = extents.get(extentKey(two));
  return a !== undefined && b !== undefined && (a.to <= b.from || b.to <= a.from);
}
