// Zip archives by their central directory (PKWARE APPNOTE 6.3), which stands at the end: local headers may lack
// sizes. So a zip must be a file that can be read at any place.

import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type { ByteStream } from "../model/bytes.ts";
import { fromFill } from "./byte-stream.ts";
import { Bytes } from "./bytes.ts";
import { inflate } from "./inflate.ts";
import { Ledger } from "./ledger.ts";
import { bombVerdict, type Growth, type Limits } from "./limits.ts";
import type { Member } from "./member.ts";
import { readChunks } from "./read.ts";

const END_BYTES = 22;
const COMMENT_BYTES = 65_535;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const LOCATOR_BYTES = 20;
const METHOD = { stored: 0, deflated: 8 } as const;
const ENCRYPTED = 1;
const ZIP64 = 0xffffffff;

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly stored: number;
  readonly size: number;
  readonly at: number;
  readonly mtimeUs: number | null;
}

export function looksLikeZip(head: Uint8Array): boolean {
  return /^PK(?:\x03\x04|\x05\x06)/.test(Buffer.from(head.subarray(0, 4)).toString("latin1"));
}

export async function* readZip(
  handle: FileHandle,
  fileBytes: number,
  ledger: Ledger,
  limits: Limits,
  growth: Growth,
): AsyncGenerator<Member> {
  const end = await findDirectory(handle, fileBytes);
  if (end === null) {
    return ledger.damage(
      "truncated",
      "the zip archive ends without its directory: cut off, or still written",
    );
  }
  const directory = new Bytes(readChunks(handle, end.at, fileBytes, ledger));
  for (let i = 0; i < end.count; i += 1) {
    const entry = await readEntry(directory);
    if (entry === null) return ledger.damage("corrupt", `the zip directory is damaged behind ${i} members`);
    if (entry.name.endsWith("/")) continue;
    const member = await openMember(handle, fileBytes, entry, limits, growth);
    if (typeof member !== "string") yield member;
    else
      ledger.damage(
        "unsupported-member",
        `${JSON.stringify(entry.name.slice(0, 200))} was not read: ${member}`,
      );
  }
  await directory.close();
}

async function findDirectory(
  handle: FileHandle,
  bytes: number,
): Promise<{ at: number; count: number } | null> {
  const from = Math.max(0, bytes - END_BYTES - COMMENT_BYTES);
  const tail = await readAt(handle, from, bytes - from);
  const end = tail.lastIndexOf("PK\x05\x06", tail.length, "latin1");
  if (end < 0 || end + END_BYTES > tail.length) return null;
  const count = tail.readUInt16LE(end + 10);
  const at = tail.readUInt32LE(end + 16);
  if (at !== ZIP64 && count !== 0xffff) return { at, count };
  const locator = await readAt(handle, from + end - LOCATOR_BYTES, LOCATOR_BYTES);
  if (locator.length < LOCATOR_BYTES || !locator.toString("latin1").startsWith("PK\x06\x07"))
    return { at, count };
  const large = await readAt(handle, Number(locator.readBigUInt64LE(8)), 56);
  if (large.length < 56) return null;
  return { at: Number(large.readBigUInt64LE(48)), count: Number(large.readBigUInt64LE(32)) };
}

async function readEntry(directory: Bytes): Promise<Entry | null> {
  const fixed = Buffer.from(await directory.read(ENTRY_BYTES));
  if (fixed.length < ENTRY_BYTES || fixed.readUInt32LE(0) !== 0x02014b50) return null;
  const name = Buffer.from(await directory.read(fixed.readUInt16LE(28))).toString("utf8");
  const extra = Buffer.from(await directory.read(fixed.readUInt16LE(30)));
  await directory.read(fixed.readUInt16LE(32));
  const wide = [fixed.readUInt32LE(24), fixed.readUInt32LE(20), fixed.readUInt32LE(42)];
  const { sizes, mtimeUs } = readExtra(extra, wide);
  const [size = 0, stored = 0, at = 0] = sizes;
  const flags = fixed.readUInt16LE(8);
  return {
    name,
    flags,
    method: fixed.readUInt16LE(10),
    crc: fixed.readUInt32LE(16),
    stored,
    size,
    at,
    mtimeUs,
  };
}

// Field 0x0001 holds, in order, those sizes that do not fit 32 bits; 0x5455 a time in UTC. The directory's own time
// is local time of an unknown zone, so it is not taken.
function readExtra(extra: Buffer, narrow: readonly number[]): { sizes: number[]; mtimeUs: number | null } {
  let sizes = [...narrow];
  let mtimeUs: number | null = null;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    if (extra.readUInt16LE(at) === 1) {
      let next = 0;
      sizes = sizes.map((size) => {
        if (size !== ZIP64 || next + 8 > field.length) return size;
        next += 8;
        return Number(field.readBigUInt64LE(next - 8));
      });
    } else if (extra.readUInt16LE(at) === 0x5455 && field.length >= 5 && (field[0] ?? 0) & 1) {
      mtimeUs = field.readInt32LE(1) * 1_000_000;
    }
  }
  return { sizes, mtimeUs };
}

/** The member, or the reason why it cannot be read. */
async function openMember(
  handle: FileHandle,
  fileBytes: number,
  entry: Entry,
  limits: Limits,
  growth: Growth,
): Promise<Member | string> {
  if (entry.flags & ENCRYPTED) return "it is encrypted";
  if (entry.method !== METHOD.stored && entry.method !== METHOD.deflated)
    return `compression method ${entry.method}`;
  const local = await readAt(handle, entry.at, LOCAL_BYTES);
  if (local.length < LOCAL_BYTES || local.readUInt32LE(0) !== 0x04034b50) return "its header is damaged";
  const from = entry.at + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
  const ledger = new Ledger();
  const stored = readChunks(handle, from, Math.min(from + entry.stored, fileBytes), ledger);
  const plain = entry.method === METHOD.stored ? stored : inflated(stored);
  const body = checked(plain, entry, ledger, limits, growth);
  const { name, size, mtimeUs } = entry;
  return { name, link: null, sizeBytes: size, mtimeUs, body: new Bytes(body), ledger };
}

function inflated(stored: ByteStream): ByteStream {
  const inflating = inflate(new Bytes(stored));
  return fromFill((target) => inflating.fill(target));
}

async function* checked(
  chunks: AsyncIterable<Uint8Array>,
  entry: Entry,
  ledger: Ledger,
  limits: Limits,
  growth: Growth,
): AsyncGenerator<Uint8Array> {
  let crc = 0;
  let out = 0;
  try {
    for await (const chunk of chunks) {
      crc = crc32(chunk, crc);
      out += chunk.length;
      yield chunk;
      // Members may share their stored bytes, so each alone can be sound.
      const bomb = bombVerdict(limits, entry.stored, out) ?? growth.add(chunk.length);
      if (bomb === null) continue;
      return ledger.damage("compression-bomb", `zip: ${bomb}; the rest was left unread`, out);
    }
  } catch {
    return ledger.damage("corrupt", "deflated data of a zip member is damaged", out);
  }
  if (out < entry.size)
    ledger.damage("truncated", `the zip member ends after ${out} of ${entry.size} bytes`, out);
  else if (crc !== entry.crc)
    ledger.damage("corrupt", "a zip member's checksum does not fit what came out", out);
}

async function readAt(handle: FileHandle, from: number, bytes: number): Promise<Buffer> {
  if (from < 0 || bytes <= 0) return Buffer.alloc(0);
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await handle.read(buffer, 0, bytes, from).catch(() => ({ bytesRead: 0 }));
  return buffer.subarray(0, bytesRead);
}
