// Why a burst's bounds are what they are. Names are stored, so they stay; `render/words` has a sentence for each.

import type { CeilingReason } from "./ceiling.ts";
import type { LimiterReason } from "./limiter.ts";

export type Reason =
  | LimiterReason
  | CeilingReason
  | "counter-moving"
  | "open-end"
  | "closed-by-size"
  | "contention-uncounted"
  | "suppressed-unproven"
  | "shared-limiter"
  | "mixed-namespaces"
  | "edge-booking"
  | "lines-lost"
  | "lines-left-out"
  | "witness-contradicts"
  | "notices-missing"
  | "log-starts-inside"
  | "window-short"
  | "count-unreadable"
  | "order-unclear"
  | "limiter-disabled"
  | "counter-ceiling"
  | "counter-other-namespace";
