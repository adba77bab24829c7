// Where the collected logs are, which are not part of the repository, and how tests read them.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { createParser } from "../../src/formats/parse.ts";
import type { Entry } from "../../src/model/line.ts";

export const CORPUS =
  process.env.CONNTRAIL_CORPUS ?? join(import.meta.dirname, "..", "..", "..", "shared", "corpus");

export const HAS_CORPUS = existsSync(join(CORPUS, "real", "manifest.json"));

export function lines(...path: readonly string[]): string[] {
  const bytes = readFileSync(join(CORPUS, ...path));
  return (path.at(-1)?.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString().split("\n");
}

export function parseAll(all: readonly string[]): Entry[] {
  const parser = createParser();
  return all.flatMap((line) => parser.parse(line) ?? []);
}

const FULL = /^(?:[in][fp]_conntrack: ){1,2}table full, dropping packet\.?$/;

export function isDrop(entry: Entry): boolean {
  return entry.fromKernel && entry.doubts.length === 0 && FULL.test(entry.text);
}
