// The kernel's limiters as small machines, each written from one release's source: net/core/utils.c (2.4),
// kernel/printk.c (2.6.5), lib/ratelimit.c (2.6.27, 2.6.32, 4.8, 6.16). Time is in jiffies, as there.

import type { Family } from "../../src/analysis/windows-records.ts";

/** What a call made the kernel print: the notice comes before the caller's own line. */
export interface Verdict {
  readonly allowed: boolean;
  readonly notice: number;
}

export interface Kernel {
  call(jiffies: number): Verdict;
  /** True: a call at this moment would end the window. */
  ends(jiffies: number): boolean;
}

const REFUSED: Verdict = { allowed: false, notice: 0 };

/** Token bucket: `toks` grows with time, is capped, and every line costs. */
export class BucketKernel implements Kernel {
  #toks: number;
  #last = 0;
  #missed = 0;
  readonly #cost: number;
  readonly #burst: number;

  constructor(cost: number, burst: number) {
    this.#cost = cost;
    this.#burst = burst;
    this.#toks = cost * burst;
  }

  ends(): boolean {
    return false;
  }

  call(jiffies: number): Verdict {
    this.#toks = Math.min(this.#toks + jiffies - this.#last, this.#cost * this.#burst);
    this.#last = jiffies;
    if (this.#toks < this.#cost) {
      this.#missed += 1;
      return REFUSED;
    }
    const notice = this.#missed;
    this.#missed = 0;
    this.#toks -= this.#cost;
    return { allowed: true, notice };
  }
}

/** 2.6.27 to 6.15. Up to 4.7 the call that ends a window leaves the start of the next to the call after it. */
export class WindowKernel implements Kernel {
  #begin: number | null = null;
  #printed = 0;
  #missed = 0;
  readonly #interval: number;
  readonly #burst: number;
  readonly #beginsAtOnce: boolean;

  constructor(interval: number, burst: number, beginsAtOnce: boolean) {
    this.#interval = interval;
    this.#burst = burst;
    this.#beginsAtOnce = beginsAtOnce;
  }

  ends(jiffies: number): boolean {
    return this.#begin !== null && jiffies > this.#begin + this.#interval;
  }

  call(jiffies: number): Verdict {
    let notice = 0;
    this.#begin ??= jiffies;
    if (this.ends(jiffies)) {
      notice = this.#missed;
      this.#begin = this.#beginsAtOnce ? jiffies : null;
      this.#printed = 0;
      this.#missed = 0;
    }
    if (this.#burst > this.#printed) {
      this.#printed += 1;
      return { allowed: true, notice };
    }
    this.#missed += 1;
    return { allowed: false, notice };
  }
}

/** When a contending call of 6.16+ reads the budget, as seen from the call that holds the lock. */
export type Contention = "before-reset" | "between" | "after-reset";

/** 6.16+: a call that finds the lock taken spends what is left of the budget, or is counted. */
export class AtomicKernel implements Kernel {
  #begin: number | null = null;
  #left = 0;
  #missed = 0;
  readonly #interval: number;
  readonly #burst: number;

  constructor(interval: number, burst: number) {
    this.#interval = interval;
    this.#burst = burst;
  }

  ends(jiffies: number): boolean {
    return this.#begin !== null && jiffies > this.#begin + this.#interval;
  }

  call(jiffies: number): Verdict {
    if (this.#begin === null) {
      this.#begin = jiffies;
      this.#left = this.#burst;
    }
    let notice = 0;
    if (this.ends(jiffies)) {
      this.#left = this.#burst;
      this.#begin = jiffies;
      notice = this.#missed;
      this.#missed = 0;
    }
    return { allowed: this.#spend(), notice };
  }

  /**
   * The call that ends the window, met by others. Returns which of them print, all ahead of the notice, then
   * the verdict of the call itself.
   */
  meet(jiffies: number, contenders: readonly Contention[]): { printed: boolean[]; verdict: Verdict } {
    const printed: boolean[] = contenders.map((when) => when === "before-reset" && this.#spend());
    const between = contenders.map(
      (when, i) => when === "between" && printed[i] === false && this.#left <= 0,
    );
    const late = between.filter(Boolean).length;
    const verdict = this.call(jiffies);
    this.#missed += late;
    for (const [i, when] of contenders.entries()) {
      if (when === "after-reset" || (when === "between" && between[i] === false)) printed[i] = this.#spend();
    }
    return { printed, verdict };
  }

  #spend(): boolean {
    if (this.#left > 0) {
      this.#left -= 1;
      return true;
    }
    this.#missed += 1;
    return false;
  }
}

export function makeKernel(family: Family, costJiffies: number, burst: number): Kernel {
  switch (family) {
    case "T":
      return new BucketKernel(costJiffies, burst);
    case "W1":
    case "W2":
      return new WindowKernel(costJiffies, burst, false);
    case "W4":
      return new AtomicKernel(costJiffies, burst);
    case "W3":
    case "unknown":
      return new WindowKernel(costJiffies, burst, true);
    default:
      return family satisfies never;
  }
}
