// What went wrong in one layer of a stream. Layers stack (file, gzip, tar member), and each keeps its own ledger.

import type { Problem } from "../model/problem.ts";
import type { SourceProblem } from "./problems.ts";

export class Ledger {
  readonly problems: Problem[] = [];
  complete = true;

  /** Worth telling, and no byte is missing for it. */
  note(kind: SourceProblem, message: string, offset: number | null = null): void {
    this.problems.push({ kind, message, offset, count: 1 });
  }

  /** Bytes are missing or not to be trusted. `offset`: decompressed bytes that came out before. */
  damage(kind: SourceProblem, message: string, offset: number | null = null): void {
    this.complete = false;
    this.note(kind, message, offset);
  }
}
