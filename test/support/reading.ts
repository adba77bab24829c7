// A source read into memory: what the reading stage hands over, without a database.

import { readSource } from "../../src/pipeline/reading/read-source.ts";
import { tap } from "../../src/sources/byte-stream.ts";
import { discover } from "../../src/sources/discover.ts";
import { openFile } from "../../src/sources/open.ts";
import type { AnchorRow, EventRow, SourceEnd, SourceSink } from "../../src/store/sink.ts";

const SETTINGS = { host: null, tz: null, year: null, referenceUs: null, processTz: "UTC", nowUs: null };

export interface ReadAll {
  readonly events: EventRow[];
  readonly anchors: AnchorRow[];
  readonly observations: unknown[];
  readonly ends: SourceEnd[];
  /** Decompressed, one of each source, and which of them each event is of. */
  readonly bytes: Buffer[];
  readonly sourceOf: number[];
}

/** Every source below a path. `smallBytes`: those of fewer bytes are read line by line. */
export async function readInto(path: string, smallBytes: number): Promise<ReadAll> {
  const all: ReadAll = { events: [], anchors: [], observations: [], ends: [], bytes: [], sourceOf: [] };
  let streams = 0;
  const sink: SourceSink = {
    stream: () => ++streams,
    endStream: () => {},
    event: (row) => {
      all.events.push(row);
      all.sourceOf.push(all.ends.length);
    },
    anchor: (row) => void all.anchors.push(row),
    proof: () => {},
    observation: (_stream, stamp, uptimeUs, found) =>
      void all.observations.push({ ...found, stamp, uptimeUs }),
    fact: (key, value) => void all.observations.push({ key, value }),
    dump: (_stream, total, exact, shares) => void all.observations.push({ total, exact, shares }),
  };
  for (const file of (await discover([path])).files) {
    for await (const source of openFile(file)) {
      if (source.container) {
        for await (const _ of source.chunks);
        continue;
      }
      const bytes: Buffer[] = [];
      const chunks = tap(source.chunks, (stretch) => bytes.push(Buffer.from(stretch)) > 0);
      all.ends.push(await readSource({ ...source, chunks }, sink, () => [], { ...SETTINGS, smallBytes }));
      all.bytes.push(Buffer.concat(bytes));
    }
  }
  return all;
}
