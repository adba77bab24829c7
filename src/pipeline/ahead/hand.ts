// One that reads ahead: a thread of its own, or this one in between. Reads one file at a time.

import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { Earlier } from "../../model/source.ts";
import type { FoundFile } from "../../sources/discover.ts";
import type { FileReadOptions } from "./file-reading.ts";
import { AheadJob } from "./job.ts";
import type { FromReader, ToReader } from "./messages.ts";
import { readFor } from "./reader.ts";

export interface AheadHand {
  readonly isIdle: boolean;
  /** Has it read a file. */
  begin(file: FoundFile): AheadJob;
  close(): void;
}

export interface HandHooks extends FileReadOptions {
  readonly alike: (head: string) => readonly Earlier[];
  /** Told when it may have room for another file. */
  readonly onIdle: () => void;
  /** Told when a thread is not to be had, or ended by itself. */
  readonly onLost?: ((reason: string) => void) | undefined;
}

/** MiB of a thread's young objects. */
const YOUNG_MIB = 4;

/** Reads in a thread of its own. */
export function createThread(hooks: HandHooks): AheadHand {
  // In a thread, the program is one that reads ahead.
  const worker = new Worker(new URL("./conntrail.cjs", import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
  });
  const hand = new Hand(worker, hooks, () => void worker.terminate());
  const lose = (error: Error) => {
    if (!hand.isEnded) hooks.onLost?.(error.message);
    hand.end(error);
  };
  worker.on("error", lose);
  worker.on("exit", (code) => lose(new Error(`it ended with code ${code}`)));
  return hand;
}

/** Reads in this thread, and gives way to others. */
export function createHand(hooks: HandHooks): AheadHand {
  const { port1, port2 } = new MessageChannel();
  readFor(port2, true);
  port2.unref();
  return new Hand(port1, hooks, () => port1.close());
}

class Hand implements AheadHand {
  readonly #port: Worker | MessagePort;
  readonly #hooks: HandHooks;
  readonly #stop: () => void;
  #job: AheadJob | null = null;
  #ended = false;

  constructor(port: Worker | MessagePort, hooks: HandHooks, stop: () => void) {
    this.#port = port;
    this.#hooks = hooks;
    this.#stop = stop;
    port.on("message", (message: FromReader) => this.#listen(message));
    // Only who waits for what it reads keeps the process.
    port.unref();
  }

  get isEnded(): boolean {
    return this.#ended;
  }

  get isIdle(): boolean {
    return this.#job === null && !this.#ended;
  }

  begin(file: FoundFile): AheadJob {
    const { hash, settings, onIdle } = this.#hooks;
    const job = new AheadJob(file, {
      taken: (rows) => {
        if (rows > 0 && this.#job === job) this.#say({ say: "taken", rows });
        onIdle();
      },
      waits: (does) => (does ? this.#port.ref() : this.#port.unref()),
    });
    this.#job = job;
    this.#say({ say: "read", file, settings: settings(), hash });
    return job;
  }

  close(): void {
    this.end(new Error("reading was ended"));
    this.#stop();
  }

  /** Nothing more comes of it. */
  end(error: unknown): void {
    this.#ended = true;
    this.#fail(error);
  }

  #listen(message: FromReader): void {
    try {
      this.#hear(message);
    } catch (error) {
      this.#fail(error);
    }
  }

  #hear(message: FromReader): void {
    const job = this.#job;
    if (job === null) return;
    if (message.say === "failed") this.#fail(message.error);
    else if (message.say === "stored") {
      if (!job.isDropped) this.#hooks.onStored(message.bytes);
    } else if (message.say === "alike") {
      const earlier = this.#hooks.alike(message.head);
      job.hear({ say: "known", head: message.head, earlier });
      this.#say({ say: "known", earlier });
    } else {
      if (message.say === "file-end") this.#job = null;
      job.hear(message);
      if (this.#job === null) this.#hooks.onIdle();
    }
  }

  #fail(error: unknown): void {
    const job = this.#job;
    this.#job = null;
    job?.fail(error);
  }

  #say(message: ToReader): void {
    this.#port.postMessage(message);
  }
}
