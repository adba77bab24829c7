// Lines kept for their stamps: what the clock is anchored to, and what coverage is made of.

import type { Observation } from "../../model/observation.ts";
import type { StoredStamp } from "../../model/stored.ts";
import type { SourceSink } from "../../store/sink.ts";
import { tellsStep, toldInstant, writtenOffset } from "./marks.ts";
import { copyOf, type ReadLine } from "./read-line.ts";
import type { Placed } from "./standing.ts";

/** Bytes between two lines that are kept as clock marks, at first and at most; between, a share of what lies before. */
const NEAREST_BYTES = 16 << 10;
const FARTHEST_BYTES = 256 << 10;
const SHARE = 1 / 1024;

export interface MarkKeeper {
  /** Takes the next line. */
  see(line: ReadLine): void;
  /** As `see`, of stamped lines that are known to tell neither an instant nor a step of the clock. */
  seePlain(line: ReadLine): void;
  /** Offset of the last line kept. */
  last(): number;
  /** The last line seen; null before the first that says a time. */
  latest(): ReadLine | null;
  /** Keeps the last line of the source. */
  end(): void;
}

/** Makes the keeper for one source; `from`: offset of the last line kept before it. */
export function createMarkKeeper(sink: SourceSink, from: number | null): MarkKeeper {
  return new Marks(sink, from ?? Number.NEGATIVE_INFINITY);
}

class Marks implements MarkKeeper {
  readonly #sink: SourceSink;
  #last: number;
  #latest: ReadLine | null = null;

  constructor(sink: SourceSink, last: number) {
    this.#sink = sink;
    this.#last = last;
  }

  see(line: ReadLine): void {
    const { entry, at } = line;
    const told = toldInstant(entry);
    if (told !== null) {
      this.#keep(line, "told", told);
      if (entry.fromKernel) at.placed.proofs.add(told, entry.text);
    } else if (tellsStep(entry)) this.#keep(line, "step", null);
    else if (entry.stamp !== null || entry.uptimeUs !== null) this.seePlain(line);
  }

  seePlain(line: ReadLine): void {
    for (let nth = nthDue(line, this.#last); nth < line.times; nth = nthDue(line, this.#last)) {
      this.#keep(copyOf(line, nth), "waymark", null);
    }
    this.#latest = line;
  }

  last(): number {
    return this.#last;
  }

  latest(): ReadLine | null {
    return this.#latest;
  }

  end(): void {
    if (this.#latest === null) return;
    const line = copyOf(this.#latest, this.#latest.times - 1);
    if (line.offset > this.#last) this.#keep(line, "waymark", null);
  }

  #keep(line: ReadLine, kind: "waymark" | "told" | "step", toldUs: number | null): void {
    const { placed, stamp } = line.at;
    const offset = line.entry.stamp?.kind === "instant" ? writtenOffset(line.raw) : null;
    this.#sink.anchor({
      stamp_kind: stamp.stamp_kind,
      stamp_us: stamp.stamp_us,
      resolution_us: stamp.resolution_us,
      zone_name: offset ?? stamp.zone_name,
      stream_id: placed.streamId,
      line: line.number,
      byte_offset: line.offset,
      byte_length: line.length,
      kind,
      uptime_us: placed.uptimeUs,
      told_us: toldUs,
    });
    this.#last = line.offset;
  }
}

/** Which of equal lines, from 0, is the first to be kept for its place alone. */
function nthDue({ offset, length }: ReadLine, last: number): number {
  const apart = Math.min(FARTHEST_BYTES, Math.max(NEAREST_BYTES, last * SHARE));
  return Math.max(0, Math.ceil((last + apart - offset) / (length + 1)));
}

/** Keeps a reading that tells an uptime beside an instant: an anchor of its own. `line`: its number. */
export function keepSample(
  sink: SourceSink,
  { streamId, uptimeUs }: Placed,
  stamp: StoredStamp,
  line: number,
  { offset, length }: Observation,
): void {
  sink.anchor({
    ...stamp,
    stream_id: streamId,
    line,
    byte_offset: offset,
    byte_length: length,
    kind: "sample",
    uptime_us: uptimeUs,
    told_us: null,
  });
}
