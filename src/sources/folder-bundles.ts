// Unpacked bundles: a folder is the root of one when entries that only that kind has lie directly in it.

import { access } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BUNDLES } from "./bundles.ts";
import type { FolderBundle } from "./place.ts";

export class BundleFinder {
  readonly #known = new Map<string, FolderBundle | null>();

  /** The outermost bundle that a file lies in, or null. Each folder is looked into once. */
  async find(path: string): Promise<FolderBundle | null> {
    return this.#folder(dirname(path));
  }

  async #folder(folder: string): Promise<FolderBundle | null> {
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const parent = dirname(folder);
    // Above `..` text no longer says which folder is meant.
    const top = parent === folder || folder.endsWith("..");
    const outer = top ? null : await this.#folder(parent);
    const found = outer ?? (await look(folder));
    this.#known.set(folder, found);
    return found;
  }
}

async function look(folder: string): Promise<FolderBundle | null> {
  for (const { id, entries } of BUNDLES) {
    for (const entry of entries) {
      const there = await access(join(folder, entry)).then(
        () => true,
        () => false,
      );
      if (there) return { kind: id, root: folder === "." ? "" : folder };
    }
  }
  return null;
}
