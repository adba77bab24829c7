// A FIFO as a stream. Opened the usual way it would hold up a thread, and with it the whole run and the signal that is
// to end it, until somebody writes; so it is opened without waiting, and asked again and again.

import type { FileHandle } from "node:fs/promises";
import { readlink } from "node:fs/promises";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { ByteStream } from "../model/bytes.ts";
import { fromFill } from "./byte-stream.ts";
import type { Ledger } from "./ledger.ts";
import { errorCode } from "./read.ts";

/** For a writer that was started beside us, and is about to open its end. */
const PATIENCE_MS = 250;
const PAUSE_MS = 10;
/** A writer at work fills the pipe sooner than a timer goes off. */
const TRIES_AT_ONCE = 50;

/** The bytes that come through `handle`, opened without waiting. One with a name and nobody who writes is a problem. */
export function readPipe(handle: FileHandle, hasName: boolean, ledger: Ledger): ByteStream {
  let met = !hasName;
  let patience = PATIENCE_MS;
  let ended = false;
  let at = 0;

  const end = (): number => {
    ended = true;
    return 0;
  };
  return fromFill(async (target) => {
    for (let tries = 0; !ended; tries += 1) {
      const count = await readNow(handle, target);
      if (typeof count === "string") {
        ledger.damage("read-error", `reading failed at byte ${at} (${count})`, at);
        return end();
      }
      if (count !== null && count > 0) {
        met = true;
        at += count;
        return count;
      }
      met ||= count === null;
      if (count === 0 && met) return end();
      if (count === 0 && patience <= 0) {
        ledger.damage("special-file", "a FIFO that nobody writes to");
        return end();
      }
      if (count === 0) patience -= PAUSE_MS;
      await (met && tries < TRIES_AT_ONCE ? setImmediate() : setTimeout(PAUSE_MS));
    }
    return 0;
  });
}

/** How much was read; 0: nobody writes; null: nothing is there yet; else why it failed. */
async function readNow(handle: FileHandle, target: Uint8Array): Promise<number | string | null> {
  try {
    return (await handle.read(target, 0, target.length, null)).bytesRead;
  } catch (error) {
    const code = errorCode(error);
    return code === "EAGAIN" ? null : code;
  }
}

/** False for an end of a pipe that was handed to us, as a shell's `<(command)` is. */
export async function isNamedPipe(path: string): Promise<boolean> {
  return !(await readlink(path).catch(() => "")).startsWith("pipe:");
}
