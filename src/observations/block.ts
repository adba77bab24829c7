// A table of statistics that is being read, line by line.

import type { Draft } from "./draft.ts";

/** A table that is being read, row by row. */
export interface Block {
  /** Catalogue row that it belongs to. */
  readonly origin: string;
  /** True: the line (made plain) belongs to the table. */
  add(text: string): boolean;
  /** What the line added last tells by itself; absent: all is told at the end. */
  told?(): readonly Draft[];
  finish(): { readonly drafts: readonly Draft[]; readonly broken: boolean };
}
