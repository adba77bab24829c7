// Bytes of a file as it stood when it was opened. A live log grows while it is read and logrotate may cut it:
// what is appended later waits for the next run, and what was cut off is a problem, not an exception.

import { lstatSync, readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import type { Ledger } from "./ledger.ts";
import type { SourceProblem } from "./problems.ts";

const CHUNK_BYTES = 256 * 1024;
/** Now and then timers and signals get their turn: about every 8 MiB. */
const READS_AT_A_STRETCH = 32;

/** How a file is read; may be set while it is. */
export interface ReadMode {
  /**
   * A chunk may be written over once the next one is asked for: nothing is allocated, and reads do not go by way of
   * a thread, which costs more than they do.
   */
  fleeting: boolean;
}

/** The chunks of `handle` from an offset up to `end`, or to the end of file where `end` is null (FIFO, /proc). */
export async function* readChunks(
  handle: FileHandle,
  from: number,
  end: number | null,
  ledger: Ledger,
  mode: ReadMode = { fleeting: false },
): AsyncGenerator<Uint8Array> {
  let at = from;
  let own: Buffer | null = null;
  let reads = 0;
  try {
    while (end === null || at < end) {
      const size = end === null ? CHUNK_BYTES : Math.min(CHUNK_BYTES, end - at);
      let buffer: Buffer;
      let bytesRead: number;
      if (mode.fleeting && end !== null) {
        own ??= Buffer.allocUnsafeSlow(CHUNK_BYTES);
        buffer = own;
        bytesRead = readSync(handle.fd, buffer, 0, size, at);
        reads += 1;
        if (reads % READS_AT_A_STRETCH === 0) await setImmediate();
      } else {
        buffer = Buffer.allocUnsafeSlow(size);
        // A FIFO has no positions: there the system's own is used.
        ({ bytesRead } = await handle.read(buffer, 0, size, end === null ? null : at));
      }
      if (bytesRead === 0) break;
      at += bytesRead;
      yield bytesRead === buffer.length ? buffer : buffer.subarray(0, bytesRead);
    }
    if (end !== null && at < end) await checkShrunk(handle, at, end, ledger);
  } catch (error) {
    ledger.damage("read-error", `reading failed at byte ${at} (${errorCode(error)})`, at);
  }
}

// Files of /sys tell a size larger than what they hold, and that is no damage.
async function checkShrunk(handle: FileHandle, at: number, end: number, ledger: Ledger): Promise<void> {
  const { size } = await handle.stat();
  if (size < end) {
    ledger.damage("read-error", `the file shrank from ${end} to ${size} bytes while it was read`, at);
  }
}

/** Something lies at `path`. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

export function errorCode(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return String(error);
}

export function openProblem(error: unknown): { kind: SourceProblem; message: string } {
  const code = errorCode(error);
  if (code === "ENOENT" || code === "ENOTDIR") return { kind: "no-such-file", message: "no such file" };
  if (code === "EACCES" || code === "EPERM") {
    return { kind: "permission-denied", message: "may not be read by this user" };
  }
  return { kind: "read-error", message: `could not be opened (${code})` };
}
