// The windows of one burst by one witness, added up as they come; what must be kept of each goes to its keeper.

import { BurstTally } from "../../analysis/bounds.ts";
import type { Window, WindowRule } from "../../analysis/windows-records.ts";
import { MINUTE_US } from "../../model/units.ts";
import type { BurstLines } from "./burst-lines.ts";
import { mark, type WindowPart } from "./window-marks.ts";

/** What of a burst may not be the kernel's own. */
export interface Doubted {
  readonly lines: number;
  /** Told by doubted notices. */
  readonly suppressed: number;
  /** Why: names in order. */
  readonly doubts: readonly string[];
}

const UNDOUBTED: Doubted = { lines: 0, suppressed: 0, doubts: [] };

/** What a window held back in which several namespaces dropped: it is part of several bursts, and stands once. */
export interface SharedCount {
  readonly noticeId: number;
  readonly minute: number;
  readonly count: number;
}

/** What was seen of a witness up to now. */
export interface WitnessSeen {
  readonly rule: WindowRule;
  shortSeen: boolean;
  largest: number | null;
}

/** A window, and why its notice may not be the kernel's own. */
export interface SeenWindow {
  readonly window: Window;
  readonly doubts: string | null;
}

export class BurstWindows<Kept extends WindowPart> {
  readonly index: number;
  readonly netns: string | null;
  readonly witness: WitnessSeen;
  readonly kept: Kept;
  readonly tally: BurstTally;
  /** Windows behind the last that has lines of it: part of it where another one follows. */
  pending: SeenWindow[] = [];
  readonly heldBack = new Map<number, number>();
  readonly shared: SharedCount[] = [];
  notices: { from: number; to: number } | null = null;
  readonly #otherNetns: boolean;
  #doubtedSuppressed = 0;
  readonly #doubts = new Set<string>();

  constructor(index: number, netns: string | null, otherNetns: boolean, kept: Kept, witness: WitnessSeen) {
    this.index = index;
    this.netns = netns;
    this.witness = witness;
    this.kept = kept;
    this.tally = new BurstTally(netns, otherNetns, witness.rule);
    this.#otherNetns = otherNetns;
  }

  add({ window, doubts }: SeenWindow): void {
    this.tally.add(window);
    const own = mark(window, this.netns, this.#otherNetns);
    this.kept.add(own);
    const minute = Math.floor(own.beginUs / MINUTE_US);
    if (own.suppressed > 0) this.heldBack.set(minute, (this.heldBack.get(minute) ?? 0) + own.suppressed);
    const noticeId = window.noticeRef;
    if (noticeId === null) return;
    if (own.shared > 0) this.shared.push({ noticeId, minute, count: own.shared });
    this.notices ??= { from: noticeId, to: noticeId };
    this.notices.from = Math.min(this.notices.from, noticeId);
    this.notices.to = Math.max(this.notices.to, noticeId);
    if (doubts === null) return;
    this.#doubtedSuppressed += own.suppressed + own.shared;
    for (const name of doubts.split(",")) this.#doubts.add(name);
  }

  doubted({ doubtedLines, doubts }: BurstLines): Doubted {
    if (doubts.size === 0 && this.#doubts.size === 0) return UNDOUBTED;
    const names = new Set([...doubts, ...this.#doubts]);
    return { lines: doubtedLines, suppressed: this.#doubtedSuppressed, doubts: [...names].sort() };
  }
}
