// Paths as given to files as they lie on disk: each file once, rotated siblings oldest first, and a problem with a
// name for every path that leads nowhere.

import { type BigIntStats, constants, lstatSync, statSync } from "node:fs";
import { access, lstat, readdir, realpath, stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import type { Problem } from "../model/problem.ts";
import { BundleFinder } from "./folder-bundles.ts";
import type { FolderBundle } from "./place.ts";
import type { SourceProblem } from "./problems.ts";
import { errorCode, openProblem } from "./read.ts";
import { readRotation } from "./rotation.ts";
import { STDIN_PATH } from "./stdin.ts";

export interface FoundFile {
  /** As given, or as found below a given folder; `-` for standard input. */
  readonly path: string;
  /** Null for standard input and FIFOs. */
  readonly sizeBytes: number | null;
  readonly mtimeUs: number | null;
  readonly dev: number | null;
  readonly ino: number | null;
  /** The known bundle whose unpacked folder the file lies in, or null. */
  readonly bundle: FolderBundle | null;
}

export interface Discovery {
  readonly files: FoundFile[];
  readonly problems: (Problem & { readonly path: string })[];
  /** Given paths of which nothing could be opened. */
  readonly unopened: number;
}

interface Candidate {
  readonly file: FoundFile;
  /** Identity on this machine: the same file under two names has one. */
  readonly key: string;
  readonly viaLink: boolean;
}

export async function discover(paths: readonly string[]): Promise<Discovery> {
  const walk = new Walk();
  let unopened = 0;
  for (const path of paths) if (!(await walk.given(path))) unopened += 1;
  await walk.links();
  return { files: order(unique(walk.candidates)), problems: walk.problems, unopened };
}

/** One name for each file: its own rather than a link's, else the first in path order. */
function unique(candidates: readonly Candidate[]): FoundFile[] {
  const sorted = [...candidates].sort(
    (a, b) => Number(a.viaLink) - Number(b.viaLink) || compare(a.file.path, b.file.path),
  );
  const byKey = new Map<string, FoundFile>();
  for (const { key, file } of sorted) if (!byKey.has(key)) byKey.set(key, file);
  return [...byKey.values()];
}

function order(files: readonly FoundFile[]): FoundFile[] {
  const keyed = files.map((file) => ({ file, ...readRotation(file.path) }));
  keyed.sort(
    (a, b) =>
      compare(a.family, b.family) ||
      (a.rank ?? 0) - (b.rank ?? 0) ||
      (a.file.mtimeUs ?? 0) - (b.file.mtimeUs ?? 0) ||
      compare(a.file.path, b.file.path),
  );
  return keyed.map(({ file }) => file);
}

/** By code units: the same on every machine, whatever its locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

class Walk {
  readonly candidates: Candidate[] = [];
  readonly problems: (Problem & { path: string })[] = [];
  readonly #folders = new Set<string>();
  /** Folders reached by a link wait until all are walked under their own names, so that files go by those. */
  readonly #linked: string[] = [];
  readonly #bundles = new BundleFinder();

  /** False where nothing of a path could be opened. */
  async given(path: string): Promise<boolean> {
    if (path === STDIN_PATH) {
      const file = { path, sizeBytes: null, mtimeUs: null, dev: null, ino: null, bundle: null };
      this.candidates.push({ file, key: STDIN_PATH, viaLink: false });
      return true;
    }
    return (await exists(path)) ? this.#named(path) : this.#pattern(path);
  }

  async #pattern(pattern: string): Promise<boolean> {
    // Loaded where a pattern is given: most runs are told a folder.
    const { glob, isDynamicPattern } = await import("tinyglobby");
    if (!isDynamicPattern(pattern)) return this.#named(pattern);
    const options = { onlyFiles: false, expandDirectories: false, absolute: isAbsolute(pattern) };
    const found = await glob(pattern, options).catch(() => []);
    if (found.length === 0) this.#tell(pattern, "no-such-file", "no file fits the pattern");
    let opened = 0;
    for (const path of found.sort(compare)) {
      if (await this.#named(path.length > 1 ? path.replace(/\/$/, "") : path)) opened += 1;
    }
    return opened > 0;
  }

  /** A path given by name: anything about it that hinders reading is a problem. */
  async #named(path: string): Promise<boolean> {
    try {
      const info = await stat(path, { bigint: true });
      const isLink = (await lstat(path)).isSymbolicLink();
      if (info.isDirectory()) {
        if (!isLink) return await this.#folder(path, false);
        await access(path, constants.R_OK | constants.X_OK);
        this.#linked.push(path);
        return true;
      }
      if (!info.isFile() && !info.isFIFO()) {
        this.#tell(path, "special-file", "a socket or device, which holds no log");
        return false;
      }
      await access(path, constants.R_OK);
      await this.#add(path, info, isLink);
      return true;
    } catch (error) {
      const { kind, message } = openProblem(error);
      this.#tell(path, kind, message);
      return false;
    }
  }

  /** Walks what was put off; walking may put off more. */
  async links(): Promise<void> {
    for (let path = this.#linked.shift(); path !== undefined; path = this.#linked.shift()) {
      await this.#folder(path, true);
    }
  }

  /** False where the folder itself cannot be read. */
  async #folder(path: string, viaLink: boolean): Promise<boolean> {
    const real = await realpath(path).catch(() => path);
    if (this.#folders.has(real)) return true;
    this.#folders.add(real);
    try {
      const entries = await readdir(path, { withFileTypes: true });
      for (const { name } of entries.sort((a, b) => compare(a.name, b.name)))
        await this.#child(join(path, name), viaLink);
      return true;
    } catch (error) {
      const { kind, message } = openProblem(error);
      this.#tell(path, kind, message);
      return false;
    }
  }

  async #child(path: string, viaLink: boolean): Promise<void> {
    try {
      // Not the promised kind: a folder of a thousand rotated logs is looked at in every run.
      const own = lstatSync(path, { bigint: true });
      const isLink = own.isSymbolicLink();
      // A zone's link says the zone by its target's name, which a copied tree does not hold.
      if (isLink && path.endsWith("/etc/localtime")) return await this.#add(path, own, viaLink);
      const info = isLink ? followed(path) : own;
      if (info === null) return; // A link to nothing.
      if (info.isDirectory() && isLink) this.#linked.push(path);
      else if (info.isDirectory()) await this.#folder(path, viaLink);
      else if (info.isFile()) await this.#add(path, info, viaLink || isLink);
    } catch (error) {
      const { kind, message } = openProblem(error);
      this.#tell(path, kind, `${message}: it vanished, or its name is not UTF-8 (${errorCode(error)})`);
    }
  }

  async #add(path: string, info: BigIntStats, viaLink: boolean): Promise<void> {
    const isStream = info.isFIFO();
    const file: FoundFile = {
      path,
      sizeBytes: isStream ? null : Number(info.size),
      mtimeUs: isStream ? null : Number(info.mtimeNs / 1000n),
      dev: Number(info.dev),
      ino: Number(info.ino),
      bundle: await this.#bundles.find(path),
    };
    this.candidates.push({ file, key: `${info.dev}:${info.ino}`, viaLink });
  }

  #tell(path: string, kind: SourceProblem, message: string): void {
    this.problems.push({ path, kind, message: `${path}: ${message}`, offset: null, count: 1 });
  }
}

function followed(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return null;
  }
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}
