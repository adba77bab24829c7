// Where fingerprints may stand: sixteen places at a time, and thirty-two where none does, which is nearly everywhere.

import { type Code, go, i32, type Local, type ValueType, v128, when } from "./encode.ts";
import { NEWLINE } from "./ends.ts";
import { PRINT, SET } from "./layout.ts";

const VECTOR = 16;
/** Vectors of a stride. */
const VECTORS = [0, 1] as const;
/** Numbers of a vector. */
const LANES = [0, 1, 2, 3] as const;
const STRIDE = VECTORS.length * VECTOR;

export const PRINT_LOCALS = {
  ...{ table0: "v128", table1: "v128", table2: "v128", table3: "v128", table4: "v128", table5: "v128" },
  /** `feeds`: newlines of a stride a lane, as -1 each; `strideFeeds`: those of strides not yet added to `newlines`. */
  ...{ text: "v128", least: "v128", hits: "v128", feeds: "v128", strideFeeds: "v128" },
  /** `first`: where a fingerprint begins whose last byte stands at `at`; `slowTo`: up to where a stride saw hits. */
  ...{ at: "i32", first: "i32", newlines: "i32", slowTo: "i32" },
} as const satisfies Record<string, ValueType>;
type Locals = Readonly<Record<keyof typeof PRINT_LOCALS | "to", Local>>;

/** Sixteen bytes of a table, by indices below 16. */
export type Swizzle = typeof v128.swizzle;

const tablesOf = ({ table0, table1, table2, table3, table4, table5 }: Locals) => [
  ...[table0, table1, table2],
  ...[table3, table4, table5],
];

export function loadTables(local: Locals, set: Local): Code[] {
  return tablesOf(local).map((table, index) => table.set(v128.load(SET.tables + VECTOR * index, set.get)));
}

/** `text`: the sixteen bytes at `at + offset`. */
function readText({ first, text, least }: Locals, offset: number): Code[] {
  return [text.set(v128.load(offset + PRINT - 1, first.get)), least.set(v128.min(least.get, text.get))];
}

/** A lane not 0 is where a fingerprint's last byte may stand, its bits the buckets it is of. */
function printsAt(local: Locals, offset: number, swizzle: Swizzle): Code {
  // Bytes in front of the last one stand further left: they are read from there.
  const bytes = (index: number) =>
    index === PRINT - 1 ? local.text.get : v128.load(offset + index, local.first.get);
  return tablesOf(local)
    .map((table, index) => swizzle(table.get, v128.and(bytes(index), v128.const(15))))
    .reduce((left, right) => v128.and(left, right));
}

/** Sets `text` and `hits` for the sixteen bytes at `at`. */
export function look(local: Locals, swizzle: Swizzle): Code[] {
  const { at, first, hits } = local;
  return [
    first.set(i32.sub(at.get, i32.const(PRINT - 1))),
    ...readText(local, 0),
    hits.set(printsAt(local, 0, swizzle)),
  ];
}

/** Goes on to `next`, a stride further, where no fingerprint stands in it; else says in `slowTo` how far to look. */
export function leap(local: Locals, next: string, swizzle: Swizzle): Code {
  const { at, to, first, text, hits, feeds, strideFeeds, slowTo } = local;
  const vectors = VECTORS.flatMap((vector) => {
    const offset = vector * VECTOR;
    const ends = v128.equal(text.get, v128.const(NEWLINE));
    const prints = printsAt(local, offset, swizzle);
    return [
      ...readText(local, offset),
      feeds.set(vector === 0 ? ends : v128.add(feeds.get, ends)),
      hits.set(vector === 0 ? prints : v128.or(hits.get, prints)),
    ];
  });
  // Times -1, as each newline is.
  const counted = v128.dot(v128.addPairs(feeds.get), v128.const(0xff));
  const goOn = [strideFeeds.set(v128.addNumbers(strideFeeds.get, counted)), at.set(slowTo.get), go(next)];
  const stride = [
    first.set(i32.sub(at.get, i32.const(PRINT - 1))),
    ...vectors,
    when(i32.eqz(v128.any(hits.get)), ...goOn),
  ];
  return when(
    i32.ge(at.get, slowTo.get),
    slowTo.set(i32.add(at.get, i32.const(STRIDE))),
    when(i32.le(slowTo.get, to.get), ...stride),
  );
}

/** Adds the newlines of strides to `newlines`. */
export function countStrides({ newlines, strideFeeds }: Locals): Code[] {
  const sum = LANES.map((lane) => v128.number(lane, strideFeeds.get)).reduce((a, b) => i32.add(a, b));
  return [newlines.set(i32.add(newlines.get, sum)), strideFeeds.set(v128.const(0))];
}
