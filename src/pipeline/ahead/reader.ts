// Who reads files ahead: opens, decompresses, searches and takes apart, and sends rows to who writes them.

import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { MessagePort } from "node:worker_threads";
import type { Earlier } from "../../model/source.ts";
import { paced, tap } from "../../sources/byte-stream.ts";
import { openFile } from "../../sources/open.ts";
import type { OpenedSource } from "../../sources/opened.ts";
import { readSource } from "../reading/read-source.ts";
import type { FromReader, ReadOrder, ToReader } from "./messages.ts";
import { createRowPacker, type RowPacker } from "./packed-rows.ts";

/** Rows sent at a time. */
const PACK_ROWS = 2048;
/** Rows on their way: more are not read while these are not written. */
const MOST_UNTAKEN = 16_384;
/** Stored bytes between two words on them. */
const TELL_BYTES = 4 << 20;

/** Bytes read between two times that others of the same thread have their turn. */
const TURN_BYTES = 2 << 20;

/** Does what it is told through `port`. `shared`: others have work to do in this thread, too. */
export function readFor(port: MessagePort, shared: boolean): void {
  new Reader(port, shared);
}

class Reader {
  readonly #port: MessagePort;
  readonly #shared: boolean;
  #untaken = 0;
  #goOn: (() => void) | null = null;
  #answer: ((earlier: readonly Earlier[]) => void) | null = null;

  constructor(port: MessagePort, shared: boolean) {
    this.#port = port;
    this.#shared = shared;
    port.on("message", (message: ToReader) => this.#hear(message));
  }

  #hear(message: ToReader): void {
    if (message.say === "read") {
      this.#read(message).catch((error: unknown) => this.#say({ say: "failed", error }));
    } else if (message.say === "known") this.#answer?.(message.earlier);
    else {
      this.#untaken -= message.rows;
      if (this.#untaken <= MOST_UNTAKEN) this.#goOn?.();
    }
  }

  async #read({ file, settings, hash }: ReadOrder): Promise<void> {
    // What is on its way of another file is no concern of this one.
    this.#untaken = 0;
    const whole = hash ? createHash("sha256") : null;
    let untold = 0;
    const tell = () => {
      this.#say({ say: "stored", bytes: untold });
      untold = 0;
    };
    const onStored = (chunk: Uint8Array) => {
      whole?.update(chunk);
      untold += chunk.length;
      if (untold >= TELL_BYTES) tell();
    };
    for await (const source of openFile(file, { onStored })) await this.#readSource(source, settings);
    tell();
    this.#say({ say: "file-end", sha256: whole?.digest("hex") ?? null });
  }

  async #readSource(source: OpenedSource, settings: ReadOrder["settings"]): Promise<void> {
    const { facts, container } = source;
    this.#say({ say: "source", facts, container });
    if (container) {
      for await (const _ of source.chunks);
      this.#say({ say: "end", end: null, problems: source.problems() });
      return;
    }
    const packer = createRowPacker();
    let read = 0;
    const seen = tap(source.chunks, (bytes) => {
      read += bytes.length;
      return true;
    });
    const chunks = paced(seen, () => {
      if (packer.size() >= PACK_ROWS) this.#send(packer);
      if (this.#untaken > MOST_UNTAKEN) return this.#room();
      if (!this.#shared || read < TURN_BYTES) return null;
      read = 0;
      return setImmediate();
    });
    const end = await readSource({ ...source, chunks }, packer.sink, (head) => this.#ask(head), settings);
    this.#send(packer);
    this.#say({ say: "end", end, problems: source.problems() });
  }

  #send(packer: RowPacker): void {
    const size = packer.size();
    this.#untaken += size;
    const rows = packer.take();
    this.#say({ say: "rows", size, rows }, [rows.numbers.buffer as ArrayBuffer]);
  }

  #room(): Promise<void> {
    return new Promise((resolve) => {
      this.#goOn = resolve;
    });
  }

  #ask(head: string): Promise<readonly Earlier[]> {
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#say({ say: "alike", head });
    });
  }

  #say(message: FromReader, moved: readonly ArrayBuffer[] = []): void {
    this.#port.postMessage(message, moved);
  }
}
