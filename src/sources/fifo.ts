// What a program is given of a file, and what it gives back through: the file opened once more, a pipe with a name for
// as long as it takes to open it, and a file for what it says.

import { spawnSync } from "node:child_process";
import {
  closeSync,
  constants,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
} from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorCode } from "./read.ts";

/** File descriptors of ours. */
export interface Ends {
  /** The file once more, with a position of its own, which the program moves. */
  readonly stored: number;
  /** Both ends of a pipe. */
  readonly from: number;
  readonly to: number;
  /** A file without a name for what the program says: nobody could read a pipe while we wait for the other. */
  readonly said: number;
}

/** Null where the system does not lend itself to it. `mkfifo`: where that program lies. */
export function openEnds(handle: FileHandle, mkfifo: string): Ends | null {
  const opened: number[] = [];
  const hold = (path: string, flags: number) => {
    const fd = openSync(path, flags, 0o600);
    opened.push(fd);
    return fd;
  };
  let folder: string | null = null;
  try {
    // Not by its name, under which another file may lie by now.
    const stored = hold(`/proc/self/fd/${handle.fd}`, constants.O_RDONLY);
    if (positionOf(stored) !== 0) throw new Error("no positions in /proc");
    folder = mkdtempSync(join(tmpdir(), "conntrail-"));
    const fifo = join(folder, "out");
    spawnSync(mkfifo, ["-m", "600", fifo], { stdio: "ignore" });
    // Each end waits for the other, but for one that is both. The program must not have that: it would never be told
    // that nobody reads any more.
    const both = hold(fifo, constants.O_RDWR);
    const from = hold(fifo, constants.O_RDONLY);
    const to = hold(fifo, constants.O_WRONLY);
    closeSync(both);
    opened.splice(opened.indexOf(both), 1);
    if (!fstatSync(from).isFIFO()) throw new Error("no FIFO");
    const said = hold(join(folder, "said"), constants.O_RDWR | constants.O_CREAT | constants.O_EXCL);
    return { stored, from, to, said };
  } catch {
    for (const fd of opened) closeSync(fd);
    return null;
  } finally {
    if (folder !== null) removeQuietly(folder);
  }
}

/** What is open keeps its name on some network file systems. */
function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It is empty but for that.
  }
}

/** Where a file is read next (proc(5), fdinfo). */
export function positionOf(fd: number): number {
  const found = /^pos:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "latin1"));
  return found === null ? Number.NaN : Number(found[1]);
}

/** Reads, however often a signal comes in between. */
export function readAgain(fd: number, target: Uint8Array): number {
  for (;;) {
    try {
      return readSync(fd, target);
    } catch (error) {
      if (errorCode(error) !== "EINTR") throw error;
    }
  }
}
