// A line that carries a kernel uptime and an instant: it places every other uptime of its boot.

/**
 * `both-clocks`: one writer read both at once (sample row, journald's own pair, rtc_cmos setting the clock).
 * `logged`: a reader stamped the line when it got it, at once or late, never early.
 * `derived`: the instant was computed from the uptime afterwards (`dmesg -T`).
 */
export type AnchorQuality = "both-clocks" | "logged" | "derived";

export interface Anchor {
  readonly uptimeUs: number;
  readonly atUs: number;
  /** What the instant is cut down to: 1 s for a stamp without a fraction. */
  readonly resolutionUs: number;
  readonly quality: AnchorQuality;
  /** Whatever cites the line; handed back with what it dated. */
  readonly id: number;
}

/** Wall time minus uptime: the instant of the boot, by this line. */
export function offsetOf(anchor: Anchor): number {
  return anchor.atUs - anchor.uptimeUs;
}

export function groupAnchors(anchors: readonly Anchor[], keyOf: (anchor: Anchor) => string): Anchor[][] {
  const groups = new Map<string, Anchor[]>();
  for (const anchor of anchors) {
    const key = keyOf(anchor);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [anchor]);
    else group.push(anchor);
  }
  return [...groups.values()];
}
