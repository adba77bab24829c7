// Reads a plain file straight into the buffer that is searched: no chunk is allocated, nothing is copied.

import { readSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { Feed } from "./feed.ts";
import type { LineOptions, LineReading } from "./options.ts";
import { scanFeed } from "./scan.ts";

/** Now and then timers and signals get their turn: about every 8 MiB. */
const READS_AT_A_STRETCH = 64;

/** Reads an open file from `startOffset` to its end; the descriptor stays open, and its own position is not used. */
export function scanFile(fd: number, options: LineOptions): LineReading {
  return scanFeed(fileFeed(fd, options.startOffset), options);
}

/** Reads synchronously: at memory speed a thread pool's round trip would cost more than the read. */
export function fileFeed(fd: number, startOffset: number): Feed {
  let position = startOffset;
  let reads = 0;
  function read(target: Uint8Array): number {
    const count = readSync(fd, target, 0, target.length, position);
    position += count;
    return count;
  }
  return {
    read(target) {
      reads += 1;
      return reads % READS_AT_A_STRETCH === 0 ? setImmediate().then(() => read(target)) : read(target);
    },
    close: () => undefined,
  };
}
