// What an earlier export of the same database wrote for a host, so that the next one leaves nothing of it behind:
// a log that grew has another identity, and a burst that grew may begin on another day. Files of other databases
// in the same folder are none of its business.

import { opendirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface WrittenFiles {
  /** Keeps what was written of `host` (a folder below the view's), and removes what an earlier export wrote more. */
  settle(host: string, written: readonly string[]): number;
  /** The same for hosts that this export did not meet at all. */
  settleOthers(): number;
}

/**
 * Files of one view's folder. `key` tells databases apart; `inRange` says of a day whether this export wrote all
 * there is of it.
 */
export function createWrittenFiles(
  folder: string,
  key: string,
  extension: string,
  inRange: (day: string) => boolean,
): WrittenFiles {
  const ledger = `_${key}.${extension}.list`;
  const met = new Set<string>();
  const settle = (host: string, written: readonly string[]): number => {
    met.add(host);
    const now = new Set(written);
    const path = join(folder, host, ledger);
    let removed = 0;
    for (const old of readLines(path)) {
      if (now.has(old) || !old.startsWith(`${host}/`)) continue;
      if (inRange(/\/day=([^/]+)\//.exec(old)?.[1] ?? "")) {
        rmSync(join(folder, old), { force: true });
        dropFolder(dirname(join(folder, old)));
        removed++;
      } else now.add(old);
    }
    if (now.size > 0) {
      writeFileSync(`${path}.partial`, `${[...now].sort().join("\n")}\n`, { mode: 0o640 });
      renameSync(`${path}.partial`, path);
    } else {
      rmSync(path, { force: true });
      dropFolder(join(folder, host));
    }
    return removed;
  };
  return {
    settle,
    settleOthers() {
      let removed = 0;
      for (const host of hostFolders(folder)) if (!met.has(host)) removed += settle(host, []);
      return removed;
    },
  };
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n").filter(Boolean);
  } catch {
    return [];
  }
}

function* hostFolders(folder: string): Generator<string> {
  const dir = opendirSync(folder);
  try {
    for (let one = dir.readSync(); one !== null; one = dir.readSync()) {
      if (one.isDirectory() && one.name.startsWith("host=")) yield one.name;
    }
  } finally {
    dir.closeSync();
  }
}

/** An empty folder says nothing. */
function dropFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Something of another export is in it.
  }
}
