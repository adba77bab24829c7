// A source: one decompressed byte stream, and what is known of it before its first line is read.

import type { ByteStream } from "./bytes.ts";
import type { Problem } from "./problem.ts";

/** What a path (or an archive member) offers for dating and naming its lines. All of it is evidence, none is proof. */
export interface SourceFacts {
  /** Path as the user gave it or as found below a given folder; `-` for standard input. */
  readonly path: string;
  /** Members from the outermost archive inwards, joined by `!`; null for a plain file. A label, never a path. */
  readonly member: string | null;
  /** Modification time, microseconds UTC: of the file, or of the member inside the archive. Null for stdin. */
  readonly mtimeUs: number | null;
  /** Time in the gzip header, microseconds UTC, or null where it is absent or 0. */
  readonly gzipTimeUs: number | null;
  /** Date in a rotated name (`messages-20190106`): first instant of that day as local `YYYYMMDD`, else null. */
  readonly nameDate: string | null;
  /** Which log of the host: `messages`, `syslog`, `kern`, `dmesg`, `journal`, `console`, `pstore`, or the stem of the name. */
  readonly channel: string;
  /** Names of one rotated log share this: folder and stem. */
  readonly family: string;
  /** Place in the family, oldest first when sorted ascending; null where the name says nothing. */
  readonly rank: number | null;
  /** Role given by a bundle's table (`sysctl`, `hostname`, `date`, ...), or null: look at the content. */
  readonly role: string | null;
  /** Bundle the source belongs to (path and member of its root), or null. */
  readonly bundle: string | null;
  /** Network namespace that a bundle's folder names, or null. */
  readonly netns: string | null;
}

/** An opened source. `chunks` may be read once. */
export interface OpenSource {
  readonly facts: SourceFacts;
  /** Size where the bytes lie as they are stored, and so may grow; null where they are decompressed, or it is not told. */
  readonly sizeBytes: number | null;
  /** Decompressed bytes. Never throws for bad input: ends early, and `problems()` says why. */
  readonly chunks: ByteStream;
  /** Known after `chunks` ended. */
  problems(): readonly Problem[];
  /** False where bytes are known to be missing (truncated, damaged). Known after `chunks` ended. */
  complete(): boolean;
}

/** A known source that may be a beginning of one that is read: by its length and what it is known by. */
export interface Earlier {
  readonly sourceId: number;
  /** Decompressed. */
  readonly bytes: number;
  readonly identity: string;
}
