import { crc32, deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { fileWith, hasTool, logText, pipeThrough, readAll, scratch, tarOf } from "./support.ts";

const folder = scratch();

interface ZipEntry {
  readonly name: string;
  readonly text: string;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
}

/** By APPNOTE sections 4.3.7, 4.3.12 and 4.3.16, with a time field 0x5455 of 1600000000. */
function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, text, method = 8, flags = 0, crc = crc32(text) } of entries) {
    const data = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const extra = Buffer.from([0x55, 0x54, 5, 0, 1, 0, 0, 0, 0]);
    extra.writeInt32LE(1_600_000_000, 5);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc, 16);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(text.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt32LE(at, 42);
    central.push(entry, Buffer.from(name), extra);
    locals.push(local, Buffer.from(name), data);
    at += 30 + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...central, end]);
}

const read = async (bytes: Uint8Array) =>
  (await readAll(fileWith(folder, bytes))).map(({ facts, text, kinds }) => [facts.member, text, kinds]);

test("members are read by the directory, deflated and stored", async () => {
  const text = logText(300_000);
  const bytes = zipOf([
    { name: "var/log/messages", text },
    { name: "var/log/", text: "", method: 0 },
    { name: "../x", text: "x\n", method: 0 },
  ]);
  const sources = await readAll(fileWith(folder, bytes));
  expect(sources.map(({ facts, kinds }) => [facts.member, facts.mtimeUs, kinds])).toEqual([
    ["var/log/messages", 1_600_000_000_000_000, []],
    ["../x", 1_600_000_000_000_000, []],
  ]);
  expect(sources.map((source) => source.text === text || source.text)).toEqual([true, "x\n"]);
});

test("a wrong checksum is told", async () => {
  expect(await read(zipOf([{ name: "a", text: "x\n", crc: 1 }]))).toEqual([["a", "x\n", ["corrupt"]]]);
});

test("encrypted members and odd methods are named, the others are read", async () => {
  const bytes = zipOf([
    { name: "secret", text: "x\n", flags: 1 },
    { name: "odd", text: "x\n", method: 14 },
    { name: "plain", text: "x\n" },
  ]);
  expect(await read(bytes)).toEqual([
    ["plain", "x\n", []],
    [null, "", ["unsupported-member", "unsupported-member"]],
  ]);
});

test("a zip without its directory is truncated", async () => {
  const bytes = zipOf([{ name: "a", text: logText(1000) }]);
  expect(await read(bytes.subarray(0, -30))).toEqual([[null, "", ["truncated"]]]);
});

test("a zip within a tar is told", async () => {
  const bytes = await tarOf([{ name: "a.zip", text: zipOf([{ name: "a", text: "x\n" }]) }]);
  expect(await read(bytes)).toEqual([["a.zip", "", ["unseekable-zip"]]]);
});

test.skipIf(!hasTool("zip"))("what the zip program makes is read", async () => {
  const base = scratch();
  fileWith(base, "x\n", "messages");
  const bytes = pipeThrough("sh", ["-c", 'cd "$0" && zip -q - messages', base], Buffer.alloc(0));
  expect(await read(bytes)).toEqual([["messages", "x\n", []]]);
});
