// Compression formats by their magic bytes, never by name: rotated logs are renamed, and `.gz` may be plain text.

import type { ByteStream } from "../model/bytes.ts";
import { fromChunks } from "./byte-stream.ts";
import type { Bytes } from "./bytes.ts";
import { gunzip, isGzipStart } from "./gzip.ts";
import { Ledger } from "./ledger.ts";
import type { Limits } from "./limits.ts";
import { runToolOnFile, type StoredFile } from "./tool-file.ts";
import { type FindTool, runTool, type Tool } from "./tools.ts";
import { fromUtf16, isUtf16 } from "./utf16.ts";
import { XzTail } from "./xz-tail.ts";
import { isModest, unzstd } from "./zstd.ts";
import { hasZstd } from "./zstd-works.ts";

/** Bytes of a stream's head that every `matches` is given, and `decode`. */
export const MAGIC_BYTES = 18;

export interface Codec {
  readonly id: string;
  readonly matches: (head: Buffer) => boolean;
  /** Built in where null. */
  readonly tool: Tool | null;
  /** Debian's and RPM's package that brings the tool. */
  readonly package: string | null;
}

export const CODECS: readonly Codec[] = [
  { id: "gzip", matches: isGzipStart, tool: null, package: null },
  {
    id: "bzip2",
    // Header, then the magic of a block (pi) or of the end (square root of pi).
    matches: (head) => /^BZh[1-9](?:1AY&SY|\x17rE8P\x90)/.test(head.toString("latin1")),
    tool: {
      command: "bzip2",
      args: ["-dc"],
      says: [
        { text: /trailing garbage/, kind: "trailing-rubbish" },
        { text: /ends unexpectedly/, kind: "truncated" },
      ],
    },
    package: "bzip2",
  },
  {
    id: "xz",
    matches: (head) => head.toString("latin1").startsWith("\xfd7zXZ\0"),
    tool: {
      command: "xz",
      args: ["-dc"],
      says: [{ text: /Unexpected end of input/, kind: "truncated" }],
    },
    package: "xz-utils (xz)",
  },
  {
    id: "zstd",
    // A frame, or a skippable frame as pzstd puts in front (RFC 8878, section 3.1).
    matches: (head) => /^(?:\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18)/.test(head.toString("latin1")),
    tool: {
      command: "zstd",
      args: ["-dc", "--no-progress"],
      says: [
        { text: /premature end/, kind: "truncated" },
        { text: /unsupported format|unknown header/i, kind: "trailing-rubbish" },
      ],
    },
    package: "zstd",
  },
  {
    id: "lz4",
    matches: (head) => head.toString("latin1").startsWith("\x04\x22\x4d\x18"),
    tool: {
      command: "lz4",
      args: ["-dcv"],
      says: [
        { text: /followed by undecodable data/, kind: "trailing-rubbish" },
        { text: /Unfinished stream/, kind: "truncated" },
        { text: /Error \d+/, kind: "corrupt" },
      ],
    },
    package: "lz4",
  },
  {
    id: "compress",
    matches: (head) => head.length > 2 && head[0] === 0x1f && head[1] === 0x9d,
    tool: { command: "gzip", args: ["-dc"], says: [{ text: /unexpected end/, kind: "truncated" }] },
    package: "gzip",
  },
  // No compression, but another coding of the same text.
  { id: "utf-16", matches: isUtf16, tool: null, package: null },
];

export function findCodec(head: Uint8Array): Codec | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, MAGIC_BYTES));
  return CODECS.find((codec) => codec.matches(bytes)) ?? null;
}

export interface DecodeOptions {
  readonly limits: Limits;
  readonly findTool: FindTool;
  /** False: programs decompress what they can, whatever Node itself has. */
  readonly inProcess: boolean;
  /** The stream's first bytes. */
  readonly head: Uint8Array;
  /** Codecs already at work around this stream, outermost first. */
  readonly outer: readonly string[];
  /** The file that the stream is, from its first byte to its last. */
  readonly file: StoredFile | null;
}

/** The decompressed bytes. Never throws for bad input: ends early, and the ledger says why. */
export function decode(codec: Codec, input: Bytes, ledger: Ledger, options: DecodeOptions): ByteStream {
  const { tool } = codec;
  const { limits, findTool, file } = options;
  if (codec.id === "utf-16") return fromUtf16(input, ledger, options.head);
  if (tool === null) return gunzip(input, ledger, limits);
  if (codec.id === "zstd" && staysHere(options)) return unzstd(input, ledger, limits);
  // What an xz program says must be held against the bytes it was given.
  const path = codec.id === "xz" || file === null ? null : findTool(tool.command);
  if (path !== null && file !== null) {
    const stream = runToolOnFile({ tool, path, input, ledger, limits }, file, findTool);
    if (stream !== null) return stream;
  }
  return fromChunks(decodeByTool({ ...codec, tool }, input, ledger, options));
}

function staysHere({ inProcess, findTool, head }: DecodeOptions): boolean {
  if (!inProcess || !hasZstd()) return false;
  return isModest(head) || findTool("zstd") === null;
}

async function* decodeByTool(
  codec: Codec & { readonly tool: Tool },
  input: Bytes,
  ledger: Ledger,
  options: DecodeOptions,
): AsyncGenerator<Uint8Array> {
  const { limits } = options;
  const path = options.findTool(codec.tool.command);
  if (codec.id === "xz" && (path !== null || !options.outer.includes("xz"))) {
    return yield* decodeXz(path, codec.tool, input, ledger, limits);
  }
  if (path !== null) return yield* runTool(path, codec.tool, input, ledger, limits);
  const hint = `install ${codec.package} to read it`;
  ledger.damage("no-decoder", `${codec.id} data, and no program ${codec.tool.command}: ${hint}`, 0);
}

async function* decodeXz(
  path: string | null,
  tool: Tool,
  input: Bytes,
  ledger: Ledger,
  limits: Limits,
): AsyncGenerator<Uint8Array> {
  const tail = new XzTail();
  const watched = tail.watch(input);
  if (path === null) yield* (await import("./xz-wasm.ts")).unxz(watched, ledger, limits);
  else {
    const told = new Ledger();
    yield* runTool(path, tool, watched, told, limits);
    for (const { kind, message, offset } of told.problems) {
      if (kind === "corrupt" && tail.endsAt(offset ?? -1)) {
        ledger.note("trailing-rubbish", "bytes behind the end of the xz stream were ignored", offset);
      } else {
        ledger.problems.push({ kind, message, offset, count: 1 });
        ledger.complete &&= told.complete;
      }
    }
  }
  const nuls = tail.trailingNuls;
  if (nuls % 4 !== 0) ledger.note("trailing-rubbish", `${nuls} NUL bytes behind the xz stream were ignored`);
}
