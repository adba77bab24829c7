// One file to its sources: itself, or the members of the archive it is. The consumer reads one source's chunks
// before it asks for the next; what it leaves unread is passed over.

import { constants } from "node:fs";
import { type FileHandle, lstat, open, readlink } from "node:fs/promises";
import type { ByteStream } from "../model/bytes.ts";
import { fromChunks, tap } from "./byte-stream.ts";
import { Bytes } from "./bytes.ts";
import { findCodec, MAGIC_BYTES } from "./codecs.ts";
import { HEAD_BYTES, judgeContent } from "./content.ts";
import type { FoundFile } from "./discover.ts";
import { Ledger } from "./ledger.ts";
import { Growth, LIMITS, type Limits } from "./limits.ts";
import { container, type OpenedSource, opened, type Where } from "./opened.ts";
import { isNamedPipe, readPipe } from "./pipe.ts";
import { placeFile } from "./place.ts";
import { openProblem, readChunks } from "./read.ts";
import { hasSections } from "./sections.ts";
import { readStdin, STDIN_PATH } from "./stdin.ts";
import { type Job, linkText, openStream } from "./streams.ts";
import { BLOCK_BYTES, looksLikeTar } from "./tar-block.ts";
import { type FindTool, findOnPath } from "./tools.ts";
import { looksLikeZip } from "./zip.ts";

export interface OpenOptions {
  /** Read a plain file on from here. For anything else reading starts at 0; the source's `startOffset` tells. */
  readonly startOffset?: number;
  readonly limits?: Partial<Limits>;
  readonly findTool?: FindTool;
  /** False: programs decompress what they can, whatever Node itself has. */
  readonly inProcess?: boolean;
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  /** Given every stored byte in order, beside the reading: for a hash, or a progress bar. What it is given does not last. */
  readonly onStored?: (chunk: Uint8Array) => void;
  /** Counts what is left unread because it is known not to matter. */
  readonly counts?: { unread: number };
}

export async function* openFile(file: FoundFile, options: OpenOptions = {}): AsyncGenerator<OpenedSource> {
  const limits = { ...LIMITS, ...options.limits };
  const job: Job = {
    limits,
    growth: new Growth(limits),
    findTool: options.findTool ?? findOnPath,
    inProcess: options.inProcess ?? true,
    counts: options.counts ?? { unread: 0 },
  };
  const where = whereOf(file);
  if (!where.place.read) {
    job.counts.unread += 1;
    return;
  }
  if (file.path === STDIN_PATH) yield* openStdin(where, options, job);
  else if (where.place.role === "localtime" && (await isLink(file.path))) yield* openLink(where);
  else yield* openPath(where, options, job);
}

function whereOf(file: FoundFile): Where {
  const { path, sizeBytes, mtimeUs, bundle } = file;
  const inherited = { bundle: null, netns: null };
  const place = placeFile(path, bundle);
  return { path, outer: [], label: null, sizeBytes, mtimeUs, gzipTimeUs: null, place, inherited };
}

async function* openStdin(where: Where, options: OpenOptions, job: Job): AsyncGenerator<OpenedSource> {
  const ledger = new Ledger();
  const chunks = readStdin(options.stdin ?? process.stdin, ledger);
  const bytes = new Bytes(tapped(fromChunks(chunks), job.growth, options.onStored));
  yield* openStream({ where, bytes, ledgers: [ledger], codecs: [], file: null }, job);
}

async function* openLink(where: Where): AsyncGenerator<OpenedSource> {
  const target = await readlink(where.path).catch(() => "");
  yield opened(where, { chunks: fromChunks(linkText(target)), ledgers: [] });
}

async function* openPath(where: Where, options: OpenOptions, job: Job): AsyncGenerator<OpenedSource> {
  const ledger = new Ledger();
  let handle: FileHandle | null = null;
  try {
    handle = await open(where.path, constants.O_RDONLY | constants.O_NONBLOCK);
    const info = await handle.stat();
    if (info.isFIFO()) yield* openPipe(handle, where, ledger, options, job);
    else yield* openHandle(handle, info.size, where, ledger, options, job);
  } catch (error) {
    if (handle !== null) throw error;
    const { kind, message } = openProblem(error);
    if (kind === "no-such-file") ledger.damage("read-error", "vanished since it was found");
    else ledger.damage(kind, message);
    yield container(where, [ledger]);
  } finally {
    await handle?.close();
  }
}

async function* openPipe(
  handle: FileHandle,
  where: Where,
  ledger: Ledger,
  { onStored }: OpenOptions,
  job: Job,
): AsyncGenerator<OpenedSource> {
  const pipe = readPipe(handle, await isNamedPipe(where.path), ledger);
  const bytes = new Bytes(tapped(pipe, job.growth, onStored));
  if ((await bytes.peek(1)).length === 0 && ledger.problems.length > 0) yield container(where, [ledger]);
  else yield* openStream({ where, bytes, ledgers: [ledger], codecs: [], file: null }, job);
}

async function* openHandle(
  handle: FileHandle,
  size: number,
  where: Where,
  ledger: Ledger,
  options: OpenOptions,
  job: Job,
): AsyncGenerator<OpenedSource> {
  const { startOffset = 0, onStored } = options;
  // Files of /proc tell no size.
  const end = size > 0 ? size : null;
  const from = startOffset > 0 && (await isPlain(handle, size)) ? startOffset : 0;
  if (from > size) {
    ledger.damage("read-error", `shorter (${size} bytes) than what was read before (${from} bytes)`, from);
  }
  const again = end === null ? null : (at: number) => readChunks(handle, at, end, new Ledger());
  const bytes = new Bytes(tapped(readChunks(handle, from, end, ledger), job.growth, onStored), again);
  if (from > 0) {
    yield opened(where, { chunks: bytes, ledgers: [ledger], startOffset: from });
    return;
  }
  const file = end === null ? null : { handle, bytes: end };
  let delivered = false;
  for await (const source of openStream({ where, bytes, ledgers: [ledger], codecs: [], file }, job)) {
    delivered ||= !source.container;
    yield source;
  }
  // Decoders stop early at damage or rubbish; a hash wants every byte.
  if (onStored !== undefined && delivered) await bytes.drain();
}

/** Neither compressed nor an archive nor binary: bytes stand at the offsets that lines are cited by. */
async function isPlain(handle: FileHandle, size: number): Promise<boolean> {
  const bytes = new Bytes(readChunks(handle, 0, size, new Ledger()));
  const head = await bytes.peek(HEAD_BYTES);
  const content = await judgeContent(bytes);
  await bytes.close();
  if (content !== "text" || hasSections(head) || looksLikeZip(head)) return false;
  return findCodec(head.subarray(0, MAGIC_BYTES)) === null && !looksLikeTar(head.subarray(0, BLOCK_BYTES));
}

function tapped(stream: ByteStream, growth: Growth, onStored: OpenOptions["onStored"]): ByteStream {
  return tap(stream, (bytes) => {
    growth.stored += bytes.length;
    onStored?.(bytes);
    return true;
  });
}

async function isLink(path: string): Promise<boolean> {
  return await lstat(path).then(
    (info) => info.isSymbolicLink(),
    () => false,
  );
}
