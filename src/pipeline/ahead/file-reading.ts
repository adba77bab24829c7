// A file on its way into the database: its sources one after the other, read by this thread or ahead by another.

import { createHash } from "node:crypto";
import type { Problem } from "../../model/problem.ts";
import type { OpenSource, SourceFacts } from "../../model/source.ts";
import type { FoundFile } from "../../sources/discover.ts";
import type { SourceEnd, SourceWriter } from "../../store/sink.ts";
import type { ReadSettings } from "../reading/read-source.ts";

/** A source, to be read before the next is asked for. */
export interface SourceReading {
  readonly facts: SourceFacts;
  /** Nothing to read, only problems to tell. */
  readonly container: boolean;
  /**
   * Reads it.
   * @throws ReadAnew where it was read ahead in vain: nothing of what was written may be kept.
   */
  read(writer: SourceWriter): Promise<SourceEnd>;
  /** Once it was read, or there was nothing to read. */
  problems(): readonly Problem[];
}

/** What was read ahead is of no use: other sources are known by now, or the thread is gone. Whoever wants it reads. */
export class ReadAnew extends Error {}

export interface FileReading {
  /** @throws ReadAnew as a source does. */
  sources(): AsyncIterable<SourceReading>;
  /** Of the stored bytes, once its sources were read; null: that was not asked for. */
  sha256(): string | null;
}

export interface FileReadOptions {
  /** SHA-256 of the stored bytes. */
  readonly hash: boolean;
  readonly settings: () => ReadSettings;
  readonly onStored: (bytes: number) => void;
}

/** Reads here and now; `from`: sources that are passed over. */
export function readHere(file: FoundFile, options: FileReadOptions, from = 0): FileReading {
  const hash = options.hash ? createHash("sha256") : null;
  const onStored = (chunk: Uint8Array) => {
    hash?.update(chunk);
    options.onStored(chunk.length);
  };
  async function* sources(): AsyncGenerator<SourceReading> {
    const { openFile } = await import("../../sources/open.ts");
    let nth = 0;
    for await (const source of openFile(file, { onStored })) {
      if (nth >= from) yield await readingOf(source, options.settings);
      nth += 1;
    }
  }
  return { sources, sha256: () => hash?.copy().digest("hex") ?? null };
}

async function readingOf(
  source: OpenSource & { readonly container: boolean },
  settings: () => ReadSettings,
): Promise<SourceReading> {
  const { facts, container } = source;
  if (container) for await (const _ of source.chunks);
  return {
    facts,
    container,
    async read(writer) {
      const { readSource } = await import("../reading/read-source.ts");
      return readSource(source, writer, writer.alike, settings());
    },
    problems: () => source.problems(),
  };
}
