// gzip (RFC 1952), member by member over raw deflate. node:zlib's own gunzip fails on rubbish behind the last
// member and then loses what it had not flushed; here the end of each member is known to the byte.

import { crc32 } from "node:zlib";
import type { ByteStream } from "../model/bytes.ts";
import { fromChunks, fromFill } from "./byte-stream.ts";
import type { Bytes } from "./bytes.ts";
import { type Inflate, type Inflating, inflate, inflateSteps } from "./inflate.ts";
import type { Ledger } from "./ledger.ts";
import { bombVerdict, type Limits } from "./limits.ts";
import { recover } from "./recover.ts";

const NAME_LIMIT = 64 * 1024;
/** Stored bytes kept for a second try where the stream cannot be read again. */
const KEEP_BYTES = 16 * 1024 * 1024;
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;

interface Tally {
  out: number;
  readonly ledger: Ledger;
  readonly limits: Limits;
}

export function isGzip(head: Uint8Array): boolean {
  return head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** A stream that ends behind the magic can be nothing else: no text has these two bytes. */
export function isGzipStart(head: Uint8Array): boolean {
  return isGzip(head) || (head.length === 2 && head[0] === 0x1f && head[1] === 0x8b);
}

/** Seconds of the header's MTIME as microseconds, or null where it says nothing. */
export function gzipTimeUs(head: Uint8Array): number | null {
  if (head.length < 8) return null;
  const seconds = Buffer.from(head.buffer, head.byteOffset, head.length).readUInt32LE(4);
  return seconds === 0 ? null : seconds * 1_000_000;
}

/** The decompressed bytes. Never throws for bad input: ends early, and the ledger says why. */
export function gunzip(
  input: Bytes,
  ledger: Ledger,
  limits: Limits,
  inflater: Inflate = inflate,
): ByteStream {
  const gunzipping = new Gunzipping(input, { out: 0, ledger, limits }, inflater);
  return fromFill((target) => gunzipping.fill(target));
}

/** A member that is being read. */
interface Open {
  readonly inflating: Inflating;
  /** Stored byte at which its deflate stream begins. */
  readonly start: number;
  readonly kept: Kept | null;
  crc: number;
  size: number;
}

class Gunzipping {
  readonly #input: Bytes;
  readonly #tally: Tally;
  readonly #inflate: Inflate;
  #open: Open | null = null;
  /** What is saved of a damaged member: nothing comes behind it. */
  #saved: ByteStream | null = null;
  #ended = false;

  constructor(input: Bytes, tally: Tally, inflater: Inflate) {
    this.#input = input;
    this.#tally = tally;
    this.#inflate = inflater;
  }

  fill(target: Uint8Array): number | Promise<number> {
    if (this.#saved !== null) return this.#saved.fill(target);
    if (this.#ended) return 0;
    const open = this.#open;
    if (open === null) return this.#begin().then(() => this.fill(target));
    let filled: number | Promise<number>;
    try {
      filled = open.inflating.fill(target);
    } catch {
      return this.#save(open).fill(target);
    }
    if (typeof filled === "number") return this.#filled(open, filled, target);
    return filled.then(
      (count) => this.#filled(open, count, target),
      () => this.#save(open).fill(target),
    );
  }

  async #begin(): Promise<void> {
    if (!(await skipHeader(this.#input))) {
      this.#ended = true;
      const { ledger, out } = this.#tally;
      ledger.damage("truncated", "the gzip stream ends inside a member's header", out);
      return;
    }
    const start = this.#input.taken;
    const kept = this.#input.again === null ? new Kept() : null;
    const inflating = this.#inflate(this.#input, kept === null ? undefined : (stored) => kept.add(stored));
    this.#open = { inflating, start, kept, crc: 0, size: 0 };
  }

  #filled(open: Open, count: number, target: Uint8Array): number | Promise<number> {
    if (count === 0) return this.#endMember(open).then(() => this.fill(target));
    const tally = this.#tally;
    open.crc = crc32(count === target.length ? target : target.subarray(0, count), open.crc);
    open.size += count;
    tally.out += count;
    const bomb =
      bombVerdict(tally.limits, open.inflating.consumed, open.size) ??
      bombVerdict(tally.limits, tally.out, tally.out);
    if (bomb !== null) {
      this.#close(open);
      this.#ended = true;
      tally.ledger.damage("compression-bomb", `gzip: ${bomb}; the rest was left unread`, tally.out);
    }
    return count;
  }

  async #endMember(open: Open): Promise<void> {
    this.#close(open);
    const whole = await checkTrailer(this.#input, this.#tally, open.crc, open.size);
    this.#ended = !whole || !(await atNextMember(this.#input, this.#tally));
  }

  #save(open: Open): ByteStream {
    this.#close(open);
    this.#saved = fromChunks(saved(this.#input, open, this.#tally));
    return this.#saved;
  }

  #close({ inflating }: Open): void {
    inflating.close();
    this.#open = null;
  }
}

/** What came before the damage and was not given yet. */
async function* saved(input: Bytes, open: Open, tally: Tally): AsyncGenerator<Uint8Array> {
  const { start, kept, inflating, size } = open;
  const again = input.again;
  const reread = again === null ? kept?.again() : () => again(start);
  if (reread !== undefined) {
    const failed = { again: reread, fedBytes: inflating.fed, deliveredBytes: size };
    for await (const out of recover(failed, inflateSteps)) {
      tally.out += out.length;
      yield out;
    }
  }
  tally.ledger.damage("corrupt", `gzip data is damaged at stored byte ${start} or later`, tally.out);
}

async function skipHeader(input: Bytes): Promise<boolean> {
  const fixed = await input.read(10);
  if (fixed.length < 10) return false;
  const flags = fixed[3] ?? 0;
  if (flags & FLAG.extra) {
    const size = await input.read(2);
    const bytes = (size[0] ?? 0) + 256 * (size[1] ?? 0);
    if ((await input.read(bytes)).length < bytes) return false;
  }
  if (flags & FLAG.name && !(await skipText(input))) return false;
  if (flags & FLAG.comment && !(await skipText(input))) return false;
  return !(flags & FLAG.headerCrc) || (await input.read(2)).length === 2;
}

async function skipText(input: Bytes): Promise<boolean> {
  for (let size = 256; size <= NAME_LIMIT; size *= 2) {
    const end = (await input.peek(size)).indexOf(0);
    if (end >= 0) {
      await input.read(end + 1);
      return true;
    }
  }
  return false;
}

async function checkTrailer(input: Bytes, tally: Tally, crc: number, size: number): Promise<boolean> {
  const trailer = Buffer.from(await input.read(8));
  if (trailer.length < 8) {
    tally.ledger.damage("truncated", "the gzip stream ends in the middle", tally.out);
    return false;
  }
  if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== size % 2 ** 32) {
    tally.ledger.damage("corrupt", "a gzip member's checksum does not fit what came out", tally.out);
  }
  return true;
}

/** True at a further member. NULs in between (tape blocks, a crash) and rubbish behind are told. */
async function atNextMember(input: Bytes, tally: Tally): Promise<boolean> {
  let skipped = 0;
  for (;;) {
    const head = await input.peek(4096);
    const text = head.findIndex((byte) => byte !== 0);
    const nuls = text < 0 ? head.length : text;
    skipped += (await input.read(nuls)).length;
    if (head.length === 0 || text >= 0) break;
  }
  const head = await input.peek(3);
  if (skipped === 0 && head.length === 0) return false;
  const further = isGzip(head);
  if (skipped > 0 || !further) {
    const what = head.length === 0 || further ? `${skipped} NUL bytes` : "bytes that are no gzip data";
    tally.ledger.note("trailing-rubbish", `${what} behind a gzip member were ignored`, tally.out);
  }
  return further;
}

/** The first stored bytes of a member, dropped when they become too many. */
class Kept {
  #chunks: Uint8Array[] | null = [];
  #bytes = 0;

  add(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    if (this.#bytes > KEEP_BYTES) this.#chunks = null;
    else this.#chunks?.push(Buffer.from(chunk));
  }

  again(): (() => AsyncIterable<Uint8Array>) | undefined {
    const chunks = this.#chunks;
    if (chunks === null) return undefined;
    return async function* () {
      yield* chunks;
    };
  }
}
