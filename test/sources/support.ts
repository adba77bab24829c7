// Builds stored bytes for tests and reads them back whole.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pack } from "tar-stream";
import { afterAll } from "vitest";
import type { SourceFacts } from "../../src/model/source.ts";
import { discover } from "../../src/sources/discover.ts";
import { type OpenOptions, openFile } from "../../src/sources/open.ts";
import { findOnPath } from "../../src/sources/tools.ts";

/** A folder that is gone after the test file. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "sources-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let files = 0;

export function fileWith(folder: string, bytes: string | Uint8Array, name = `file${++files}`): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

export interface ReadBack {
  readonly facts: SourceFacts;
  readonly bytes: Buffer;
  readonly text: string;
  readonly kinds: string[];
  readonly complete: boolean;
  readonly container: boolean;
  readonly startOffset: number;
}

/** Every source below a path, read to its end. */
export async function readAll(path: string, options: OpenOptions = {}): Promise<ReadBack[]> {
  const all: ReadBack[] = [];
  for (const file of (await discover([path])).files) {
    for await (const source of openFile(file, options)) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of source.chunks) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const { facts, container, startOffset } = source;
      const kinds = source.problems().map(({ kind }) => kind);
      const text = bytes.toString("latin1");
      all.push({ facts, bytes, text, kinds, complete: source.complete(), container, startOffset });
    }
  }
  return all;
}

/** The only source below a path. */
export async function readOne(path: string, options: OpenOptions = {}): Promise<ReadBack> {
  const [first, ...others] = await readAll(path, options);
  if (first === undefined || others.length > 0) throw new Error(`${path}: ${others.length + 1} sources`);
  return first;
}

export interface TarEntry {
  readonly name: string;
  readonly text?: string | Uint8Array;
  readonly link?: string;
  readonly mtime?: number;
}

export async function tarOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const packing = pack();
  for (const { name, text = "", link, mtime = 1_546_732_800 } of entries) {
    const header = { name, mtime: new Date(mtime * 1000) };
    if (link === undefined) packing.entry(header, Buffer.from(text));
    else packing.entry({ ...header, type: "symlink", linkname: link });
  }
  packing.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of packing) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export const hasTool = (name: string): boolean => findOnPath(name) !== null;

/** What a system tool makes of `input` on its standard input. */
export function pipeThrough(command: string, args: readonly string[], input: Uint8Array): Buffer {
  return spawnSync(command, args, { input, maxBuffer: 1 << 28 }).stdout;
}

/** Text of about `bytes` bytes that compresses like a log. */
export function logText(bytes: number): string {
  const lines: string[] = [];
  let state = 12345;
  for (let size = 0, i = 0; size < bytes; i += 1) {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    const line = `Jan  6 03:${String(i % 60).padStart(2, "0")}:00 host kernel: [${i}.${state}] nf_conntrack: table full\n`;
    size += line.length;
    lines.push(line);
  }
  return lines.join("");
}
