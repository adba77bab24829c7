// The ways to read lines that must agree, each as a function from bytes in given chunks to what was told.

import { frame } from "../../src/lines/frame.ts";
import type { LineOptions, LineReading } from "../../src/lines/options.ts";
import { scan } from "../../src/lines/scan.ts";
import type { MakeSearch } from "../../src/lines/search.ts";
import { plainSearch } from "../../src/lines/search-plain.ts";
import { simdSearch } from "../../src/lines/search-simd.ts";
import type { ByteStream } from "../../src/model/bytes.ts";
import type { Line } from "../../src/model/line.ts";
import { fromChunks } from "../../src/sources/byte-stream.ts";
import { tuneEngine } from "../../src/start/engine.ts";
import { byKind, type Told } from "./model.ts";

export type Way = (chunks: readonly Uint8Array[], options: LineOptions) => Promise<Told>;

export const WAYS: Readonly<Record<string, Way>> = {
  frame: (chunks, options) => told(frame(stream(chunks), options)),
  "scan with relaxed SIMD": (chunks, options) => told(scan(stream(chunks), options, withSimd("relaxed"))),
  "scan with SIMD": (chunks, options) => told(scan(stream(chunks), options, withSimd("strict"))),
  "scan without SIMD": (chunks, options) => told(scan(stream(chunks), options, plainSearch)),
};

// Node 20 has relaxed SIMD behind a flag, which must be set before the engine is first asked.
tuneEngine();

/** Compiled anew for every reading: the searches of a run share one, whichever it is. */
export const withSimd =
  (form: "relaxed" | "strict"): MakeSearch =>
  (needles, clockNeedles, windowBytes) => {
    const search = simdSearch(needles, clockNeedles, windowBytes, form);
    if (search === null) throw new Error(`no ${form} SIMD here`);
    return search;
  };

/** One chunk in a buffer that is used again, as a decompressor may do. */
function stream(chunks: readonly Uint8Array[]): ByteStream {
  return fromChunks(lent(chunks));
}

async function* lent(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    const copy = Uint8Array.from(chunk);
    yield copy;
    copy.fill(0x2a);
  }
}

/** Lines that came as one, as the lines they are. */
function oneByOne(line: Line): Line[] {
  return Array.from({ length: line.times }, (_, index) => ({
    ...line,
    offset: line.offset + index * (line.length + 1),
    number: line.number + index,
    times: 1,
  }));
}

async function told(reading: LineReading): Promise<Told> {
  const lines: Line[] = [];
  for await (const batch of reading.batches) lines.push(...batch.flatMap(oneByOne));
  const { problems, ...summary } = reading.summary();
  const brief = problems.map(({ kind, offset, count }) => [kind, offset ?? -1, count] as const).sort(byKind);
  return { lines, summary: { ...summary, problems: brief } };
}
