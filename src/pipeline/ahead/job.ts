// What a thread says of the file that it reads ahead, kept until its turn comes.

import type { Earlier } from "../../model/source.ts";
import type { FoundFile } from "../../sources/discover.ts";
import { ReadAnew } from "./file-reading.ts";
import type { FromReader } from "./messages.ts";

export type Heard =
  | Exclude<FromReader, { readonly say: "alike" | "stored" | "failed" }>
  /** What the thread was told of sources that begin like its own. */
  | { readonly say: "known"; readonly head: string; readonly earlier: readonly Earlier[] };

/** A message counts as so many rows. */
const MESSAGE_ROWS = 32;

export interface JobHooks {
  /** Told of rows that wait no longer. */
  readonly taken: (rows: number) => void;
  /** Told when somebody waits for the next message, and when that came. */
  readonly waits: (does: boolean) => void;
}

/** What a thread says of one file, as far as it was not listened to. */
export class AheadJob {
  readonly file: FoundFile;
  readonly #hooks: JobHooks;
  #heard: Heard[] = [];
  #waiter: { readonly resolve: (heard: Heard) => void; readonly reject: (error: ReadAnew) => void } | null =
    null;
  #failure: ReadAnew | null = null;
  waiting = 0;
  isDropped = false;

  constructor(file: FoundFile, hooks: JobHooks) {
    this.file = file;
    this.#hooks = hooks;
  }

  hear(heard: Heard): void {
    this.waiting += weightOf(heard);
    this.#heard.push(heard);
    if (this.isDropped) {
      this.#forget();
    } else if (this.#waiter !== null) {
      const { resolve } = this.#waiter;
      this.#endWaiting();
      resolve(this.#take());
    }
  }

  /** Nothing more will be said. */
  fail(cause: unknown): void {
    this.#failure ??= new ReadAnew("the thread that read it failed", { cause });
    const waiter = this.#waiter;
    this.#endWaiting();
    waiter?.reject(this.#failure);
  }

  /**
   * What the thread says next. Rows that it brings are taken for written.
   * @throws ReadAnew where it failed.
   */
  next(): Promise<Heard> {
    if (this.#heard.length > 0) return Promise.resolve(this.#take());
    if (this.#failure !== null) return Promise.reject(this.#failure);
    this.#hooks.waits(true);
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
    });
  }

  /** Nobody listens any more. */
  drop(): void {
    this.isDropped = true;
    this.#forget();
  }

  #take(): Heard {
    const heard = this.#heard.shift();
    if (heard === undefined) throw new Error("nothing was said");
    this.waiting -= weightOf(heard);
    this.#hooks.taken(heard.say === "rows" ? heard.size : 0);
    return heard;
  }

  #forget(): void {
    while (this.#heard.length > 0) this.#take();
  }

  #endWaiting(): void {
    if (this.#waiter !== null) this.#hooks.waits(false);
    this.#waiter = null;
  }
}

function weightOf(heard: Heard): number {
  return MESSAGE_ROWS + (heard.say === "rows" ? heard.size : 0);
}
