import { constants, deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { findOnPath } from "../../src/sources/tools.ts";
import { hasZstd } from "../../src/sources/zstd-works.ts";
import { fileWith, hasTool, logText, pipeThrough, readOne, scratch } from "./support.ts";

const folder = scratch();
const first = logText(700_000);
const second = logText(300_000).replaceAll("host", "other");

interface Case {
  readonly id: string;
  readonly compress: (text: string) => Buffer;
  /** False where a cut stream gives whole blocks only, and a small one nothing. */
  readonly fine: boolean;
  readonly noTool?: boolean;
  /** Without a FIFO, a program is fed and read by node's streams. */
  readonly noFifo?: boolean;
  /** Node itself has a decoder, and no program is to be had. */
  readonly inProcess?: boolean;
}

const byTool = (command: string, args: readonly string[]) => (text: string) =>
  pipeThrough(command, args, Buffer.from(text));

const CASES: readonly Case[] = [
  { id: "gzip", compress: (text) => gzipSync(text), fine: true },
  { id: "bzip2", compress: byTool("bzip2", ["-1c"]), fine: false },
  { id: "xz", compress: byTool("xz", ["-c"]), fine: true },
  { id: "zstd", compress: byTool("zstd", ["-c"]), fine: false },
  { id: "lz4", compress: byTool("lz4", ["-c", "-B4"]), fine: false },
];
const usable = CASES.filter(({ id }) => id === "gzip" || hasTool(id));
const cases: readonly Case[] = [
  ...usable,
  ...usable.filter(({ id }) => id === "xz").map((known) => ({ ...known, noTool: true })),
  ...usable.filter(({ id }) => id !== "xz" && id !== "gzip").map((known) => ({ ...known, noFifo: true })),
  ...usable
    .filter(({ id }) => id === "zstd" && hasZstd())
    .map((known) => ({ ...known, noTool: true, inProcess: true })),
];

function labelOf({ id, noTool, noFifo }: Case): string {
  return id + (noTool ? " without its tool" : "") + (noFifo ? " without a FIFO" : "");
}

describe.each(cases.map((known) => ({ ...known, label: labelOf(known) })))(
  "$label",
  ({ compress, fine, noTool, noFifo, inProcess = false }) => {
    const findTool = (name: string) => (noTool || (noFifo && name === "mkfifo") ? null : findOnPath(name));
    const options = { findTool, inProcess };
    const read = (bytes: Uint8Array, name?: string) => readOne(fileWith(folder, bytes, name), options);
    const stored = compress(first);

    test("a whole stream comes out whole", async () => {
      const { text, kinds, complete } = await read(stored);
      expect({ same: text === first, kinds, complete }).toEqual({ same: true, kinds: [], complete: true });
    });

    test("an empty stream is empty and complete", async () => {
      expect(await read(compress(""))).toMatchObject({ text: "", kinds: [], complete: true });
    });

    test("concatenated streams come out one after the other", async () => {
      const { text, kinds, complete } = await read(Buffer.concat([stored, compress(second)]));
      expect({ same: text === first + second, kinds, complete }).toEqual({
        same: true,
        kinds: [],
        complete: true,
      });
    });

    test("of a cut stream everything before the cut comes out, and it is told", async () => {
      const { text, kinds, complete } = await read(stored.subarray(0, stored.length * 0.7));
      expect({ prefix: first.startsWith(text), kinds, complete }).toEqual({
        prefix: true,
        kinds: ["truncated"],
        complete: false,
      });
      expect(text.length).toBeGreaterThan(first.length * (fine ? 0.6 : 0.3));
    });

    test("a stream cut at its very last byte is told", async () => {
      expect(await read(stored.subarray(0, -1))).toMatchObject({ kinds: ["truncated"], complete: false });
    });

    test("a stream cut in the second member gives the first", async () => {
      const both = Buffer.concat([stored, compress(second).subarray(0, -10)]);
      const { text, kinds, complete } = await read(both);
      expect({ start: text.startsWith(first), kinds, complete }).toEqual({
        start: true,
        kinds: ["truncated"],
        complete: false,
      });
    });

    test("rubbish behind the end loses nothing and is told", async () => {
      const { text, kinds, complete } = await read(
        Buffer.concat([stored, Buffer.from("rubbish, more of it\n")]),
      );
      expect({ same: text === first, kinds, complete }).toEqual({
        same: true,
        kinds: ["trailing-rubbish"],
        complete: true,
      });
    });

    test("an odd number of NULs behind the end loses nothing and is told", async () => {
      const { text, kinds, complete } = await read(Buffer.concat([stored, Buffer.alloc(1001)]));
      expect({ same: text === first, kinds, complete }).toEqual({
        same: true,
        kinds: ["trailing-rubbish"],
        complete: true,
      });
    });

    test("damage in the middle is told, and what came before it comes out", async () => {
      const bad = Buffer.from(stored);
      const at = Math.floor(bad.length * 0.7);
      bad.fill(0xff, at, at + 300);
      const { text, kinds, complete } = await read(bad);
      const same = [...first].findIndex((character, i) => text[i] !== character);
      expect({ kinds, complete }).toEqual({ kinds: ["corrupt"], complete: false });
      expect(same).toBeGreaterThan(first.length * (fine ? 0.6 : 0.3));
    });

    test("the name does not matter", async () => {
      const { text } = await read(stored, `messages.${noTool}.txt`);
      expect(text === first).toBe(true);
    });
  },
);

test("plain text named .gz is plain text, without a problem", async () => {
  const path = fileWith(folder, "Jan  6 03:12:01 host kernel: x\n", "messages.gz");
  expect(await readOne(path)).toMatchObject({
    text: "Jan  6 03:12:01 host kernel: x\n",
    kinds: [],
    complete: true,
  });
});

test("text that begins like a bzip2 header is text", async () => {
  expect(await readOne(fileWith(folder, "BZh9 is a model number\n"))).toMatchObject({
    kinds: [],
    complete: true,
  });
});

test.skipIf(!hasTool("zstd"))("without its program zst is a problem that names the package", async () => {
  const path = fileWith(folder, pipeThrough("zstd", ["-c"], Buffer.from("x\n")));
  const found = await readOne(path, { findTool: () => null, inProcess: false });
  expect(found).toMatchObject({ text: "", kinds: ["no-decoder"], complete: false });
});

test.skipIf(!hasTool("xz"))("xz within xz needs the program: without it, that is told", async () => {
  const xz = (bytes: Uint8Array) => pipeThrough("xz", ["-c"], bytes);
  const path = fileWith(folder, xz(xz(Buffer.from("x\n"))));
  expect(await readOne(path)).toMatchObject({ text: "x\n", kinds: [] });
  expect(await readOne(path, { findTool: () => null })).toMatchObject({ text: "", kinds: ["no-decoder"] });
});

describe("gzip", () => {
  test("the header's time and every optional field are read", async () => {
    const raw = deflateRawSync("text\n");
    const fields = Buffer.from("\x04\0AB\x01\0name\0comment\0", "latin1");
    const header = Buffer.from("\x1f\x8b\x08\x1e\x80\x43\x6d\x38\x00\x03", "latin1");
    const crc = Buffer.from([0, 0]);
    const trailer = gzipSync("text\n").subarray(-8);
    // 0x386d4380 = 946684800 s = 2000-01-01T00:00:00Z; the extra field is 4 bytes long.
    const { text, facts, kinds } = await readOne(
      fileWith(folder, Buffer.concat([header, fields.subarray(0, 6), fields.subarray(6), crc, raw, trailer])),
    );
    expect({ text, kinds, time: facts.gzipTimeUs }).toEqual({
      text: "text\n",
      kinds: [],
      time: 946_684_800_000_000,
    });
  });

  test("a header without a time says null", async () => {
    expect((await readOne(fileWith(folder, gzipSync("text\n")))).facts.gzipTimeUs).toBeNull();
  });

  test("NULs between members are told, and the later member is read", async () => {
    const path = fileWith(folder, Buffer.concat([gzipSync("a\n"), Buffer.alloc(9000), gzipSync("b\n")]));
    expect(await readOne(path)).toMatchObject({
      text: "a\nb\n",
      kinds: ["trailing-rubbish"],
      complete: true,
    });
  });

  test("a wrong checksum is told", async () => {
    const bytes = gzipSync("text\n");
    bytes[bytes.length - 8] = (bytes[bytes.length - 8] ?? 0) ^ 1;
    expect(await readOne(fileWith(folder, bytes))).toMatchObject({
      text: "text\n",
      kinds: ["corrupt"],
      complete: false,
    });
  });

  test.each([5, 60_000, 900_000])("%i bytes before certain damage all come out", async (size) => {
    const text = logText(size);
    const sound = deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH });
    const header = gzipSync("").subarray(0, 10);
    // 7 begins a block of the type that RFC 1951 section 3.2.3 reserves as an error.
    const bytes = Buffer.concat([header, sound, Buffer.alloc(5000, 7)]);
    const plain = await readOne(fileWith(folder, bytes));
    expect({ same: plain.text === text, kinds: plain.kinds }).toEqual({ same: true, kinds: ["corrupt"] });
    // Within another layer the stored bytes cannot be read from the file again.
    const nested = await readOne(fileWith(folder, gzipSync(bytes)));
    expect({ same: nested.text === text, kinds: nested.kinds }).toEqual({ same: true, kinds: ["corrupt"] });
  });

  test("gzip within gzip is peeled, up to the limit", async () => {
    let bytes = gzipSync("text\n");
    for (let i = 1; i < 4; i += 1) bytes = gzipSync(bytes);
    expect(await readOne(fileWith(folder, bytes))).toMatchObject({ text: "text\n", kinds: [] });
    const deep = await readOne(fileWith(folder, gzipSync(bytes)));
    expect(deep).toMatchObject({ text: "", kinds: ["nested-too-deep"], complete: false });
  });
});

describe("a compression bomb", () => {
  const zeros = Buffer.alloc(3_000_000);
  const limits = { ratio: 1000, ratioAfterBytes: 1_000_000 };

  test.for(["gzip", "bzip2", "xz", "zstd"])("of %s is stopped by its ratio", async (id, { skip }) => {
    skip(id !== "gzip" && !hasTool(id), `${id} is not installed`);
    const bytes = id === "gzip" ? gzipSync(zeros, { level: 9 }) : pipeThrough(id, ["-9c"], zeros);
    const found = await readOne(fileWith(folder, bytes), { limits });
    expect(found).toMatchObject({ kinds: ["compression-bomb"], complete: false });
    expect(found.bytes.length).toBeLessThan(2_000_000);
  });

  test("is stopped by a cap on what comes out", async () => {
    const found = await readOne(fileWith(folder, gzipSync(first)), { limits: { outputBytes: 200_000 } });
    expect(found).toMatchObject({ kinds: ["compression-bomb"], complete: false });
    expect(found.bytes.length).toBeLessThan(200_000 + 128 * 1024 + 1);
  });

  test("is not what a log of one repeated line is", async () => {
    const text = "Jan  6 03:12:01 host kernel: nf_conntrack: table full, dropping packet\n".repeat(20_000);
    expect(await readOne(fileWith(folder, gzipSync(text)))).toMatchObject({ kinds: [], complete: true });
  });
});

test.each([2, 3, 4, 5, 10])("gzip that ends behind %d bytes is cut short", async (count) => {
  const path = fileWith(folder, gzipSync("one\n").subarray(0, count), "cut.log");
  expect(await readOne(path)).toMatchObject({ text: "", kinds: ["truncated"], complete: false });
});

test("one byte is no gzip", async () => {
  expect(await readOne(fileWith(folder, Buffer.of(0x1f)))).toMatchObject({ kinds: ["not-text"] });
});
