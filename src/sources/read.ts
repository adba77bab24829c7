// Bytes of a file as it stood when it was opened. A live log grows while it is read and logrotate may cut it:
// what is appended later waits for the next run, and what was cut off is a problem, not an exception.

import { readSync, statSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import type { ByteStream } from "../model/bytes.ts";
import type { Ledger } from "./ledger.ts";
import type { SourceProblem } from "./problems.ts";

const CHUNK_BYTES = 256 * 1024;
/** Now and then timers and signals get their turn: about every 8 MiB. */
const FILLS_AT_A_STRETCH = 64;

/** The bytes of `handle` from an offset up to `end`, or to the end of file where `end` is null (FIFO, /proc). */
export function readChunks(handle: FileHandle, from: number, end: number | null, ledger: Ledger): ByteStream {
  return new FileStream(handle, from, end, ledger);
}

class FileStream implements ByteStream {
  readonly #handle: FileHandle;
  readonly #end: number | null;
  readonly #ledger: Ledger;
  #at: number;
  #fills = 0;
  #ended = false;

  constructor(handle: FileHandle, from: number, end: number | null, ledger: Ledger) {
    this.#handle = handle;
    this.#at = from;
    this.#end = end;
    this.#ledger = ledger;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, Math.max(1, this.#left())));
      const count = await this.#read(chunk);
      if (count === 0) return;
      yield count === chunk.length ? chunk : chunk.subarray(0, count);
    }
  }

  /** Reads at once: at memory speed a thread pool's round trip would cost more than the read. */
  fill(target: Uint8Array): number | Promise<number> {
    if (this.#end === null || this.#ended || this.#left() <= 0) return this.#read(target);
    this.#fills += 1;
    if (this.#fills % FILLS_AT_A_STRETCH === 0) return setImmediate().then(() => this.#fillNow(target));
    return this.#fillNow(target);
  }

  #fillNow(target: Uint8Array): number | Promise<number> {
    let count: number;
    try {
      count = readSync(this.#handle.fd, target, 0, Math.min(target.length, this.#left()), this.#at);
    } catch (error) {
      return this.#fail(error);
    }
    this.#at += count;
    return count > 0 ? count : this.#finish();
  }

  async #read(target: Uint8Array): Promise<number> {
    const size = Math.min(target.length, this.#left());
    if (this.#ended || size <= 0) return this.#finish();
    try {
      // A FIFO has no positions: there the system's own is used.
      const position = this.#end === null ? null : this.#at;
      const { bytesRead } = await this.#handle.read(target, 0, size, position);
      this.#at += bytesRead;
      return bytesRead > 0 ? bytesRead : await this.#finish();
    } catch (error) {
      return this.#fail(error);
    }
  }

  #left(): number {
    return this.#end === null ? Number.POSITIVE_INFINITY : this.#end - this.#at;
  }

  async #finish(): Promise<number> {
    if (this.#ended) return 0;
    this.#ended = true;
    if (this.#end === null || this.#at >= this.#end) return 0;
    // Files of /sys tell a size larger than what they hold, and that is no damage.
    try {
      const { size } = await this.#handle.stat();
      if (size >= this.#end) return 0;
      const message = `the file shrank from ${this.#end} to ${size} bytes while it was read`;
      this.#ledger.damage("read-error", message, this.#at);
      return 0;
    } catch (error) {
      return this.#fail(error);
    }
  }

  #fail(error: unknown): number {
    this.#ended = true;
    this.#ledger.damage("read-error", `reading failed at byte ${this.#at} (${errorCode(error)})`, this.#at);
    return 0;
  }
}

/** True where a file lies under its name as it did, or has grown since. */
export function liesStill(
  path: string,
  { dev, ino, sizeBytes }: { readonly dev: number; readonly ino: number; readonly sizeBytes: number },
): boolean {
  try {
    const now = statSync(path, { throwIfNoEntry: false });
    return now !== undefined && now.dev === dev && now.ino === ino && now.size >= sizeBytes;
  } catch {
    // In a folder that may not be looked into it may lie as it did.
    return true;
  }
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
