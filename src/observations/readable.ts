// A line as a reader of single lines sees it.

import type { Stamp } from "../model/stamp.ts";
import type { Draft } from "./draft.ts";
import type { ObservationRow } from "./row.ts";

export interface Readable {
  /** Message with blanks and dashes made plain. */
  readonly text: string;
  readonly raw: string;
  readonly tag: string | null;
  readonly fromLog: boolean;
  readonly stamp: Stamp | null;
}

/** Drafts of a line; none where the row's form is not this. */
export type Reader = (row: ObservationRow, line: Readable) => Draft[];
