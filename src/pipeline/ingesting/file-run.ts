// What every file of a run is read with, and how its problems and bytes are told.

import type { Problem } from "../../model/problem.ts";
import type { Db } from "../../store/open.ts";
import { savePathProblem } from "../../store/problems.ts";
import type { ReadOptions } from "../../store/sink.ts";
import type { FileReadOptions } from "../ahead/file-reading.ts";
import type { ReadAhead } from "../ahead/read-ahead.ts";
import type { ReadSettings } from "../reading/read-source.ts";
import type { Tally } from "./run-row.ts";
import type { SeenFiles } from "./seen-files.ts";
import type { KnownSources } from "./unapplied.ts";

export interface FileOptions extends ReadOptions {
  /** SHA-256 of the stored bytes of each file. */
  readonly hash: boolean;
  /** The world outside: microseconds since the epoch, now. */
  readonly now: () => number;
  /** Told while it goes on; never required. */
  readonly onProgress?: (progress: { readonly bytes: number }) => void;
  readonly onProblem?: (path: string, problem: Problem) => void;
}

/** What every file of a run is read with. */
export interface FileRun {
  readonly db: Db;
  readonly runId: number;
  readonly seen: SeenFiles;
  readonly tally: Tally;
  readonly options: FileOptions;
  /** Null: every file is read here. */
  readonly ahead: ReadAhead | null;
  /** Null: nobody asks how known sources were read. */
  readonly known: KnownSources | null;
}

/** How a file that is new is read. */
export function readOptions({ tally, options }: Pick<FileRun, "tally" | "options">): FileReadOptions {
  return {
    hash: options.hash,
    settings: () => settingsOf(options),
    onStored: (bytes) => countBytes({ tally, options }, bytes),
  };
}

export function settingsOf({ host, tz, year, referenceUs, processTz, now }: FileOptions): ReadSettings {
  return { host, tz, year, referenceUs, processTz, nowUs: now() };
}

/** Adds bytes that were read from a store to the run's account. */
export function countBytes({ tally, options }: Pick<FileRun, "tally" | "options">, bytes: number): void {
  tally.bytesRead += bytes;
  options.onProgress?.({ bytes });
}

/** Keeps and tells a problem of a path that never became a source. */
export function report({ db, runId, tally, options }: FileRun, path: string, problem: Problem): void {
  savePathProblem(db, runId, path, problem);
  tally.problems++;
  options.onProblem?.(path, problem);
}
