// Why a burst's bounds are what they are: one sentence each, for reports. Names are stored, so they stay.

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

export const REASONS: Readonly<Record<Reason, string>> = {
  "open-end": "The log ends before the kernel told how many messages of the last window it suppressed.",
  "closed-by-size":
    "No later line ended the last window; it printed fewer lines than its size, so nothing of it was suppressed.",
  "contention-uncounted":
    "This kernel's limiter refuses calls without counting them when several CPUs meet in it (2.6.32 to 6.15).",
  "suppressed-unproven":
    "The limiter serves all network messages, so suppressed messages need not be drops: the least is what was printed.",
  "shared-limiter":
    "Other messages of the same limiter were printed among the drops, so part of what was suppressed is theirs.",
  "shared-with-printk":
    "Up to 2.6.26 network, disk and other kernel messages shared one limiter, so part of what was suppressed may be theirs.",
  "mixed-namespaces":
    "Several network namespaces dropped in the same windows; what was suppressed there may be of any of them.",
  "edge-booking":
    "Where the burst follows a full window, or ends by size behind one, calls of other CPUs may be miscounted: fewer than there are CPUs.",
  "lines-left-out":
    "Lines that may not be the kernel's own are left out; if they are its own, more was dropped than is told.",
  "lines-lost": "Log lines are known to be missing inside the burst.",
  "witness-contradicts":
    "Another log of the same kernel has lines or notices of the burst that the fullest one lacks, so no log has all.",
  "notices-missing":
    "The limiter's windows were used up one right behind the other, yet the log has no notice of suppressed messages: it is an extract.",
  "log-starts-inside": "The log may begin after the burst did.",
  "window-short":
    "A window printed fewer lines than it must have: lines are missing, or belong to messages unknown to conntrail.",
  "count-unreadable": "A notice of suppressed messages told no usable number.",
  "order-unclear":
    "When lines told by a late repeat were printed is not known, or a notice came too early for its lines and may tell of the burst before.",
  "limiter-disabled": "net.core.message_cost was 0: every drop is printed.",
  "limiter-unknown": "The kernel's release is not known, so neither is which limiter printed these lines.",
  "kernels-mixed": "The lines come from kernels with different limiters and cannot be told apart.",
  "version-contradicted":
    "The messages do not fit the kernel release that the log names; the messages were believed.",
  "limiter-switched":
    "net.core.message_cost was 0 at some time, or a file says so: a line printed then does not show that nothing was suppressed before it.",
  "window-default": "Length and size of a limiter window are assumed: 5 seconds, 10 messages.",
  "window-inferred": "Length and size of a limiter window were inferred from the lines themselves.",
  "counter-ceiling":
    "The most is what the kernel's own drop counter gained between two samples that enclose the burst.",
  "counter-moving":
    "The drop counter did not stand still beside the burst, so samples and log must agree on the time to the second.",
  "counter-other-namespace":
    "The drop counter seems to be that of another network namespace, so it is no ceiling for this burst.",
  "counter-reset": "The drop counter was reset during the burst.",
  "counter-not-enclosing":
    "No two samples of the drop counter enclose the burst without touching another one.",
};
