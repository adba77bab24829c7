// Lines that may not be the kernel's own, left out of bounds: what was missing for them has their name.

import type { Bounds } from "../../analysis/bounds.ts";
import type { LimiterRows } from "./limiter-rows.ts";

/** Bounds take a line that was left out for one that was lost: their reason says which it was. */
export function sayLeftOut(bounds: Bounds, { leftOut, losses }: LimiterRows): Bounds {
  if (leftOut === 0 || !bounds.reasons.includes("lines-lost")) return bounds;
  const reasons = bounds.reasons.flatMap((reason) =>
    reason !== "lines-lost"
      ? [reason]
      : losses > 0
        ? [reason, "lines-left-out" as const]
        : ["lines-left-out" as const],
  );
  return { ...bounds, reasons };
}
