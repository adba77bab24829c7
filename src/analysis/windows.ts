// Limiter windows rebuilt from what the kernel printed. A notice tells of the window before it, however late
// it is printed, so lines and counts can only be added up window by window. Why this holds: BOUNDS.md.

import {
  beginsBurst,
  type Draft,
  draft,
  EDGE_US,
  end,
  finish,
  include,
  slackUs,
  tell,
} from "./windows-draft.ts";
import { type FillRule, WindowFill } from "./windows-fill.ts";
import type { LimiterRecord, Window, WindowRule } from "./windows-records.ts";

/** How far back a line can have used the budget of a later one. */
export function reachUs(rule: WindowRule): number {
  const bucket = rule.family === "T" || rule.family === "unknown";
  return bucket ? rule.costUs * Math.max(1, rule.burst) : rule.costUs;
}

/**
 * The latest instant at which a call counted in the window's N can have been made: one length after its last
 * line. (Its begin plus the length is nearer, but wrong where the window that we see holds parts of two.)
 */
export function suppressedUntilUs(window: Window, rule: WindowRule): number {
  return (window.lastLineUs ?? window.beginUs) + rule.costUs;
}

export interface WindowRebuild {
  /** Takes the next record. */
  take(record: LimiterRecord): void;
  /** There are no more. */
  end(): void;
}

/**
 * Hands windows to `give`, in order; the last one is open unless a notice ended it. A pause of `gapUs` microseconds ends
 * a burst: no window is longer, so that none holds lines of two bursts. Holds two windows, whatever the input.
 */
export function createWindowRebuild(
  rule: WindowRule,
  give: (window: Window) => void,
  gapUs: number,
): WindowRebuild {
  return new Rebuild(rule, gapUs, give);
}

class Rebuild implements WindowRebuild {
  readonly #rule: WindowRule;
  readonly #gapUs: number;
  readonly #lengthUs: number;
  readonly #fill: WindowFill;
  readonly #give: (window: Window) => void;
  /** Ended, but a late repeat or notice may still be its own. */
  #held: Draft | null = null;
  #open: Draft | null = null;
  #lost = false;
  #lostUs = 0;

  constructor(rule: WindowRule, gapUs: number, give: (window: Window) => void) {
    this.#rule = rule;
    this.#gapUs = gapUs;
    this.#lengthUs = Math.min(rule.costUs, gapUs);
    this.#fill = new WindowFill(fillRule(rule));
    this.#give = give;
  }

  take(record: LimiterRecord): void {
    const { steppedUs = 0 } = record;
    if (steppedUs !== 0) this.#fill.step(steppedUs);
    if (record.kind === "loss") this.#loss(record);
    else if (record.kind === "notice") this.#notice(record);
    else this.#line(record, record.amount ?? 1);
  }

  end(): void {
    if (this.#held !== null) this.#give(finish(this.#held));
    if (this.#open !== null && this.#open.lines > 0) this.#give(finish(this.#open));
  }

  /** What is missing may have belonged to the window before the gap or to the one after it. */
  #loss(record: LimiterRecord): void {
    this.#fill.loss();
    if (this.#open !== null) this.#open.lost = true;
    // The lines of a repeat are as old as the line before.
    if (record.repeat === true) return;
    this.#lost = true;
    this.#lostUs = record.atUs;
    if (this.#open === null) return;
    // A notice comes with a line: where that is missing, so is what came of the burst behind the notice.
    if (this.#open.lines === 0 && this.#held !== null) this.#held.lost = true;
    // Where all its lines can have come out ahead of their notice, that notice may be what is missing.
    const early = !this.#open.openedByNotice && spanUs(this.#open) <= this.#open.resolutionUs + EDGE_US;
    if (early && this.#held !== null) this.#held.lost = true;
  }

  #notice(record: LimiterRecord): void {
    if (record.ownerKnown === false) return;
    if (this.#open !== null && this.#held !== null) {
      const told = this.#toldOf(this.#held, this.#open, record);
      if (told === "held") {
        tell(this.#held, record);
        this.#fill.notice(this.#open.beginUs);
        return;
      }
      if (told === "either") {
        this.#held.vague = true;
        this.#open.vague = true;
      }
    }
    const ended = this.#open ?? { ...draft(record, this.#lost), leading: true };
    tell(ended, record);
    // A bucket may have been emptied before the evidence begins: how much of it was left, only later lines tell.
    const judged = this.#rule.family !== "T" || ended.anchored;
    ended.short = judged && !ended.leading && (record.amount ?? 0) > 0 && !ended.full;
    // W4 on several CPUs: lines can come out on the new budget an instant ahead of the notice, or be lost there.
    const early = this.#rule.family === "W4";
    this.#fill.notice(early ? record.atUs - slackUs(record) : Number.POSITIVE_INFINITY);
    this.#hold(ended);
    // Nothing of the new window is missing, but the burst may have begun among the lines that are.
    const lost = this.#lost && (early || record.atUs - this.#lostUs <= this.#gapUs);
    this.#open = { ...draft(record, lost), openedByNotice: true, afterFull: ended.full };
    this.#lost = false;
  }

  #line(record: LimiterRecord, lines: number): void {
    if (lines <= 0) return;
    const repeat = record.repeat ?? lines > 1;
    if (repeat && this.#addLate(record, lines)) return;
    const before = this.#open;
    if (before !== null && !(repeat ? this.#continues(before, record) : this.#fits(before, record))) {
      end(before);
      this.#hold(before);
      this.#open = null;
    }
    if (this.#open === null) {
      this.#open = { ...draft(record, this.#lost), afterFull: before?.full ?? false };
      // A repeat of a line that is not in the evidence may stand for lines of any time before it.
      if (repeat) {
        this.#open.earliestUs = before?.lastLineUs ?? null;
        this.#open.vague = true;
        if (before !== null) before.vague = true;
      }
    }
    this.#lost = false;
    include(this.#open, record, lines);
    if (this.#open.lines === lines + 1 && startsAtSecondCall(this.#rule)) this.#open.clockUs = record.atUs;
    this.#fill.add(record.atUs, lines, slackUs(record), repeat);
    this.#open.full = this.#fill.full;
    this.#open.anchored = this.#fill.anchored;
  }

  /** The lines of a repeat follow the line before, whenever it is written; only a burst may not be bridged. */
  #continues(window: Draft, record: LimiterRecord): boolean {
    return record.atUs - (window.lastLineUs ?? window.beginUs) <= this.#gapUs;
  }

  #fits(window: Draft, record: LimiterRecord): boolean {
    return fits(window, record, this.#lengthUs) && !beginsBurst(window, record, this.#gapUs);
  }

  #hold(ended: Draft): void {
    if (this.#held !== null) this.#give(finish(this.#held));
    this.#held = ended;
  }

  /** A repeat can be written after the notice that followed its lines, with its own older stamp. */
  #addLate(record: LimiterRecord, lines: number): boolean {
    const held = this.#held;
    if (held === null || this.#open === null) return false;
    if (record.atUs >= this.#open.beginUs - slackUs(record)) return false;
    include(held, record, lines);
    held.full ||= held.lines >= this.#rule.burst;
    held.short &&= !held.full;
    return true;
  }

  /**
   * Which window a notice tells of. On several CPUs a line of the new window can be printed an instant ahead of
   * the notice of the old one, which is then too early to tell of the new one.
   */
  #toldOf(held: Draft, open: Draft, notice: LimiterRecord): "held" | "open" | "either" {
    const ageUs = notice.atUs - open.beginUs;
    const unled = open.lines > 0 && !open.openedByNotice && !open.vague;
    if (!unled || ageUs > slackUs(notice) || (notice.amount ?? 0) === 0) return "open";
    const bucket = this.#rule.family === "T";
    const notOpen = bucket ? !open.full : ageUs + slackUs(notice) < this.#rule.costUs;
    const canBeHeld = held.full && held.noticeRef === null && (bucket || open.lines < this.#rule.burst);
    if (notOpen && canBeHeld) return "held";
    return notOpen || canBeHeld || !open.full ? "either" : "open";
  }
}

function spanUs(window: Draft): number {
  return (window.lastLineUs ?? window.beginUs) - window.beginUs;
}

function startsAtSecondCall(rule: WindowRule): boolean {
  return rule.family === "W1" || rule.family === "W2";
}

function fillRule(rule: WindowRule): FillRule {
  return {
    spanUs: reachUs(rule),
    burst: rule.burst,
    noticeRefills: rule.family !== "T" && rule.family !== "unknown",
    carriesOne: startsAtSecondCall(rule) || rule.family === "unknown",
  };
}

/** Not surely later than the window's length; nor so early that the clock must have been set back. */
function fits(window: Draft, record: LimiterRecord, lengthUs: number): boolean {
  const ageUs = record.atUs - window.clockUs;
  const toleranceUs = lengthUs === 0 ? 0 : Math.max(record.resolutionUs, window.resolutionUs) + EDGE_US;
  return ageUs <= lengthUs + toleranceUs && ageUs >= -lengthUs - toleranceUs;
}
