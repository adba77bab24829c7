// Which files a `parse` reads, and its lines on their way out.

import { once } from "node:events";
import type { Writable } from "node:stream";
import { type Discovery, discover, type FoundFile } from "../../sources/discover.ts";
import { readFileList, shareOf } from "../../sources/file-list.ts";

/** Characters that are handed on at once. */
const PIECE_CHARACTERS = 1 << 16;

/**
 * Files below `paths` and in the list at `list`, or the share of them. Shares are of the sorted list of all paths
 * found, so that any order of giving them cuts it alike, and each file is in exactly one.
 */
export async function findFiles(
  paths: readonly string[],
  list: string | null,
  share: { readonly index: number; readonly count: number } | null,
): Promise<Discovery> {
  const listed = await listInputs(list);
  const found = await discover([...paths, ...listed]);
  if (share === null) return found;
  const mine = new Set(
    shareOf(
      found.files.map((file) => file.path),
      share.index,
      share.count,
    ),
  );
  const isMine = ({ path }: { readonly path: string }): boolean => mine.has(path);
  const problems = share.index === 1 ? found.problems : [];
  const files: FoundFile[] = found.files.filter(isMine);
  return { files, problems, unopened: found.unopened };
}

/** Names in a list of inputs (`-`: standard input); none without one. */
export async function listInputs(list: string | null): Promise<string[]> {
  return list === null ? [] : await readFileList(list);
}

/** Writes lines to `out`, no faster than it takes them. */
export async function writeAll(lines: AsyncIterable<string>, out: Writable): Promise<void> {
  let held = "";
  const drain = async () => {
    const piece = held;
    held = "";
    if (!out.write(piece)) await once(out, "drain");
  };
  for await (const line of lines) {
    held += line;
    if (held.length >= PIECE_CHARACTERS) await drain();
  }
  if (held !== "") await drain();
}
