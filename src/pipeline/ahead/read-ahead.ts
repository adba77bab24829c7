// Several files read at a time, so that all cores have work, and written one after the other, in order: by this thread,
// which reads as well while it waits, and by others. What waits to be written is bounded; what a reader was told of
// other sources is looked at again before it counts.

import type { Earlier } from "../../model/source.ts";
import type { FoundFile } from "../../sources/discover.ts";
import type { FileReading, FileReadOptions } from "./file-reading.ts";
import { type AheadHand, createHand, createThread } from "./hand.ts";
import type { AheadJob } from "./job.ts";
import { readingOfJob } from "./reading.ts";

export interface ReadAhead {
  /** The reading of a file that is read ahead. Files come in their order; null: read it yourself. */
  take(file: FoundFile): FileReading | null;
  /** Ends all reading. */
  close(): void;
}

export interface ReadAheadOptions extends FileReadOptions {
  /** Files that are read at a time. */
  readonly jobs: number;
  /** Told when a thread is not to be had, or ended by itself: the others read on. */
  readonly onLost?: ((reason: string) => void) | undefined;
  /** Known sources that begin alike, as of now. */
  readonly alike: (head: string) => readonly Earlier[];
}

/** No other file is begun while so many rows of files whose turn has not come wait. */
const MOST_WAITING = 32_768;

/**
 * Bytes of memory from which on a thread gets no other file and is ended. It holds some 30 MiB, and each kind of text
 * that both meet takes room twice.
 */
const MOST_BYTES = 116 << 20;

/** A thread's program is there once it was built: from its source, this thread reads ahead alone. */
const IS_BUILT = !import.meta.url.endsWith(".ts");

/** Begins to read `files`. */
export function createReadAhead(files: readonly FoundFile[], options: ReadAheadOptions): ReadAhead {
  return new Ahead(files, options);
}

class Ahead implements ReadAhead {
  /** The first reads in this thread. */
  #hands: AheadHand[];
  /** Files that were not begun, in order. */
  readonly #due: FoundFile[];
  /** Those that were, in order. */
  readonly #jobs: AheadJob[] = [];
  #closed = false;

  constructor(files: readonly FoundFile[], options: ReadAheadOptions) {
    this.#due = [...files];
    const others = IS_BUILT ? Math.min(options.jobs, files.length) - 1 : 0;
    const hooks = { ...options, onIdle: () => this.#begin() };
    this.#hands = [createHand(hooks), ...Array.from({ length: others }, () => createThread(hooks))];
    this.#begin();
  }

  take(file: FoundFile): FileReading | null {
    if (this.#closed) return null;
    this.#begin();
    const at = this.#jobs.findIndex((job) => job.file === file);
    if (at === -1) {
      const due = this.#due.indexOf(file);
      if (due !== -1) this.#due.splice(due, 1);
      return null;
    }
    for (const passed of this.#jobs.splice(0, at)) passed.drop();
    const job = this.#jobs.shift();
    return job === undefined ? null : readingOfJob(job);
  }

  close(): void {
    this.#closed = true;
    for (const hand of this.#hands) hand.close();
  }

  /** Ends threads that have nothing to do, where memory is short. */
  #letGo(): void {
    const [own, ...others] = this.#hands;
    if (own === undefined || !others.some((hand) => hand.isIdle)) return;
    if (process.memoryUsage.rss() < MOST_BYTES) return;
    for (const hand of others) if (hand.isIdle) hand.close();
    this.#hands = [own, ...others.filter((hand) => !hand.isIdle)];
  }

  /** Gives files to hands that have none. */
  #begin(): void {
    if (this.#closed) return;
    this.#letGo();
    for (const hand of this.#hands) {
      const waiting = this.#jobs.reduce((sum, job) => sum + job.waiting, 0);
      if (!hand.isIdle || waiting > MOST_WAITING) continue;
      const file = this.#due.shift();
      if (file !== undefined) this.#jobs.push(hand.begin(file));
    }
  }
}
