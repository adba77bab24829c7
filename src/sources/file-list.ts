// Names of files from a list: as `find -print0` writes it, or one a line.

import { createReadStream } from "node:fs";

const NUL = "\0";
/** A list whose head holds no NUL is one of lines. */
const HEAD_CHARACTERS = 64 << 10;

/** Names in the list at `path` (`-`: standard input), separated by NUL where it has any, else by newlines. */
export async function readFileList(path: string): Promise<string[]> {
  const input = path === "-" ? process.stdin : createReadStream(path);
  input.setEncoding("utf8");
  let separator: string | null = null;
  let held = "";
  const names: string[] = [];
  for await (const chunk of input as AsyncIterable<string>) {
    held += chunk;
    if (separator === null && held.length < HEAD_CHARACTERS && !held.includes(NUL)) continue;
    separator ??= held.includes(NUL) ? NUL : "\n";
    const parts = held.split(separator);
    held = parts.pop() ?? "";
    names.push(...parts);
  }
  names.push(...held.split(separator ?? "\n"));
  return names.map((name) => name.replace(/\r$/, "")).filter((name) => name !== "");
}

/** Share `index` (from 1) of `count`: every count-th name of the sorted list, so that each is in exactly one share. */
export function shareOf(names: readonly string[], index: number, count: number): string[] {
  const sorted = [...new Set(names)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.filter((_, i) => i % count === index - 1);
}
