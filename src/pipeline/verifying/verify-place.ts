// One file read again for the sources that may lie in it: how many of their citations still hold there.

import { headKey } from "../../evidence/identity.ts";
import { type Cited, createRecheck, type Recheck } from "../../evidence/recheck.ts";
import type { ByteStream } from "../../model/bytes.ts";
import { sourceName } from "../../model/source-name.ts";
import type { Outcome } from "../../model/verification.ts";
import { discover, type FoundFile } from "../../sources/discover.ts";
import { openFile } from "../../sources/open.ts";
import type { OpenedSource } from "../../sources/opened.ts";
import { STDIN_PATH } from "../../sources/stdin.ts";
import type { Db } from "../../store/open.ts";
import { freshStatement } from "../../store/statements.ts";
import { peek } from "../reading/chunks.ts";

/** What is read again. */
export interface VerifyScope {
  /** Every event and every reading, not only what bursts and limits cite. */
  readonly all: boolean;
  readonly host: string | null;
  readonly burstId: number | null;
}

export interface CitedSource {
  readonly source_id: number;
  readonly path: string;
  readonly member: string | null;
  /** Hash of its first bytes; empty for very short ones. */
  readonly head: string;
  /** Decompressed, when it was read. */
  readonly bytes: number;
}

/** What became of one source's citations in one stream. */
export interface Trial {
  readonly path: string;
  readonly member: string | null;
  /** Place of the stream in its file: an archive can hold two members of one name. */
  readonly ordinal: number;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** The stream begins as the source did. */
  readonly alike: boolean;
  /** Decompressed bytes; null where it was not read to its end. */
  readonly bytes: number | null;
}

export interface PlaceOptions {
  /** Which sources a stream may be, by its own facts and the hash of its first bytes. */
  readonly mayBe: (source: CitedSource, stream: OpenedSource, head: string, ordinal: number) => boolean;
  readonly onTrial: (source: CitedSource, trial: Trial) => void;
  readonly onCited?: (source: CitedSource, one: Cited, outcome: Outcome, stream: string) => void;
}

/** Longest head that tells streams apart, bytes. */
const HEAD_BYTES = 64;

/** The file at a path, or why it cannot be read again. */
export async function findFile(path: string): Promise<FoundFile | string> {
  if (path === STDIN_PATH) return "standard input cannot be read again";
  const { files, problems } = await discover([path]);
  const file = files.find((one) => one.path === path);
  if (file !== undefined) return file.sizeBytes === null ? "a pipe cannot be read again" : file;
  const [problem] = problems;
  const why = problem === undefined ? "no such file" : problem.message.slice(`${path}: `.length);
  return path.startsWith("/") ? why : `${why} (the path is relative to where it was read)`;
}

/** Citations of one source in order of offset. */
export function citationsOf(db: Db, { source_id }: CitedSource, scope: VerifyScope): Iterator<Cited> {
  const rows = freshStatement(db, scope.all ? "verify_citations_all" : "verify_citations_cited").iterate({
    source_id,
    host: scope.host,
    burst_id: scope.burstId,
  }) as IterableIterator<Omit<Cited, "offset" | "length"> & { byte_offset: number; byte_length: number }>;
  return {
    next() {
      const row = rows.next();
      if (row.done === true) return { done: true, value: undefined };
      const { byte_offset: offset, byte_length: length, ...rest } = row.value;
      return { done: false, value: { ...rest, offset, length } };
    },
    return() {
      rows.return?.();
      return { done: true, value: undefined };
    },
  };
}

/**
 * Reads a file once, from its start to the last byte that is cited.
 * @returns why the file is not whole, or null.
 */
export async function readPlace(
  db: Db,
  scope: VerifyScope,
  file: FoundFile,
  sources: readonly CitedSource[],
  options: PlaceOptions,
): Promise<string | null> {
  let trouble: string | null = null;
  let ordinal = -1;
  for await (const stream of openFile(file)) {
    if (stream.container) {
      for await (const _ of stream.chunks);
      trouble = stream.problems()[0]?.message ?? trouble;
      continue;
    }
    ordinal++;
    const { head, bytes } = await peek(stream.chunks, HEAD_BYTES);
    const key = headKey(head);
    const here = sources.filter((source) => options.mayBe(source, stream, key, ordinal));
    if (here.length === 0) continue;
    await readStream(db, scope, { stream, bytes, key, ordinal }, here, options);
    trouble = stream.problems()[0]?.message ?? trouble;
  }
  return trouble;
}

interface Headed {
  readonly stream: OpenedSource;
  readonly bytes: ByteStream;
  readonly key: string;
  readonly ordinal: number;
}

async function readStream(
  db: Db,
  scope: VerifyScope,
  { stream, bytes, key, ordinal }: Headed,
  sources: readonly CitedSource[],
  { onTrial, onCited }: PlaceOptions,
): Promise<void> {
  const { path, member } = stream.facts;
  const name = sourceName(stream.facts);
  const checks = sources.map((source) => {
    const counts = { same: 0, changed: 0, missing: 0 };
    const rows = citationsOf(db, source, scope);
    const recheck = createRecheck(rows, (one, outcome) => {
      counts[outcome]++;
      onCited?.(source, one, outcome, name);
    });
    return { source, counts, rows, recheck, alike: source.head === "" || source.head === key };
  });
  try {
    const read = await feed(
      bytes,
      checks.map(({ recheck }) => recheck),
      checks.every(({ alike }) => alike),
    );
    for (const { source, counts, alike } of checks) {
      onTrial(source, { path, member, ordinal, counts, alike, bytes: read });
    }
  } finally {
    for (const { rows } of checks) rows.return?.();
  }
}

/** Bytes there were, or null where the rest was not wanted: a stream that begins otherwise is measured whole. */
async function feed(
  chunks: AsyncIterable<Uint8Array>,
  checks: readonly Recheck[],
  mayStop: boolean,
): Promise<number | null> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    for (const check of checks) check.push(chunk);
    if (mayStop && checks.every((check) => check.done())) return null;
  }
  for (const check of checks) check.end();
  return bytes;
}
