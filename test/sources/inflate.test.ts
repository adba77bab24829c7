// zlib called in place and by way of node's streams: the same bytes and the same problems, whatever comes in.

import { deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Bytes } from "../../src/sources/bytes.ts";
import { gunzip } from "../../src/sources/gzip.ts";
import { ByStream, type Inflate, InPlace, inflate } from "../../src/sources/inflate.ts";
import { Ledger } from "../../src/sources/ledger.ts";
import { LIMITS } from "../../src/sources/limits.ts";
import { logText } from "./support.ts";

const WAYS: Readonly<Record<string, Inflate>> = {
  "in place": (input, keep) => new InPlace(input, keep),
  "by stream": (input, keep) => new ByStream(input, keep),
};

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** All that comes out of gzip data, taken into buffers of one size. */
async function gunzipAll(bytes: Uint8Array, sizes: readonly number[], room: number, way: Inflate) {
  const ledger = new Ledger();
  const stream = gunzip(new Bytes(cut(bytes, sizes)), ledger, LIMITS, way);
  const out: Buffer[] = [];
  for (;;) {
    const target = Buffer.alloc(room);
    const count = await stream.fill(target);
    if (count === 0) break;
    out.push(target.subarray(0, count));
  }
  expect(await stream.fill(Buffer.alloc(1))).toBe(0);
  const problems = ledger.problems.map(({ kind, offset }) => [kind, offset]);
  return { text: Buffer.concat(out).toString("latin1"), problems, complete: ledger.complete };
}

const TEXT = logText(300_000);
const ONE = gzipSync(TEXT);
const TWO = Buffer.concat([gzipSync("first\n"), gzipSync("second\n")]);
const DAMAGED = Buffer.from(ONE);
DAMAGED.fill(0xff, 20_000, 20_100);

test("node's synchronous calls are to be had here", () => {
  expect(inflate(new Bytes(cut(ONE, [100])))).toBeInstanceOf(InPlace);
});

describe.each(Object.entries(WAYS))("%s", (_, way) => {
  test.each([1, 7, 4096, 1 << 20])("a whole member, into %d bytes at a time", async (room) => {
    const small = gzipSync(TEXT.slice(0, 5000));
    const found = await gunzipAll(small, [13, 1, 500], room, way);
    expect(found).toEqual({ text: TEXT.slice(0, 5000), problems: [], complete: true });
  });
  test("members one behind the other, NULs and rubbish behind them", async () => {
    const found = await gunzipAll(Buffer.concat([TWO, Buffer.alloc(512)]), [5], 3, way);
    expect(found).toEqual({
      text: "first\nsecond\n",
      problems: [["trailing-rubbish", 13]],
      complete: true,
    });
    const rubbish = await gunzipAll(Buffer.concat([TWO, Buffer.from("rubbish")]), [1000], 100, way);
    expect(rubbish).toMatchObject({ text: "first\nsecond\n", problems: [["trailing-rubbish", 13]] });
  });
  test("cut short anywhere: what came before is given", async () => {
    for (let size = 11; size < TWO.length; size++) {
      const found = await gunzipAll(TWO.subarray(0, size), [4096], 64, way);
      const behind = size - gzipSync("first\n").length;
      // A member is told by three bytes: fewer may be anything.
      const kinds = behind === 0 ? [] : behind > 0 && behind < 3 ? ["trailing-rubbish"] : ["truncated"];
      expect("first\nsecond\n".startsWith(found.text)).toBe(true);
      expect(found.complete).toBe(kinds[0] !== "truncated");
      expect(found.problems.map(([kind]) => kind)).toEqual(kinds);
    }
  });
  test("damage in the middle: what came before is given, up to it", async () => {
    const found = await gunzipAll(DAMAGED, [65_536], 65_536, way);
    expect(TEXT.startsWith(found.text.slice(0, 100_000))).toBe(true);
    expect(found).toMatchObject({ complete: false, problems: [["corrupt", found.text.length]] });
  });
  test("a wrong checksum and a wrong length are damage", async () => {
    const bytes = Buffer.from(gzipSync("text\n"));
    bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
    expect(await gunzipAll(bytes, [9], 9, way)).toEqual({
      text: "text\n",
      problems: [["corrupt", 5]],
      complete: false,
    });
  });
  test("bytes behind a deflate stream are put back", async () => {
    const input = new Bytes(cut(Buffer.concat([deflateRawSync("abc"), Buffer.from("behind")]), [4]));
    const inflating = way(input);
    const target = Buffer.alloc(16);
    expect(await inflating.fill(target)).toBe(3);
    expect(await inflating.fill(target)).toBe(0);
    inflating.close();
    expect(Buffer.from(await input.read(10)).toString()).toBe("behind");
  });
});

test("both give the same of spoiled bytes, in any pieces", async () => {
  const spoiled = fc.tuple(
    fc.constantFrom(TWO, gzipSync(TEXT.slice(0, 20_000)), Buffer.concat([TWO, TWO])),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
    fc.nat(),
    fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 }),
    fc.integer({ min: 1, max: 5000 }),
  );
  await fc.assert(
    fc.asyncProperty(spoiled, async ([whole, changes, end, sizes, room]) => {
      const bytes = Buffer.from(whole).subarray(0, 1 + (end % (2 * whole.length)));
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      const [first, second] = Object.values(WAYS);
      if (first === undefined || second === undefined) throw new Error("two ways");
      const one = await gunzipAll(bytes, sizes, room, first);
      const two = await gunzipAll(bytes, sizes, room, second);
      expect(one).toEqual(two);
    }),
    { numRuns: 150 },
  );
});
