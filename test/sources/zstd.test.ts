// zstd within the process. Frames are written here by hand after RFC 8878, section 3.1; streams are compressed by the
// program, or by this Node where there is none.

import { randomBytes } from "node:crypto";
import zlib from "node:zlib";
import { describe, expect, test } from "vitest";
import { Bytes } from "../../src/sources/bytes.ts";
import { Ledger } from "../../src/sources/ledger.ts";
import { LIMITS } from "../../src/sources/limits.ts";
import { findOnPath } from "../../src/sources/tools.ts";
import { isModest, unzstd } from "../../src/sources/zstd.ts";
import { readBlockHeader, readFrameHeader } from "../../src/sources/zstd-frames.ts";
import { hasZstd } from "../../src/sources/zstd-works.ts";
import { fileWith, hasTool, logText, pipeThrough, readOne, scratch } from "./support.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("a frame's header", () => {
  test.each([
    // Descriptor 00: a window byte, nothing else. 58: 2^(10 + 11) = 2 MiB.
    ["with a window alone", "28b52ffd 00 58", { bytes: 6, windowBytes: 2 << 20, hasChecksum: false }],
    // 64: checksum, four bytes of size in 2 bits 01: two bytes. 5c: 2 MiB and four eighths of it.
    [
      "with a size and a checksum",
      "28b52ffd 44 5c 0001",
      { bytes: 8, windowBytes: 3 << 20, hasChecksum: true },
    ],
    // a0: one segment, four bytes of size, which is its window.
    ["of one segment", "28b52ffd a0 00000001", { bytes: 9, windowBytes: 1 << 24, hasChecksum: false }],
    // 60: one segment, two bytes that begin to count at 256.
    ["of one segment with two bytes", "28b52ffd 60 0001", { bytes: 7, windowBytes: 512, hasChecksum: false }],
    // 20: one segment, one byte.
    ["of one segment with one byte", "28b52ffd 20 09", { bytes: 6, windowBytes: 9, hasChecksum: false }],
    // e3: one segment, eight bytes behind four of a dictionary's number: the longest without a window.
    [
      "of one segment as large as one can be",
      "28b52ffd e3 01020304 0000000000000040",
      { bytes: 17, windowBytes: 2 ** 62, hasChecksum: false },
    ],
    // c3: the longest there is.
    [
      "with all there can be",
      "28b52ffd c3 ff 01020304 0100000000000000",
      { bytes: 18, windowBytes: 1.875 * 2 ** 41, hasChecksum: false },
    ],
  ])("%s", (_what, text, expected) => {
    const bytes = hex(text);
    expect(readFrameHeader(Buffer.concat([bytes, Buffer.alloc(40, 0xff)]))).toEqual({
      kind: "frame",
      ...expected,
    });
    for (let cut = 0; cut < bytes.length; cut++) {
      expect(readFrameHeader(bytes.subarray(0, cut))).toEqual({ kind: "short" });
    }
  });

  test("of a skippable frame tells how much is skipped", () => {
    expect(readFrameHeader(hex("5f2a4d18 04000000 00000000"))).toEqual({
      kind: "skippable",
      bytes: 8,
      contentBytes: 4,
    });
    expect(readFrameHeader(hex("502a4d18 0400"))).toEqual({ kind: "short" });
  });

  test.each(["29b52ffd 20 09", "00", "28b530", "602a4d18 04000000", "rubbish"])("%s is none", (text) => {
    const bytes = text === "rubbish" ? Buffer.from(text) : hex(text);
    expect(readFrameHeader(bytes)).toEqual({ kind: "none" });
  });
});

test.each([
  ["raw, of 4 bytes, the last", "210000", { isLast: true, bytes: 4 }],
  ["a run of 131,072 equal bytes: one is stored", "020010", { isLast: false, bytes: 1 }],
  ["compressed, of 131,072 bytes", "040010", { isLast: false, bytes: 131_072 }],
  ["compressed, of 131,073 bytes: more than there can be", "0c0010", { isLast: false, bytes: null }],
  ["of the type that is reserved", "060000", { isLast: false, bytes: null }],
])("a block: %s", (_what, text, expected) => {
  expect(readBlockHeader(hex(`ff${text}`), 1)).toEqual(expected);
});

test("a window of more than 8 MiB is not modest", () => {
  expect(isModest(hex("28b52ffd 00 68"))).toBe(true);
  expect(isModest(hex("28b52ffd 00 69"))).toBe(false);
  expect(isModest(Buffer.from("no frame at all"))).toBe(true);
});

/** All that comes out, by pieces of `take` bytes, of stored bytes that come by `give`. */
async function unpack(stored: Uint8Array, give = 1 << 20, take = 1 << 20) {
  async function* chunks() {
    for (let at = 0; at < stored.length; at += give) yield stored.subarray(at, at + give);
  }
  const ledger = new Ledger();
  const stream = unzstd(new Bytes(chunks()), ledger, LIMITS);
  const out: Buffer[] = [];
  const target = Buffer.alloc(take);
  for (let count = await stream.fill(target); count > 0; count = await stream.fill(target)) {
    out.push(Buffer.from(target.subarray(0, count)));
  }
  const told = ledger.problems.map(({ kind, message, offset }) => `${kind} at ${offset}: ${message}`);
  return { text: Buffer.concat(out).toString("latin1"), told, complete: ledger.complete };
}

const { zstdCompressSync } = zlib as unknown as { zstdCompressSync?: (bytes: Uint8Array) => Buffer };
const compress = (bytes: Uint8Array): Buffer =>
  hasTool("zstd") ? pipeThrough("zstd", ["-c"], bytes) : (zstdCompressSync?.(bytes) ?? Buffer.alloc(0));

describe.skipIf(!hasZstd())("within the process", () => {
  const folder = scratch();
  const whole = { told: [], complete: true };
  // One segment, one block as it is.
  const plain = hex("28b52ffd 20 04 210000 74657374");

  test.each([
    ["a block as it is", plain.toString("hex"), "test"],
    ["two frames", plain.toString("hex").repeat(2), "testtest"],
    // 2b0000: the last, a run, five bytes long.
    ["a run of one byte", "28b52ffd 20 05 2b0000 61", "aaaaa"],
    ["an empty block and a last one", "28b52ffd 20 01 000000 090000 62", "b"],
    ["an empty frame", "28b52ffd 20 00 010000", ""],
    ["a skippable frame before", `502a4d18 03000000 ffffff ${plain.toString("hex")}`, "test"],
    ["a skippable frame behind, empty", `${plain.toString("hex")} 5a2a4d18 00000000`, "test"],
  ])("%s", async (_what, text, expected) => {
    const stored = hex(text);
    expect(await unpack(stored)).toEqual({ text: expected, ...whole });
    for (const give of [1, 3]) {
      for (const take of [1, 2])
        expect(await unpack(stored, give, take)).toEqual({ text: expected, ...whole });
    }
  });

  test.each([
    ["in the magic number of a second frame", "28b5", "truncated at 4: the zstd stream ends in the middle"],
    ["in the header of a second frame", "28b52ffd20", "truncated at 4: the zstd stream ends in the middle"],
    ["in a skippable frame", "502a4d18 03000000 ff", "truncated at 4: the zstd stream ends in the middle"],
    ["in a block's header", "28b52ffd 20 04 21", "truncated at 4: the zstd stream ends in the middle"],
    ["in a block", "28b52ffd 20 04 210000 74", "truncated at 4: the zstd stream ends in the middle"],
    [
      "at a block of no kind",
      "28b52ffd 20 04 270000 74657374",
      "corrupt at 4: zstd data is damaged (no block of any kind)",
    ],
  ])("what ends %s gives what came before", async (_what, text, told) => {
    const stored = Buffer.concat([plain, hex(text)]);
    expect(await unpack(stored)).toEqual({ text: "test", told: [told], complete: false });
    expect(await unpack(stored, 1, 1)).toEqual({ text: "test", told: [told], complete: false });
  });

  test("a checksum that is wrong, or cut, is told behind all of the frame", async () => {
    const stored = compress(Buffer.from("text\n"));
    const wrong = Buffer.from(stored);
    wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
    const found = await unpack(wrong);
    expect(found).toMatchObject({ text: "text\n", complete: false });
    expect(found.told[0]).toMatch(/^corrupt at 5: zstd data is damaged \(/);
    expect(await unpack(stored.subarray(0, -2))).toEqual({
      text: "text\n",
      told: ["truncated at 5: the zstd stream ends in the middle"],
      complete: false,
    });
  });

  test("any pieces in and out give the same", async () => {
    const log = Buffer.from(logText(300_000));
    const noise = Buffer.from(randomBytes(150_000).toString("hex"));
    const stored = Buffer.concat([compress(log), compress(noise), compress(Buffer.alloc(0))]);
    const expected = { text: log.toString("latin1") + noise.toString("latin1"), ...whole };
    for (const [give, take] of [
      [1000, 100_000],
      [65_536, 777],
      [1 << 20, 131_072],
      [997, 131_071],
    ] as const) {
      expect(await unpack(stored, give, take)).toEqual(expected);
    }
  });

  test("damage anywhere costs no more than the block it is in and those behind it", async () => {
    // Noise is stored in blocks of 128 KiB.
    const noise = Buffer.from(randomBytes(300_000).toString("hex"));
    const sound = compress(noise);
    for (let n = 0; n < 40; n++) {
      const at = 20 + Math.floor(((sound.length - 40) * n) / 40);
      const stored = Buffer.from(sound);
      stored[at] = (stored[at] ?? 0) ^ 0x55;
      const { text, told, complete } = await unpack(stored);
      const same = noise.toString("latin1");
      const upTo = [...text].findIndex((character, i) => character !== same[i]);
      const right = upTo === -1 ? text.length : upTo;
      expect(right / noise.length).toBeGreaterThan(at / sound.length - (128 * 1024) / noise.length - 0.01);
      expect({ complete, told: told.length }).toEqual({ complete: false, told: 1 });
    }
  });

  test.skipIf(!hasTool("zstd"))(
    "a frame that wants much memory is left to the program, where there is one",
    async () => {
      const path = fileWith(folder, pipeThrough("zstd", ["-c", "--long=27"], Buffer.from(logText(100_000))));
      const asked: string[] = [];
      const findTool = (name: string) => {
        asked.push(name);
        return findOnPath(name);
      };
      expect(await readOne(path, { findTool })).toMatchObject({ kinds: [], complete: true });
      expect(asked).toContain("zstd");
      expect(await readOne(path, { findTool: () => null })).toMatchObject({
        text: logText(100_000),
        kinds: [],
        complete: true,
      });
    },
  );

  test("a stream behind a damaged one is read as if there had been none", async () => {
    const sound = compress(Buffer.from(logText(50_000)));
    for (let n = 0; n < 12; n++) {
      const spoiled = Buffer.from(sound);
      spoiled[100 + 17 * n] = (spoiled[100 + 17 * n] ?? 0) ^ 0x10;
      expect((await unpack(spoiled)).told).toHaveLength(1);
      expect(await unpack(sound)).toEqual({ text: logText(50_000), ...whole });
    }
  });

  test("no program is asked for", async () => {
    const asked: string[] = [];
    const findTool = (name: string) => {
      asked.push(name);
      return null;
    };
    const path = fileWith(folder, compress(Buffer.from(logText(50_000))));
    expect(await readOne(path, { findTool })).toMatchObject({ text: logText(50_000), kinds: [] });
    expect(asked).toEqual([]);
  });
});
