// Bytes to lines, the plain way: every line goes through split2 and is looked at. The reference that scan.ts, which
// is several times as fast, must agree with; and the way for sources of which every line is wanted.

import type { ByteStream } from "../model/bytes.ts";
import type { Line } from "../model/line.ts";
import type { LineOptions, LineReading, LineSummary } from "./options.ts";
import { checkNeedles, Roles } from "./roles.ts";
import { Splitter } from "./splitter.ts";
import { type Region, Window, windowBytes } from "./window.ts";

/** split2 is twice as fast with 64 KiB at a time as with 1 MiB. */
const SPLIT_BYTES = 64 * 1024;

/** `bytes` begin at `startOffset`. */
export function frame(bytes: ByteStream, options: LineOptions): LineReading {
  checkNeedles(options);
  let summary: LineSummary | null = null;

  async function* batches(): AsyncGenerator<readonly Line[], void, undefined> {
    const window = new Window(Buffer.allocUnsafeSlow(windowBytes(options)), options);
    let batch: Line[] = [];
    let offset = options.startOffset;
    let lines = options.startLine - 1;
    const roles = new Roles(options, (line) => void batch.push(line));
    const splitter = new Splitter((raw) => {
      lines += 1;
      roles.see(offset, lines, raw);
      offset += raw.length + 1;
    });
    try {
      for (let open = true; open; ) {
        const filled = window.fill(bytes);
        open = typeof filled === "boolean" ? filled : await filled;
        for (let region = window.take(); region !== null; region = window.take()) {
          if (holdsNul(window, region)) window.noteNuls(region);
          lines += region.skipped;
          offset = region.offset;
          for (let at = region.from; at < region.to; at += SPLIT_BYTES) {
            splitter.write(window.bytes.toString("latin1", at, Math.min(at + SPLIT_BYTES, region.to)));
          }
        }
        if (!open) roles.end();
        // Not gathered any longer: each line kept holds on to the whole text it was cut from.
        if (batch.length > 0) {
          yield batch;
          batch = [];
        }
      }
      summary = window.summary(lines + window.skipped);
    } finally {
      await leave(bytes);
    }
  }

  return { batches: batches(), summary: () => known(summary) };
}

/** A reader that stops early lets who makes the bytes clean up. */
export async function leave(bytes: ByteStream): Promise<void> {
  await bytes[Symbol.asyncIterator]().return?.();
}

export function known(summary: LineSummary | null): LineSummary {
  if (summary === null) throw new Error("the summary is known after the batches ended");
  return summary;
}

function holdsNul(window: Window, region: Region): boolean {
  return window.bytes.subarray(region.from, region.to).includes(0);
}
