// The clock of one boot: its anchors, cut where the log itself says that the wall clock was moved by an amount
// nobody told. An anchor on one side of such a step dates nothing on the other.

import type { Anchor } from "./anchor.ts";
import { type Anchors, createAnchors, type Placed } from "./anchors.ts";
import type { ClockStep } from "./steps.ts";

export interface BootClock {
  anchor(anchor: Anchor): void;
  /** The wall clock was moved at this uptime, by an unknown amount. */
  step(uptimeUs: number): void;
  /** Null where no anchor on this side of every step dates the uptime. */
  resolve(uptimeUs: number): Placed | null;
  steps(): readonly ClockStep[];
}

/** Makes the clock of one boot. Anchors and steps may come in any order. */
export function createBootClock(): BootClock {
  const all = createAnchors();
  const told = new Set<number>();
  let sides: { fromUs: number; anchors: Anchors }[] | null = null;

  const cut = () => {
    const starts = [Number.NEGATIVE_INFINITY, ...[...told].sort((a, b) => a - b)];
    const made = starts.map((fromUs) => ({ fromUs, anchors: createAnchors() }));
    for (const anchor of all.list()) sideOf(made, anchor.uptimeUs)?.anchors.add(anchor);
    return made;
  };

  return {
    anchor(anchor) {
      all.add(anchor);
      sides = null;
    },
    step(uptimeUs) {
      told.add(uptimeUs);
      sides = null;
    },
    resolve(uptimeUs) {
      if (told.size === 0) return all.resolve(uptimeUs);
      sides ??= cut();
      return sideOf(sides, uptimeUs)?.anchors.resolve(uptimeUs) ?? null;
    },
    steps: () => all.steps(),
  };
}

function sideOf<T extends { readonly fromUs: number }>(sides: readonly T[], uptimeUs: number): T | undefined {
  return sides.findLast((side) => uptimeUs >= side.fromUs);
}
