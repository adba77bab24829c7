// Anchors that were not late. At boot all early records share the moment the log daemon started, and under load
// readers lag: an anchor is dropped where a neighbour proves that its offset is too large.

import { type Anchor, offsetOf } from "./anchor.ts";

/**
 * A neighbour proves a lag only if that is more than a hundredth of the way between them: the clock may have
 * drifted or been stepped a little, and an anchor far away should not overrule one nearby.
 */
const SLOPE = 0.01;

/** `anchors` of one clock (no step between), sorted by uptime. */
export function findPromptAnchors(anchors: readonly Anchor[]): Anchor[] {
  const told = anchors.filter(({ quality }) => quality !== "derived");
  const after = lowerBounds(told.toReversed()).reverse();
  const before = lowerBounds(told);
  const prompt = told.filter((anchor, at) => {
    const latestUs = Math.min(before[at] ?? 0, after[at] ?? 0);
    return anchor.quality === "both-clocks" || offsetOf(anchor) <= latestUs;
  });
  return [...prompt, ...anchors.filter(({ quality }) => quality === "derived")];
}

/** For each anchor the largest offset that it and those before it in the list allow. */
function lowerBounds(anchors: readonly Anchor[]): number[] {
  let boundUs = Number.POSITIVE_INFINITY;
  let lastUs = 0;
  return anchors.map((anchor) => {
    boundUs += SLOPE * Math.abs(anchor.uptimeUs - lastUs);
    boundUs = Math.min(boundUs, offsetOf(anchor) + anchor.resolutionUs);
    lastUs = anchor.uptimeUs;
    return boundUs;
  });
}
