// Records that are not one line each: told from logs, read whole whatever the chunks, never held without bound.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogRecord } from "../../src/formats/record.ts";
import { RECORD_FORMATS } from "../../src/formats/record-catalogue.ts";
import { createRecordReader, detectRecords } from "../../src/formats/records.ts";
import { kinds, read, texts, whole } from "./reading.ts";

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

describe("any bytes", () => {
  const pieces = RECORD_FORMATS.flatMap(({ samples }) =>
    samples.flatMap(({ bytes }) => [bytes, bytes.slice(40, 200), bytes.slice(-60)]),
  ).concat("\n", "\n\n", "\n\n__", "{", "}", '"', "\\", "=", "\0", "MESSAGE\n", "    A=");
  const stream = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 6 })
    .map((parts) => Buffer.from(parts.join("")));

  it.each(RECORD_FORMATS.map(({ id }) => id))(
    "%s: give the same however they are cut, and never throw",
    (id) => {
      fc.assert(
        fc.property(stream, fc.array(fc.nat(600), { maxLength: 4 }), (bytes, cuts) => {
          const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
          const chunks = places.slice(1).map((to, at) => bytes.subarray(places[at], to));
          const once = read(id, [bytes]);
          expect(read(id, chunks)).toEqual(once);
          for (const { offset, length } of once.records) {
            expect(length).toBeGreaterThan(0);
            expect(offset + length).toBeLessThanOrEqual(bytes.length);
          }
        }),
        { numRuns: 300 },
      );
    },
  );
});
