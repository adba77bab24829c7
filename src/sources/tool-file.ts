// A decompressor that is given the file itself and whose output is read straight into the reader's memory. By way of
// node's streams each 64 KiB come as a buffer of their own through a socket, which costs twice as much as zstd does.

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import type { ByteStream } from "../model/bytes.ts";
import { fromFill } from "./byte-stream.ts";
import type { Bytes } from "./bytes.ts";
import { type Ends, openEnds, positionOf, readAgain } from "./fifo.ts";
import type { Ledger } from "./ledger.ts";
import { bombVerdict, type Limits } from "./limits.ts";
import { errorCode } from "./read.ts";
import {
  type Ending,
  endingOf,
  environment,
  type FindTool,
  judge,
  STDERR_BYTES,
  type Tool,
} from "./tools.ts";

/** Stored bytes below which a FIFO costs more than it saves: about 3 ms. */
const WORTH_BYTES = 32 * 1024;
/** How far what came out may be ahead of the stored bytes that are counted and hashed. */
const PACE_BYTES = 1024 * 1024;
/** Now and then timers and signals get their turn: at most every 4 MiB, as a pipe holds 64 KiB. */
const FILLS_AT_A_STRETCH = 64;

/** A file that may be read beside us. */
export interface StoredFile {
  readonly handle: FileHandle;
  readonly bytes: number;
}

export interface Run {
  readonly tool: Tool;
  /** Where the program lies. */
  readonly path: string;
  /** The bytes of the file, which are taken as far as the program has read them. */
  readonly input: Bytes;
  readonly ledger: Ledger;
  readonly limits: Limits;
}

/** What a program makes of a file; null where the system does not lend itself to it, or it is not worth it. */
export function runToolOnFile(run: Run, file: StoredFile, findTool: FindTool): ByteStream | null {
  if (run.input.taken > 0 || file.bytes < WORTH_BYTES) return null;
  const mkfifo = findTool("mkfifo");
  const ends = mkfifo === null ? null : openEnds(file.handle, mkfifo);
  if (ends === null) return null;
  const running = start(run, file.bytes, ends);
  if (running === null) return null;
  return fromFill(
    (target) => running.fill(target),
    () => running.close(),
  );
}

function start(run: Run, storedBytes: number, ends: Ends): ToolOnFile | null {
  try {
    return new ToolOnFile(run, storedBytes, ends);
  } catch {
    // No process is to be had.
    for (const fd of Object.values(ends)) closeSync(fd);
    return null;
  }
}

class ToolOnFile {
  readonly #run: Run;
  readonly #storedBytes: number;
  readonly #ends: Ends;
  readonly #child: ChildProcess;
  readonly #ending: Promise<Ending>;
  readonly #passed = Buffer.allocUnsafeSlow(64 * 1024);
  #given = 0;
  #fills = 0;
  #nextPace = PACE_BYTES;
  #ended = false;
  #closed = false;

  constructor(run: Run, storedBytes: number, ends: Ends) {
    const { path, tool } = run;
    this.#run = run;
    this.#storedBytes = storedBytes;
    this.#ends = ends;
    const stdio = [ends.stored, ends.to, ends.said];
    this.#child = spawn(path, tool.args, { argv0: tool.command, env: environment(), stdio });
    this.#ending = endingOf(this.#child, "exit");
    // The program's end of the pipe is the only one now: when it ends, so does what we read.
    closeSync(ends.to);
  }

  fill(target: Uint8Array): number | Promise<number> {
    if (this.#ended) return 0;
    this.#fills += 1;
    if (this.#fills % FILLS_AT_A_STRETCH === 0) return setImmediate().then(() => this.#fillNow(target));
    return this.#fillNow(target);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ended = true;
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill("SIGKILL");
    for (const fd of [this.#ends.stored, this.#ends.from, this.#ends.said]) closeSync(fd);
  }

  #fillNow(target: Uint8Array): number | Promise<number> {
    if (this.#ended) return 0;
    let count: number;
    try {
      count = readAgain(this.#ends.from, target);
    } catch (error) {
      const { tool, ledger } = this.#run;
      ledger.damage("decoder-failed", `${tool.command} failed (${errorCode(error)})`, this.#given);
      this.close();
      return 0;
    }
    this.#given += count;
    if (count > 0 && this.#given < this.#nextPace) return count;
    this.#nextPace = this.#given + PACE_BYTES;
    return (count > 0 ? this.#keepPace() : this.#finish()).then(() => count);
  }

  async #keepPace(): Promise<void> {
    await this.#takeUpTo(positionOf(this.#ends.stored));
    const { tool, input, ledger, limits } = this.#run;
    const bomb = bombVerdict(limits, input.taken, this.#given);
    if (bomb === null) return;
    ledger.damage("compression-bomb", `${tool.command}: ${bomb}; the rest was left unread`, this.#given);
    this.close();
  }

  async #finish(): Promise<void> {
    this.#ended = true;
    const ending = await this.#ending;
    if (this.#closed) return;
    const { tool, ledger } = this.#run;
    const position = positionOf(this.#ends.stored);
    // Where all is well, all of it was used; and that the file shrank is seen at its end.
    await this.#takeUpTo(ending.status === 0 ? Number.POSITIVE_INFINITY : position);
    if (this.#closed) return;
    judge(tool, ending, this.#said(), this.#given, ledger);
    if (position > this.#storedBytes) {
      const grew = `the file grew from ${this.#storedBytes} to ${position} bytes while it was read`;
      ledger.damage("read-error", grew, this.#given);
    }
    this.close();
  }

  async #takeUpTo(position: number): Promise<void> {
    const { input } = this.#run;
    while (input.taken < position) {
      const filled = input.fill(this.#passed);
      if ((typeof filled === "number" ? filled : await filled) === 0) return;
    }
  }

  #said(): string {
    const text = Buffer.alloc(STDERR_BYTES);
    return text.toString("latin1", 0, readSync(this.#ends.said, text, 0, text.length, 0));
  }
}
