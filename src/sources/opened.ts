// A stream with all that is known of it before its first line, as the rest of the program gets it.

import type { ByteStream } from "../model/bytes.ts";
import type { OpenSource, SourceFacts } from "../model/source.ts";
import { fromFill } from "./byte-stream.ts";
import type { Ledger } from "./ledger.ts";
import type { Place } from "./place.ts";
import { readRotation } from "./rotation.ts";

export interface OpenedSource extends OpenSource {
  /** True: no stream but an archive as a whole (or a file that could not be read), here only to tell its problems. */
  readonly container: boolean;
  /** Offset of the first byte of `chunks`; not 0 only where `startOffset` was asked for and could be granted. */
  readonly startOffset: number;
}

/** Where a stream lies: the file, the archives around it, its own name. */
export interface Where {
  readonly path: string;
  /** Labels of the archive members around this stream, outermost first, without its own. */
  readonly outer: readonly string[];
  /** Own label inside the innermost archive; null for the file itself. */
  readonly label: string | null;
  readonly sizeBytes: number | null;
  readonly mtimeUs: number | null;
  readonly gzipTimeUs: number | null;
  readonly place: Place;
  /** Bundle and namespace of what is around, for streams that belong to none themselves. */
  readonly inherited: { readonly bundle: string | null; readonly netns: string | null };
}

export function bundleOf({ path, outer, label, place, inherited }: Where): string | null {
  if (place.root === null) return inherited.bundle;
  if (label === null) return place.root === "" ? "." : place.root;
  const inside = [...outer, place.root.replace(/\/$/, "")].filter((part) => part !== "");
  return [path, ...inside].join("!");
}

export function factsOf(where: Where): SourceFacts {
  const { path, outer, label, place, inherited } = where;
  const around = label === null ? [] : [path, ...outer];
  const rotation = readRotation(label ?? path);
  return {
    path,
    member: label === null ? null : [...outer, label].join("!"),
    mtimeUs: where.mtimeUs,
    gzipTimeUs: where.gzipTimeUs,
    nameDate: rotation.nameDate,
    channel: place.channel ?? rotation.channel,
    family: [...around, rotation.family].join("!"),
    rank: rotation.rank,
    role: place.role,
    bundle: bundleOf(where),
    netns: place.netns ?? inherited.netns,
  };
}

export interface Stream {
  readonly chunks: ByteStream;
  /** Layers whose problems are this stream's own. */
  readonly ledgers: readonly Ledger[];
  /** Layers around it: told elsewhere, but damage there leaves this stream incomplete too. */
  readonly around?: readonly Ledger[];
  readonly startOffset?: number;
}

export function opened(where: Where, stream: Stream, facts: Partial<SourceFacts> = {}): OpenedSource {
  const { ledgers, around = [], chunks, startOffset = 0 } = stream;
  return {
    facts: { ...factsOf(where), ...facts },
    sizeBytes: where.sizeBytes,
    container: false,
    startOffset,
    chunks,
    problems: () => ledgers.flatMap(({ problems }) => problems),
    complete: () => [...ledgers, ...around].every(({ complete }) => complete),
  };
}

/** Nothing to read, only something to tell. */
export function container(where: Where, ledgers: readonly Ledger[]): OpenedSource {
  return { ...opened(where, { chunks: fromFill(() => 0), ledgers }), container: true };
}
