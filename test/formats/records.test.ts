// Records that are not one line each: told from logs, read whole whatever the chunks, never held without bound.

import { describe, expect, it } from "vitest";
import type { Expected } from "../../src/formats/format.ts";
import { RECORD_FORMATS } from "../../src/formats/record-catalogue.ts";
import { createRecordReader, detectRecords, type LogRecord } from "../../src/formats/records.ts";
import type { Entry } from "../../src/model/line.ts";
import type { Problem } from "../../src/model/problem.ts";

const NOTHING: Omit<Entry, "format"> = {
  stamp: null,
  uptimeUs: null,
  host: null,
  tag: null,
  fromKernel: false,
  priority: null,
  bootId: null,
  doubts: [],
  text: "",
};

function whole(format: string, expected: Expected): Entry {
  return { format, ...NOTHING, ...expected };
}

function read(format: string, chunks: readonly Uint8Array[]): { records: LogRecord[]; problems: Problem[] } {
  const reader = createRecordReader(format);
  const records = chunks.flatMap((chunk) => reader.push(chunk));
  return { records: [...records, ...reader.end()], problems: reader.problems() };
}

function kinds(problems: readonly Problem[]): readonly [string, number][] {
  return problems.map(({ kind, count }) => [kind, count]);
}

const SAMPLES = RECORD_FORMATS.flatMap(({ id, samples }) =>
  samples.map((sample, at) => ({ id, name: `${id} ${at + 1}`, ...sample })),
);

describe("the table of record formats", () => {
  it.each(SAMPLES)("reads $name", ({ id, bytes, entries }) => {
    const { records, problems } = read(id, [Buffer.from(bytes)]);
    expect(records.map((record) => record.entry)).toEqual(entries.map((entry) => whole(id, entry)));
    expect(records.map((record) => record.number)).toEqual(entries.map((_, at) => at + 1));
    expect(problems).toEqual([]);
  });

  it.each(SAMPLES)("is told by its head: $name", ({ id, bytes }) => {
    expect(detectRecords(Buffer.from(bytes))).toBe(id);
  });

  it.each(SAMPLES)("gives the same for every cut into two chunks: $name", ({ id, bytes }) => {
    const all = Buffer.from(bytes);
    const expected = read(id, [all]);
    for (let at = 0; at <= all.length; at++) {
      expect(read(id, [all.subarray(0, at), all.subarray(at)]), `cut at ${at}`).toEqual(expected);
    }
  });

  it.each(SAMPLES)("gives the same byte by byte, in a buffer that is used again: $name", ({ id, bytes }) => {
    const all = Buffer.from(bytes);
    const reader = createRecordReader(id);
    const buffer = new Uint8Array(1);
    const records: LogRecord[] = [];
    for (const byte of all) {
      buffer[0] = byte;
      records.push(...reader.push(buffer));
    }
    expect([...records, ...reader.end()]).toEqual(read(id, [all]).records);
  });

  it.each(SAMPLES)("cites the bytes of each record: $name", ({ id, bytes }) => {
    const all = Buffer.from(bytes);
    for (const { offset, length, entry } of read(id, [all]).records) {
      const cited = all.subarray(offset, offset + length);
      expect(cited[0]).not.toBe(10);
      expect(cited.at(-1)).not.toBe(10);
      const again = read(id, [cited, Buffer.from("\n\n")]).records;
      expect(again).toHaveLength(1);
      // A line of dmesg -e read alone has lost the minute it is counted from.
      expect(again[0]?.entry).toMatchObject({ host: entry.host, uptimeUs: entry.uptimeUs, text: entry.text });
    }
  });

  it.each(RECORD_FORMATS.flatMap(({ id, lookalikes }) => lookalikes.map((bytes) => ({ id, bytes }))))(
    "$id is not $bytes",
    ({ id, bytes }) => {
      expect(detectRecords(Buffer.from(bytes))).not.toBe(id);
    },
  );

  it("leaves formats of one line a record to the line parser", () => {
    for (const text of [
      '{"__REALTIME_TIMESTAMP":"1","MESSAGE":"a"}\n',
      '\u001e{"__REALTIME_TIMESTAMP":"1","MESSAGE":"a"}\n',
      'data: {"__REALTIME_TIMESTAMP":"1","MESSAGE":"a"}\n\n',
      '{"log":"a\\n","stream":"stdout","time":"2019-06-02T07:02:20Z"}\n',
      "Jan  5 03:04:05 h kernel: text\n",
      "",
    ]) {
      expect(detectRecords(Buffer.from(text)), text).toBeNull();
    }
  });
});

function size(bytes: bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(bytes);
  return buffer;
}

const HEAD = "__REALTIME_TIMESTAMP=1777319389570350\n_TRANSPORT=kernel\n";

function binary(name: string, value: Uint8Array, told = BigInt(value.length)): Buffer {
  return Buffer.concat([Buffer.from(`${name}\n`), size(told), value, Buffer.from("\n")]);
}

function texts(records: readonly LogRecord[]): readonly string[] {
  return records.map((record) => record.entry.text);
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

describe("JSON spread over lines", () => {
  const record = (message: string) => `{\n\t"_TRANSPORT" : "kernel",\n\t"MESSAGE" : "${message}"\n}\n`;

  it("goes on behind a record that was cut in a string, between fields, or is no journal entry", () => {
    for (const broken of [
      '{\n\t"_TRANSPORT" : "ker\n',
      '{\n\t"_TRANSPORT" : "kernel",\n',
      '{\n\t"a" : 1\n}\n',
    ]) {
      const { records, problems } = read("journal-json-pretty", [
        Buffer.from(`${record("one")}${broken}${record("two")}`),
      ]);
      expect(texts(records)).toEqual(["one", "two"]);
      expect(kinds(problems)).toEqual([["bad-record", 1]]);
    }
  });

  it("says that the end is cut", () => {
    const { records, problems } = read("journal-json-pretty", [
      Buffer.from(record("one") + record("two").slice(0, -3)),
    ]);
    expect(texts(records)).toEqual(["one"]);
    expect(problems).toEqual([
      expect.objectContaining({ kind: "cut-record", offset: record("one").length, count: 1 }),
    ]);
  });

  it("passes over a record beyond all measure", () => {
    const { records, problems } = read("journal-json-pretty", [
      Buffer.from(record("a".repeat(9 << 20))),
      Buffer.from(record("two")),
    ]);
    expect(texts(records)).toEqual(["two"]);
    expect(kinds(problems)).toEqual([["field-too-long", 1]]);
  });

  it("takes a dmesg without a message for what it is", () => {
    expect(read("dmesg-json", [Buffer.from('{\n   "dmesg": [\n   ]\n}\n')])).toEqual({
      records: [],
      problems: [],
    });
  });
});

describe("journal verbose", () => {
  it("passes over a line of more than 1 MiB and keeps the record", () => {
    const head = "Mon 2026-04-27 21:49:49.570350 CEST [s=7a;i=1;b=ea;m=1;t=650766ade252e;x=5]\n";
    const { records, problems } = read("journal-verbose", [
      Buffer.from(`${head}    MESSAGE=kept\n    NOTE=${"a".repeat(2 << 20)}\n    _TRANSPORT=kernel\n`),
    ]);
    expect(records.map(({ entry }) => [entry.text, entry.fromKernel])).toEqual([["kept", true]]);
    expect(kinds(problems)).toEqual([["field-too-long", 1]]);
  });

  it("says that the end is cut where a record has no message", () => {
    const head = "Mon 2026-04-27 21:49:49.570350 CEST [s=7a;i=1;b=ea;m=1;t=650766ade252e;x=5]\n";
    const { problems } = read("journal-verbose", [Buffer.from(`${head}    _TRANSPORT=kernel\n`)]);
    expect(kinds(problems)).toEqual([["cut-record", 1]]);
  });
});
