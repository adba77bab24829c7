import { expect, test } from "vitest";
import { fileWith, hasTool, logText, pipeThrough, readAll, scratch, tarOf } from "./support.ts";
import { zipOf } from "./zip-of.ts";

const folder = scratch();

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
