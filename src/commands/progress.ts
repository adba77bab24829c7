// The progress bar: bytes and time left, on a terminal only.

import type cliProgress from "cli-progress";

export interface Progress {
  /** Bytes there are to read, as far as known. */
  total(bytes: number): void;
  /** Bytes of stored data read since the last call. */
  add(progress: { readonly bytes: number }): void;
  /** Clears the line for a message. */
  pause(): void;
  stop(): void;
}

/** A bar on a terminal, nothing elsewhere. The bar's library is loaded only where there is one. */
export function createProgress(silent: boolean): Progress {
  let bar: cliProgress.SingleBar | null = null;
  let done = 0;
  let stopped = false;
  return {
    total(bytes) {
      if (silent || !process.stderr.isTTY || bytes === 0) return;
      void import("cli-progress").then(({ default: library }) => {
        if (stopped) return;
        bar = new library.SingleBar({
          stream: process.stderr,
          format: "{bar} {percentage} %  {read} of {size}  {eta_formatted} left",
          clearOnComplete: true,
          hideCursor: true,
          fps: 5,
        });
        bar.start(bytes, done, { read: mib(done), size: mib(bytes) });
      });
    },
    add({ bytes }) {
      done += bytes;
      bar?.update(done, { read: mib(done) });
    },
    pause() {
      if (bar !== null) process.stderr.write("\r\x1b[K");
    },
    stop() {
      stopped = true;
      bar?.stop();
      bar = null;
    },
  };
}

function mib(bytes: number): string {
  return `${(bytes / (1 << 20)).toFixed(1)} MiB`;
}
