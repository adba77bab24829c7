// How an input is spoiled: a few edits of a sound one, as fast-check values, so that a find shrinks to the edits that
// make it and its seed makes it again.

import fc from "fast-check";

/** `at` and `length` are taken modulo what is there. */
export type Edit =
  | { readonly kind: "flip"; readonly at: number; readonly bit: number }
  | { readonly kind: "delete" | "truncate"; readonly at: number; readonly length: number }
  | { readonly kind: "repeat"; readonly at: number; readonly length: number; readonly times: number }
  | { readonly kind: "insert" | "overwrite"; readonly at: number; readonly token: number }
  | {
      readonly kind: "splice";
      readonly at: number;
      readonly from: number;
      readonly length: number;
      readonly other: number;
    };

export interface Spoiled {
  readonly seed: number;
  readonly edits: readonly Edit[];
  /** Where the stream is cut into chunks, modulo its length. */
  readonly cuts: readonly number[];
}

const LITTLE_ENDIAN = [
  0n,
  1n,
  0xffn,
  0xffffn,
  1n << 31n,
  1n << 32n,
  1n << 53n,
  1n << 63n,
  (1n << 64n) - 1n,
].map((value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes.toString("latin1");
});

/** What parsers trip over: ends, escapes, numbers at the edge of what is counted, brackets, marks of formats. */
const TOKENS: readonly Buffer[] = [
  ..."\0|\n|\r|\r\n|\n\n|\t| |  |\x1b[31m|\x1b]0;t\x07|\x1b|\ufeff|\u202e|\u0000\u0000|\u2028|\ud83d\ude00".split(
    "|",
  ),
  ..."-1|0|-0|1|9|255|65536|2147483648|4294967296|9007199254740993|18446744073709551616|1e309|NaN".split("|"),
  ..."[|]|{|}|{}|[]|<|>|<0>|<191>|<192>|(|)|\"|\\|\\u0000|'|:|: |=|,|;|#|%|--|$(x)|`x`|../|<script>".split(
    "|",
  ),
  ..."kernel: |nf_conntrack: table full, dropping packet|net_ratelimit: 141 callbacks suppressed|Linux version ".split(
    "|",
  ),
  ..."message repeated 9999999999 times: [|last message repeated 2 times|[    0.000000] |[4294967.296000] ".split(
    "|",
  ),
  ..."Feb 29 25:61:61 |Dec 31 23:59:60 |2026-02-30T00:00:00Z |0000-00-00T00:00:00+99:99 |__CURSOR=s=0;|MESSAGE\n".split(
    "|",
  ),
  ..."__REALTIME_TIMESTAMP=99999999999999999\n|src=1.2.3.4 dst=5.6.7.8 |epoch_ms,count,max\n|nf_conntrack_max = ".split(
    "|",
  ),
  "PK\x03\x04",
  "PK\x05\x06",
  "ustar",
].map((text) => Buffer.from(text));
const RAW: readonly Buffer[] = [
  ...[
    "\x1f\x8b\x08\x00",
    "\xfd7zXZ\0",
    "BZh91AY&SY",
    "\xff\xff\xff\xff",
    "\x80\x80",
    "\xc3",
    ...LITTLE_ENDIAN,
  ].map((text) => Buffer.from(text, "latin1")),
  Buffer.alloc(512),
  Buffer.alloc(1025, "a"),
  Buffer.alloc(4097, "9"),
  Buffer.alloc(3000, "[ "),
];
export const ALL_TOKENS: readonly Buffer[] = [...TOKENS, ...RAW];

const place = fc.nat({ max: 1 << 20 });
const short = fc.integer({ min: 1, max: 64 });

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant("flip" as const), at: place, bit: fc.nat({ max: 7 }) }),
  fc.record({ kind: fc.constantFrom("delete" as const, "truncate" as const), at: place, length: short }),
  fc.record({
    kind: fc.constant("repeat" as const),
    at: place,
    length: fc.integer({ min: 1, max: 200 }),
    times: fc.integer({ min: 2, max: 40 }),
  }),
  fc.record({
    kind: fc.constantFrom("insert" as const, "overwrite" as const),
    at: place,
    token: fc.nat({ max: ALL_TOKENS.length - 1 }),
  }),
  fc.record({
    kind: fc.constant("splice" as const),
    at: place,
    from: place,
    length: fc.integer({ min: 1, max: 2000 }),
    other: fc.nat({ max: 1 << 16 }),
  }),
);

/** Inputs of which the seed, the edits and the chunks are drawn. */
export const spoiled: fc.Arbitrary<Spoiled> = fc.record({
  seed: fc.nat({ max: 1 << 16 }),
  edits: fc.array(edit, { maxLength: 8 }),
  cuts: fc.array(place, { maxLength: 6 }),
});

function apply(bytes: Buffer, change: Edit, seeds: readonly Buffer[]): Buffer {
  const at = change.at % (bytes.length + 1);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (change.kind) {
    case "flip": {
      const copy = Buffer.from(bytes);
      if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << change.bit);
      return copy;
    }
    case "delete":
      return Buffer.concat([before, after.subarray(change.length)]);
    case "truncate":
      return before;
    case "repeat": {
      const piece = after.subarray(0, change.length);
      return Buffer.concat([before, ...Array.from({ length: change.times }, () => piece), after]);
    }
    case "insert":
      return Buffer.concat([before, ALL_TOKENS[change.token] ?? Buffer.alloc(0), after]);
    case "overwrite": {
      const token = ALL_TOKENS[change.token] ?? Buffer.alloc(0);
      return Buffer.concat([before, token, after.subarray(token.length)]);
    }
    case "splice": {
      const other = seeds[change.other % seeds.length] ?? Buffer.alloc(0);
      const from = change.from % (other.length + 1);
      return Buffer.concat([before, other.subarray(from, from + change.length), after]);
    }
  }
}

/** The bytes that a value stands for. */
export function spoil({ seed, edits }: Spoiled, seeds: readonly Buffer[]): Buffer {
  const first = seeds[seed % seeds.length] ?? Buffer.alloc(0);
  return edits.reduce((bytes, change) => apply(bytes, change, seeds), first);
}

/** The same bytes in pieces. */
export function chunked(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const edges = [0, ...places, bytes.length];
  return edges.slice(1).map((to, i) => bytes.subarray(edges[i], to));
}
