// Text of 16-bit characters: what comes out is its UTF-8, in whatever pieces it comes in.

import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fileWith, readOne, scratch } from "./support.ts";

const folder = scratch();
const TEXT =
  "Jan  6 03:12:01 web1 kernel: nf_conntrack: table full, dropping packet\r\nZürich 満員 \u{1f600}\r\n";
const little = Buffer.from(`\ufeff${TEXT}`, "utf16le");
const big = Buffer.from(little).swap16();

async function read(bytes: Uint8Array) {
  const { bytes: out, kinds, complete } = await readOne(fileWith(folder, bytes));
  return { text: out.toString(), kinds, complete };
}

describe("UTF-16", () => {
  test.each([
    ["little endian", little],
    ["big endian", big],
    ["within gzip", gzipSync(little)],
  ])("%s", async (_, bytes) => {
    expect(await read(bytes)).toEqual({ text: TEXT, kinds: [], complete: true });
  });

  test("longer than what is read at a time, characters of two units at every border", async () => {
    const text = `a${"\u{1f600}".repeat(100_000)}`;
    expect(await read(Buffer.from(`\ufeff${text}`, "utf16le"))).toEqual({ text, kinds: [], complete: true });
  });

  test("that ends within a character is told", async () => {
    expect(await read(little.subarray(0, -1))).toMatchObject({ kinds: ["truncated"], complete: false });
    const pair = Buffer.from("\ufeffa\u{1f600}", "utf16le");
    expect(await read(pair.subarray(0, -2))).toEqual({
      text: "a\ufffd",
      kinds: ["truncated"],
      complete: false,
    });
  });
});

test("the mark in front of something else is none", async () => {
  expect(await read(Buffer.from("\ufeff\u0001\u0002\u0003", "utf16le"))).toMatchObject({
    kinds: ["not-text"],
  });
});
