// What went wrong in one layer of a stream. Layers stack (file, gzip, tar member), and each keeps its own ledger.

import type { Problem } from "../model/problem.ts";
import type { SourceProblem } from "./problems.ts";

/** Problems of one kind that are told one by one; what a hostile archive adds is counted with the last. */
const MOST_OF_A_KIND = 20;

export class Ledger {
  readonly problems: Problem[] = [];
  complete = true;

  /** Worth telling, and no byte is missing for it. */
  note(kind: SourceProblem, message: string, offset: number | null = null): void {
    const alike = this.problems.filter((one) => one.kind === kind);
    const last = alike.at(-1);
    if (last === undefined || alike.length < MOST_OF_A_KIND) {
      this.problems.push({ kind, message, offset, count: 1 });
    } else this.problems[this.problems.lastIndexOf(last)] = { ...last, count: last.count + 1 };
  }

  /** Bytes are missing or not to be trusted. `offset`: decompressed bytes that came out before. */
  damage(kind: SourceProblem, message: string, offset: number | null = null): void {
    this.complete = false;
    this.note(kind, message, offset);
  }
}
