// The clock of one boot: its anchors, less those from before the log itself says that the clock had been wrong.

import type { Anchor } from "./anchor.ts";
import { type Anchors, createAnchors, type Placed } from "./anchors.ts";
import type { ClockStep } from "./steps.ts";

export interface BootClock {
  anchor(anchor: Anchor): void;
  /**
   * At this uptime the wall clock, which had shown no real time, was set by an amount that nobody told (systemd's
   * "System time before build time"): what anchors say from before dates nothing.
   */
  set(uptimeUs: number): void;
  /** Null where no anchor dates the uptime. */
  resolve(uptimeUs: number): Placed | null;
  /** The same; null, too, where the clock was moved by more than `withinUs` between the anchors around the uptime. */
  resolveAgreed(uptimeUs: number, withinUs: number): Placed | null;
  /** Steps that the anchors themselves show. */
  steps(): readonly ClockStep[];
}

/** Makes the clock of one boot. Anchors and settings may come in any order. */
export function createBootClock(): BootClock {
  const all = createAnchors();
  let setUs = Number.NEGATIVE_INFINITY;
  let since: Anchors | null = null;

  const valid = (): Anchors => {
    if (setUs === Number.NEGATIVE_INFINITY) return all;
    if (since === null) {
      since = createAnchors();
      for (const anchor of all.list()) if (anchor.uptimeUs >= setUs) since.add(anchor);
    }
    return since;
  };

  return {
    anchor(anchor) {
      all.add(anchor);
      since = null;
    },
    set(uptimeUs) {
      setUs = Math.max(setUs, uptimeUs);
      since = null;
    },
    resolve: (uptimeUs) => valid().resolve(uptimeUs),
    resolveAgreed: (uptimeUs, withinUs) => valid().resolveAgreed(uptimeUs, withinUs),
    steps: () => all.steps(),
  };
}
