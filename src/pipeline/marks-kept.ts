// Lines kept for their stamps: what the clock is anchored to, and what coverage is made of.

import type { StoredStamp } from "../model/stored.ts";
import type { SourceSink } from "../store/sink.ts";
import { tellsStep, toldInstant, writtenOffset } from "./marks.ts";
import type { ReadLine } from "./reading.ts";
import type { Placed } from "./streams.ts";

/** Bytes between two lines that are kept as clock marks. */
const MARK_BYTES = 16 << 10;

/** Where a line stands: its stream, and its stamp as rows keep it. */
export interface Standing {
  readonly placed: Placed;
  readonly stamp: StoredStamp;
}

export interface MarkKeeper {
  /** Takes the next line. */
  see(line: ReadLine, at: Standing): void;
  /** True where a line at this offset would be kept for its place alone. */
  isDue(offset: number): boolean;
  /** The line seen last came again, up to this one. */
  seeAgain(line: ReadLine, at: Standing): void;
  /** Offset of the last line kept. */
  last(): number;
  /** The last line seen, with its standing; null before the first that says a time. */
  latest(): { readonly line: ReadLine; readonly at: Standing } | null;
  /** Keeps the last line of the source. */
  end(): void;
}

/** Makes the keeper for one source; `from`: offset of the last line kept before it. */
export function createMarkKeeper(sink: SourceSink, from: number | null): MarkKeeper {
  let last = from ?? Number.NEGATIVE_INFINITY;
  let latest: { line: ReadLine; at: Standing } | null = null;

  const keep = (
    line: ReadLine,
    { placed, stamp }: Standing,
    kind: "waymark" | "told" | "step",
    toldUs: number | null,
  ) => {
    const offset = line.entry.stamp?.kind === "instant" ? writtenOffset(line.raw) : null;
    sink.anchor({
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
    last = line.offset;
  };

  return {
    see(line, at) {
      const told = toldInstant(line.entry);
      if (told !== null) {
        keep(line, at, "told", told);
        if (line.entry.fromKernel) at.placed.proofs.add(told, line.entry.text);
      } else if (tellsStep(line.entry)) keep(line, at, "step", null);
      else if (line.entry.stamp !== null || line.entry.uptimeUs !== null) {
        if (line.offset - last >= MARK_BYTES) keep(line, at, "waymark", null);
        else latest = { line, at };
      }
    },
    isDue: (offset) => offset - last >= MARK_BYTES,
    seeAgain(line, at) {
      latest = { line, at };
    },
    last: () => last,
    latest: () => latest,
    end() {
      if (latest !== null && latest.line.offset > last) keep(latest.line, latest.at, "waymark", null);
    },
  };
}
