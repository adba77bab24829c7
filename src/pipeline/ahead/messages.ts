// What is said between the thread that writes and those that read ahead for it.

import type { Problem } from "../../model/problem.ts";
import type { Earlier, SourceFacts } from "../../model/source.ts";
import type { FoundFile } from "../../sources/discover.ts";
import type { SourceEnd } from "../../store/sink.ts";
import type { ReadSettings } from "../reading/read-source.ts";
import type { PackedRows } from "./packed-rows.ts";

/** A file to be read. */
export interface ReadOrder {
  readonly say: "read";
  readonly file: FoundFile;
  readonly settings: ReadSettings;
  /** SHA-256 of the stored bytes is wanted. */
  readonly hash: boolean;
}

export type ToReader =
  | ReadOrder
  /** Answers `alike`. */
  | { readonly say: "known"; readonly earlier: readonly Earlier[] }
  /** So many rows were written. */
  | { readonly say: "taken"; readonly rows: number };

export type FromReader =
  /** A source begins. */
  | { readonly say: "source"; readonly facts: SourceFacts; readonly container: boolean }
  /** Which sources are known that begin like this? */
  | { readonly say: "alike"; readonly head: string }
  /** So many stored bytes were read since the last time. */
  | { readonly say: "stored"; readonly bytes: number }
  | { readonly say: "rows"; readonly size: number; readonly rows: PackedRows }
  /** The source ends; null: it was a container. */
  | { readonly say: "end"; readonly end: SourceEnd | null; readonly problems: readonly Problem[] }
  | { readonly say: "file-end"; readonly sha256: string | null }
  | { readonly say: "failed"; readonly error: unknown };
