// Bytes of a file as it stood when it was opened. A live log grows while it is read and logrotate may cut it:
// what is appended later waits for the next run, and what was cut off is a problem, not an exception.

import { lstatSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { Ledger } from "./ledger.ts";
import type { SourceProblem } from "./problems.ts";

const CHUNK_BYTES = 256 * 1024;

/** The chunks of `handle` from an offset up to `end`, or to the end of file where `end` is null (FIFO, /proc). */
export async function* readChunks(
  handle: FileHandle,
  from: number,
  end: number | null,
  ledger: Ledger,
): AsyncGenerator<Uint8Array> {
  let at = from;
  try {
    while (end === null || at < end) {
      const size = end === null ? CHUNK_BYTES : Math.min(CHUNK_BYTES, end - at);
      const buffer = Buffer.allocUnsafeSlow(size);
      // A FIFO has no positions: there the system's own is used.
      const { bytesRead } = await handle.read(buffer, 0, size, end === null ? null : at);
      if (bytesRead === 0) break;
      at += bytesRead;
      yield bytesRead === size ? buffer : buffer.subarray(0, bytesRead);
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
