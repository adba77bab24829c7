// The journal's export format: binary-safe, resynchronising, bounded.

import { describe, expect, it } from "vitest";
import { createRecordReader } from "../../src/formats/records.ts";
import { kinds, read, texts } from "./reading.ts";

function size(bytes: bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(bytes);
  return buffer;
}

const HEAD = "__REALTIME_TIMESTAMP=1777319389570350\n_TRANSPORT=kernel\n";

function binary(name: string, value: Uint8Array, told = BigInt(value.length)): Buffer {
  return Buffer.concat([Buffer.from(`${name}\n`), size(told), value, Buffer.from("\n")]);
}

describe("journal export", () => {
  it("takes a value that looks like the end of a record and the start of the next for what it is", () => {
    const value = Buffer.from("x\n\n__REALTIME_TIMESTAMP=5\nMESSAGE=forged\n_TRANSPORT=kernel\n\n");
    const bytes = Buffer.concat([Buffer.from(HEAD), binary("NOTE", value), Buffer.from("MESSAGE=real\n\n")]);
    for (let at = 0; at <= bytes.length; at++) {
      const { records, problems } = read("journal-export", [bytes.subarray(0, at), bytes.subarray(at)]);
      expect(texts(records)).toEqual(["real"]);
      expect(records[0]).toMatchObject({ offset: 0, length: bytes.length - 2, number: 1 });
      expect(problems).toEqual([]);
    }
  });

  it("takes an empty value and bytes that are no UTF-8", () => {
    const bytes = Buffer.concat([
      Buffer.from(HEAD),
      binary("_HOSTNAME", Buffer.alloc(0)),
      binary("MESSAGE", Buffer.from([0x61, 0xff, 0x62])),
      Buffer.from("\n"),
    ]);
    const { records, problems } = read("journal-export", [bytes]);
    expect(records.map(({ entry }) => [entry.host, entry.text])).toEqual([["", "a\ufffdb"]]);
    expect(problems).toEqual([]);
  });

  it("passes over a field of more than 1 MiB and keeps the record", () => {
    const long = Buffer.alloc((1 << 20) + 1, 97);
    const bytes = Buffer.concat([
      Buffer.from(HEAD),
      binary("COREDUMP", long),
      Buffer.from(`NOTE=${long.toString()}\nMESSAGE=kept\n\n${HEAD}MESSAGE=next\n\n`),
    ]);
    const { records, problems } = read("journal-export", [bytes.subarray(0, 70_000), bytes.subarray(70_000)]);
    expect(texts(records)).toEqual(["kept", "next"]);
    expect(problems).toEqual([expect.objectContaining({ kind: "field-too-long", offset: 0, count: 2 })]);
  });

  it("keeps a field of exactly 1 MiB", () => {
    const long = Buffer.alloc(1 << 20, 97);
    const bytes = Buffer.concat([Buffer.from(HEAD), binary("MESSAGE", long), Buffer.from("\n")]);
    const { records, problems } = read("journal-export", [bytes]);
    expect(records[0]?.entry.text.length).toBe(1 << 20);
    expect(problems).toEqual([]);
  });

  it("goes on behind a length that cannot be", () => {
    const second = `${HEAD}MESSAGE=second\n\n`;
    const first = Buffer.concat([
      Buffer.from(`${HEAD}MESSAGE=first\n`),
      binary("X", Buffer.from("ab"), 2n ** 63n),
    ]);
    const bytes = Buffer.concat([first, Buffer.from(`REST=1\n\n${second}`)]);
    for (let at = 0; at <= bytes.length; at++) {
      const { records, problems } = read("journal-export", [bytes.subarray(0, at), bytes.subarray(at)]);
      expect(texts(records)).toEqual(["first", "second"]);
      expect(records[1]).toMatchObject({ offset: bytes.length - second.length, length: second.length - 2 });
      expect(kinds(problems)).toEqual([["bad-record", 1]]);
    }
  });

  it("goes on behind a binary value that is not closed, a broken name, a name without end", () => {
    for (const broken of [
      Buffer.concat([Buffer.from("NOTE\n"), size(2n), Buffer.from("abc\n")]),
      Buffer.from("not a name=1\n"),
      Buffer.from("rubbish\n"),
      Buffer.from(`${"A".repeat(100)}=1\n`),
    ]) {
      const bytes = Buffer.concat([
        Buffer.from(HEAD),
        broken,
        Buffer.from(`MESSAGE=lost\n\n${HEAD}MESSAGE=found\n\n`),
      ]);
      const { records, problems } = read("journal-export", [bytes]);
      expect(texts(records), broken.toString("latin1")).toEqual(["found"]);
      expect(kinds(problems)).toEqual([["bad-record", 1]]);
    }
  });

  it("finds the next record where rubbish is all there was of one", () => {
    const bytes = Buffer.from(`rubbish\n\n${HEAD}MESSAGE=found\n\n`);
    const { records } = read("journal-export", [bytes]);
    expect(texts(records)).toEqual(["found"]);
  });

  it("says that the end is cut, and keeps what is whole", () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEAD}MESSAGE=whole\n\n${HEAD}MESSAGE=second\n_HOSTNAME=router\n`),
      binary("NOTE", Buffer.from("abc")),
    ]);
    const start = `${HEAD}MESSAGE=whole\n\n`.length;
    for (let at = start + 1; at <= bytes.length; at++) {
      const { records, problems } = read("journal-export", [bytes.subarray(0, at)]);
      expect(texts(records)[0]).toBe("whole");
      expect(problems, `cut at ${at}`).toEqual([
        expect.objectContaining({ kind: "cut-record", offset: start, count: 1 }),
      ]);
    }
    const { records } = read("journal-export", [bytes.subarray(0, bytes.length - 3)]);
    expect(texts(records)).toEqual(["whole", "second"]);
    expect(records[1]?.entry.host).toBe("router");
  });

  it("does not believe half a stamp", () => {
    const { records } = read("journal-export", [
      Buffer.from("MESSAGE=a\n_TRANSPORT=kernel\n__REALTIME_TIMESTAMP=17773"),
    ]);
    expect(records[0]?.entry).toMatchObject({ text: "a", stamp: null });
  });

  it("holds no more of an endless value than the limit", () => {
    const reader = createRecordReader("journal-export");
    reader.push(Buffer.concat([Buffer.from(`${HEAD}COREDUMP\n`), size(512n * 1024n * 1024n)]));
    const chunk = Buffer.alloc(1 << 20, 97);
    const before = process.memoryUsage().arrayBuffers;
    for (let n = 0; n < 512; n++) reader.push(chunk);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 << 20);
    expect(texts(reader.push(Buffer.from("\nMESSAGE=kept\n\n")))).toEqual(["kept"]);
  });
});
