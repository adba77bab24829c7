// Sound inputs to spoil: what the tables prove themselves with, the samples, and the corpus where it lies.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import zlib, { gzipSync } from "node:zlib";
import { FALLBACKS, FORMATS } from "../../src/formats/catalogue.ts";
import { RECORD_FORMATS } from "../../src/formats/record-catalogue.ts";
import { MESSAGES } from "../../src/messages/catalogue.ts";
import { CATALOGUE } from "../../src/observations/catalogue.ts";
import { DOCUMENTS } from "../../src/observations/documents.ts";

/** Long seeds make slow and dull executions. */
const MOST_BYTES = 16 << 10;
const ROOT = process.env.CONNTRAIL_FUZZ_ROOT ?? fileURLToPath(new URL("../..", import.meta.url));

function below(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = (readdirSync(folder, { recursive: true }) as string[]).sort();
  return names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
}

/** The first bytes of every file of the samples, of the cases and of the corpus. */
export function fileSeeds(): Buffer[] {
  const corpus = process.env.CONNTRAIL_CORPUS ?? join(ROOT, "../shared/corpus");
  const folders = [join(ROOT, "samples"), join(ROOT, "test/cases/ingest"), corpus];
  return folders.flatMap(below).map((path) => readFileSync(path).subarray(0, MOST_BYTES));
}

/** Lines and records that the tables prove themselves with. */
export function tableSeeds(): Buffer[] {
  const texts = [
    ...[...FORMATS, ...FALLBACKS].flatMap(({ samples, lookalikes }) => [
      ...samples.map(({ line }) => line),
      ...lookalikes,
    ]),
    ...MESSAGES.flatMap(({ samples, lookalikes }) => [...samples.map(({ text }) => text), ...lookalikes]),
    ...CATALOGUE.flatMap((row) => row.samples.map(({ text }) => text)),
  ];
  const stamped = texts.map((text) => Buffer.from(`${text}\n`));
  return [...stamped, Buffer.from(texts.join("\n")), ...recordSeeds()];
}

export function recordSeeds(): Buffer[] {
  return RECORD_FORMATS.flatMap(({ samples }) => samples.map(({ bytes }) => Buffer.from(bytes)));
}

export function documentSeeds(): Buffer[] {
  return DOCUMENTS.map(({ example }) => Buffer.from(example));
}

/** Compressed bytes: whole, in two members, with a name, with rubbish behind, of a long run. */
export function gzipSeeds(): Buffer[] {
  const text = Buffer.from(
    "Jan  6 03:00:00 gw kernel: nf_conntrack: table full, dropping packet\n".repeat(40),
  );
  const one = gzipSync(text);
  const named = Buffer.concat([
    one.subarray(0, 3),
    Buffer.from([8]),
    one.subarray(4, 10),
    Buffer.from("m.log\0"),
    one.subarray(10),
  ]);
  return [
    one,
    Buffer.concat([one, one]),
    named,
    Buffer.concat([one, text]),
    gzipSync(Buffer.alloc(1 << 20)),
    gzipSync(one),
  ];
}

/** Where this Node compresses zstd: whole, in two frames, with rubbish behind, of a long run, of many blocks. */
export function zstdSeeds(): Buffer[] {
  const { zstdCompressSync } = zlib as unknown as { zstdCompressSync?: (bytes: Uint8Array) => Buffer };
  if (zstdCompressSync === undefined) return [];
  const text = Buffer.from(
    "Jan  6 03:00:00 gw kernel: nf_conntrack: table full, dropping packet\n".repeat(40),
  );
  const one = zstdCompressSync(text);
  const skippable = Buffer.from("502a4d1803000000616263", "hex");
  return [
    one,
    Buffer.concat([skippable, one, one]),
    Buffer.concat([one, text]),
    zstdCompressSync(Buffer.alloc(1 << 20)),
    zstdCompressSync(Buffer.from(Array.from({ length: 400_000 }, (_, i) => (i * i) % 251))),
    zstdCompressSync(one),
  ];
}
