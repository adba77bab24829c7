// A boot can last years and every line of it be an anchor: only a fixed number is kept, spread evenly over uptime.

import { type Anchor, groupAnchors, offsetOf } from "./anchor.ts";

/**
 * At most `most` of them, sorted by uptime as they are. The first and the last stay; the rest are from as many equal
 * stretches of uptime as fit.
 */
export function thinAnchors(anchors: readonly Anchor[], most: number): Anchor[] {
  for (let stretches = Math.floor(most / 2); stretches >= 1; stretches = Math.floor(stretches / 2)) {
    const kept = new Set([anchors[0], anchors.at(-1), ...pickEvenly(anchors, stretches)]);
    if (kept.size <= most) return anchors.filter((anchor) => kept.has(anchor));
  }
  return anchors.slice(0, most);
}

function pickEvenly(anchors: readonly Anchor[], stretches: number): Anchor[] {
  const fromUs = anchors[0]?.uptimeUs ?? 0;
  const spanUs = (anchors.at(-1)?.uptimeUs ?? 0) - fromUs + 1;
  return groupAnchors(anchors, (anchor) => {
    const stretch = Math.floor(((anchor.uptimeUs - fromUs) / spanUs) * stretches);
    return `${stretch} ${anchor.quality} ${anchor.resolutionUs < 500_000 ? "fine" : "coarse"}`;
  }).flatMap(pick);
}

/** The promptest of a stretch, and the one with the largest offset that the promptest does not prove late. */
function pick(anchors: readonly Anchor[]): Anchor[] {
  const lowest = anchors.reduce((best, anchor) => (offsetOf(anchor) < offsetOf(best) ? anchor : best));
  const limitUs = offsetOf(lowest) + lowest.resolutionUs;
  const highest = anchors
    .filter((anchor) => offsetOf(anchor) <= limitUs)
    .reduce((best, anchor) => (offsetOf(anchor) > offsetOf(best) ? anchor : best), lowest);
  return [lowest, highest];
}
