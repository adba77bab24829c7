// The sections of a supportconfig text file (supportutils, lib/supportconfig.rc): a header line
// `#==[ Command ]====...#`, then `# ` and the command or path, then its text up to the next header.
// Each section is a stream of its own; its offsets count from its own first byte, which lies `start` bytes into
// the text file.

import { HOST_ROWS, type Role, SECTION_ROWS } from "./bundles.ts";
import type { Bytes } from "./bytes.ts";

const HEADER = /^#==\[ [^\]\n]+ \]=+#\r?$/;
const HEADER_START = Buffer.from("#==[ ");
const LINE_BYTES = 4096;

export interface Section {
  /** Command line or path, as the file has it, without `- Last N Lines`. */
  readonly title: string;
  readonly role: Role;
  readonly channel: string | null;
  readonly start: number;
  readonly body: AsyncGenerator<Uint8Array>;
}

export function hasSections(head: Uint8Array): boolean {
  const lines = Buffer.from(head).toString("latin1").split("\n");
  return lines.some((line) => HEADER.test(line));
}

/** The known sections; each must be read, or left, before the next is asked for. `skipped` counts the others. */
export async function* readSections(bytes: Bytes, skipped: { count: number }): AsyncGenerator<Section> {
  await drain(readBody(bytes));
  while ((await bytes.peek(1)).length > 0) {
    await bytes.read((await firstLine(bytes)).length);
    const named = Buffer.from(await firstLine(bytes)).toString("latin1");
    if (named.startsWith("# ")) await bytes.read(named.length);
    const title = named
      .slice(2)
      .trim()
      .replace(/ - Last \d+ Lines$/, "");
    const row = named.startsWith("# ") ? rowOf(title) : undefined;
    const body = readBody(bytes);
    if (row === undefined) skipped.count += 1;
    else yield { title, role: row.role, channel: row.channel ?? null, start: bytes.taken, body };
    await drain(bytesLeft(bytes, body));
  }
}

function rowOf(title: string): { readonly role: Role; readonly channel?: string | null } | undefined {
  const command = SECTION_ROWS.find((row) => row.title.test(title));
  return command ?? HOST_ROWS.find(({ path }) => title.startsWith("/") && path.test(title.slice(1)));
}

// A body left in the middle has ended its generator: what remains of the section is read by another.
async function* bytesLeft(bytes: Bytes, body: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* body;
  if (!(await atHeader(bytes))) yield* readBody(bytes);
}

async function drain(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of chunks);
}

/** Bytes up to the next line that is a section header. */
async function* readBody(bytes: Bytes): AsyncGenerator<Uint8Array> {
  let atLineStart = true;
  for (;;) {
    if (atLineStart && (await atHeader(bytes))) return;
    const chunk = await bytes.take();
    if (chunk === null) return;
    const cut = lineStartBefore(chunk);
    bytes.unread(chunk.subarray(cut));
    atLineStart = chunk[cut - 1] === 10;
    yield chunk.subarray(0, cut);
  }
}

/** Where the first line that may be a header begins, or the length; at least 1. */
function lineStartBefore(chunk: Uint8Array): number {
  const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  for (let at = buffer.indexOf("\n#"); at >= 0 && at + 1 < chunk.length; at = buffer.indexOf("\n#", at + 1)) {
    const seen = buffer.subarray(at + 1, at + 1 + HEADER_START.length);
    if (HEADER_START.subarray(0, seen.length).equals(seen)) return at + 1;
  }
  return chunk.length;
}

async function atHeader(bytes: Bytes): Promise<boolean> {
  const start = await bytes.peek(HEADER_START.length);
  if (!HEADER_START.equals(start)) return false;
  return HEADER.test(
    Buffer.from(await firstLine(bytes))
      .toString("latin1")
      .trimEnd(),
  );
}

async function firstLine(bytes: Bytes): Promise<Uint8Array> {
  const head = await bytes.peek(LINE_BYTES);
  return head.subarray(0, head.indexOf(10) + 1 || head.length);
}
