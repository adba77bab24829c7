// What is fuzzed: each target takes bytes that may be anything. It may not throw, hang or grow, and where two ways
// must agree (chunks of any size, the scan and the reference), it compares them.

import { deepStrictEqual } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { decode } from "../../src/evidence/cite.ts";
import { describeHead } from "../../src/formats/detect.ts";
import { createParser } from "../../src/formats/parse.ts";
import { RECORD_FORMATS } from "../../src/formats/record-catalogue.ts";
import { createRecordReader, detectRecords } from "../../src/formats/records.ts";
import { MESSAGE_NEEDLES, recognise } from "../../src/messages/recognise.ts";
import type { Entry } from "../../src/model/line.ts";
import { createDocumentReader, DOCUMENTS, detectDocument } from "../../src/observations/documents.ts";
import { OBSERVATION_NEEDLES } from "../../src/observations/needles.ts";
import { createObserver } from "../../src/observations/observer.ts";
import { Bytes } from "../../src/sources/bytes.ts";
import { judgeContent } from "../../src/sources/content.ts";
import type { FoundFile } from "../../src/sources/discover.ts";
import { openFile } from "../../src/sources/open.ts";
import { hasZstd } from "../../src/sources/zstd-works.ts";
import { WAYS } from "../lines/ways.ts";
import { zipOf } from "../sources/zip-of.ts";
import { chunked } from "./mutations.ts";
import { documentSeeds, fileSeeds, gzipSeeds, recordSeeds, tableSeeds, zstdSeeds } from "./seeds.ts";

export interface Target {
  readonly seeds: () => Buffer[] | Promise<Buffer[]>;
  /** Throws where a promise is broken. */
  readonly run: (bytes: Buffer, cuts: readonly number[]) => void | Promise<void>;
}

const FACTS = { path: "var/log/messages", member: null, role: null };
const ROLES = [null, "sysctl", "conntrack-stat", "proc-stat", "conntrack-count", "date", "hostname"];

const XZ =
  "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4ADOAEhdACUYScILtyEEMQPiHUGpeQmSDDEVS6CjmNjnlsgJ4qwPCtOESbEC3dfyL9d7Vy7YOYuALR" +
  "PnKMsLKq6xTlr1z/LQyNHnx7AAAACVyO0McCsiigABZM8BAAAA/oHJg7HEZ/sCAAAAAARZWg==";

function entriesOf(bytes: Buffer): Entry[] {
  const parser = createParser();
  return decode(bytes.toString("latin1"))
    .split("\n")
    .flatMap((line) => parser.parse(line) ?? []);
}

/** No field of an entry may be what a row cannot hold. */
function checkEntry(entry: Entry): void {
  const { uptimeUs, stamp, priority } = entry;
  const numbers = [uptimeUs, priority, stamp?.kind === "instant" ? stamp.atUs : null];
  for (const number of numbers) {
    if (number !== null && !Number.isSafeInteger(number))
      throw new Error(`${number} of ${JSON.stringify(entry)}`);
  }
  const found = recognise(entry.text, entry);
  if (found?.amount !== null && found?.amount !== undefined && !(found.amount >= 0)) {
    throw new Error(`amount ${found.amount} of ${entry.text}`);
  }
}

function readRecords(format: string, chunks: readonly Buffer[]) {
  const reader = createRecordReader(format);
  const records = chunks.flatMap((chunk) => reader.push(chunk));
  return { records: [...records, ...reader.end()], problems: reader.problems() };
}

function readDocument(id: string, chunks: readonly Buffer[]) {
  const reader = createDocumentReader(id, FACTS);
  const found = chunks.flatMap((chunk) => reader.push(chunk));
  return { found: [...found, ...reader.end()], problems: reader.problems(), table: reader.occupancy() };
}

async function* streamOf(chunks: readonly Buffer[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** Opens bytes as standard input, without programs of the system; true where all was sound. */
async function openAll(file: Partial<FoundFile>, chunks: readonly Buffer[]): Promise<void> {
  const found = { path: "-", sizeBytes: null, mtimeUs: null, dev: null, ino: null, bundle: null, ...file };
  const limits = { ratioAfterBytes: 4 << 20, ratio: 100, members: 1000 };
  for await (const source of openFile(found, { stdin: streamOf(chunks), findTool: () => null, limits })) {
    for await (const chunk of source.chunks) if (chunk.length > 1 << 26) throw new Error("a chunk of 64 MiB");
    if (!source.complete() && source.problems().length === 0 && !source.container) {
      throw new Error("incomplete, and no problem says why");
    }
  }
}

async function tarSeeds(): Promise<Buffer[]> {
  const packing = pack();
  const text = "Jan  6 03:00:00 gw kernel: nf_conntrack: table full, dropping packet\n";
  packing.entry({ name: "var/log/messages" }, text.repeat(20));
  packing.entry({ name: `${"long/".repeat(40)}messages.1` }, text);
  packing.entry({ name: "etc/localtime", type: "symlink", linkname: "../usr/share/zoneinfo/UTC" });
  packing.entry({ name: "var/log/kern.log.1.gz" }, gzipSync(text.repeat(9)));
  packing.entry({ name: "empty" }, "");
  packing.finalize();
  const parts: Buffer[] = [];
  for await (const part of packing) parts.push(part as Buffer);
  const tar = Buffer.concat(parts);
  return [tar, gzipSync(tar)];
}

let folder: string | null = null;
/** Zip is read from a file only. */
function asFile(bytes: Buffer): string {
  if (folder === null) {
    const made = mkdtempSync(join(tmpdir(), "conntrail-fuzz-"));
    process.once("exit", () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  const path = join(folder, "input");
  writeFileSync(path, bytes);
  return path;
}

const NEEDLES = [...new Set([...MESSAGE_NEEDLES, ...OBSERVATION_NEEDLES])];

export const TARGETS: Readonly<Record<string, Target>> = {
  detect: {
    seeds: () => [...fileSeeds(), ...tableSeeds(), ...documentSeeds()],
    async run(bytes, cuts) {
      describeHead(bytes);
      detectRecords(bytes);
      detectDocument(decode(bytes.toString("latin1")), FACTS);
      await judgeContent(new Bytes(streamOf(chunked(bytes, cuts))));
    },
  },
  lines: {
    seeds: () => [...tableSeeds(), ...fileSeeds()],
    run(bytes) {
      for (const entry of entriesOf(bytes)) checkEntry(entry);
    },
  },
  observer: {
    seeds: () => [...tableSeeds(), ...fileSeeds()],
    run(bytes, cuts) {
      const role = ROLES[(cuts[0] ?? 0) % ROLES.length] ?? null;
      const observer = createObserver({ role, path: "sos/sysctl_-a", member: null, netns: null });
      const parser = createParser();
      let offset = 0;
      for (const [index, raw] of bytes.toString("latin1").split("\n").entries()) {
        const entry = parser.parse(decode(raw));
        const place = { raw, offset, length: raw.length, number: index + 1 };
        offset += raw.length + 1;
        if (entry === null) continue;
        for (const one of observer.push({ ...entry, ...place, fromLog: entry.format !== "bare" })) {
          if (!Number.isSafeInteger(one.value)) throw new Error(`value ${one.value} of ${one.key}`);
        }
      }
      observer.end();
      observer.problems();
    },
  },
  records: {
    seeds: () => [...recordSeeds(), ...fileSeeds()],
    run(bytes, cuts) {
      for (const { id } of RECORD_FORMATS) {
        const whole = readRecords(id, [bytes]);
        deepStrictEqual(readRecords(id, chunked(bytes, cuts)), whole);
        for (const { entry, offset, length } of whole.records) {
          checkEntry(entry);
          if (offset < 0 || length < 0 || offset + length > bytes.length)
            throw new Error("cited beyond the end");
        }
      }
    },
  },
  documents: {
    seeds: () => [...documentSeeds(), ...fileSeeds()],
    run(bytes, cuts) {
      for (const { id } of DOCUMENTS) {
        const whole = readDocument(id, [bytes]);
        deepStrictEqual(readDocument(id, chunked(bytes, cuts)), whole);
        for (const { value, offset } of whole.found) {
          if (!Number.isSafeInteger(value) || offset < 0) throw new Error(`value ${value} at ${offset}`);
        }
      }
    },
  },
  tar: { seeds: tarSeeds, run: (bytes, cuts) => openAll({}, chunked(bytes, cuts)) },
  zip: {
    seeds: () => [
      zipOf([
        { name: "var/log/messages", text: "Jan  6 03:00:00 gw kernel: table full\n".repeat(30) },
        { name: "x", text: "stored\n", method: 0 },
      ]),
    ],
    run: (bytes) => openAll({ path: asFile(bytes), sizeBytes: bytes.length }, []),
  },
  gzip: { seeds: gzipSeeds, run: (bytes, cuts) => openAll({}, chunked(bytes, cuts)) },
  ...(hasZstd()
    ? {
        zstd: {
          seeds: zstdSeeds,
          run: (bytes: Buffer, cuts: readonly number[]) => openAll({}, chunked(bytes, cuts)),
        },
      }
    : {}),
  xz: { seeds: () => [Buffer.from(XZ, "base64")], run: (bytes, cuts) => openAll({}, chunked(bytes, cuts)) },
  scan: {
    seeds: () => [...fileSeeds(), ...tableSeeds()],
    async run(bytes, cuts) {
      const sizes = [40, 100, 1000, 4096];
      const options = {
        needles: NEEDLES,
        clockNeedles: ["kernel: ", "rtc_cmos"],
        everyLine: false,
        waymarkBytes: [200, 2048, 65_536][(cuts[1] ?? 0) % 3] ?? 200,
        maxLineBytes: sizes[(cuts[0] ?? 0) % sizes.length] ?? 100,
        startOffset: 0,
        startLine: 1,
      };
      const { frame: reference, ...others } = WAYS;
      const chunks = chunked(bytes, cuts);
      const expected = await reference?.(chunks, options);
      for (const way of Object.values(others)) deepStrictEqual(await way(chunks, options), expected);
    },
  },
};
