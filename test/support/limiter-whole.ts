// What the limiter's analysis makes of records that are all there at once. The program hands them over one by one.

import { type Bounds, type BurstContext, BurstTally } from "../../src/analysis/bounds.ts";
import { WindowTally } from "../../src/analysis/limiter-infer.ts";
import { createWindowRebuild } from "../../src/analysis/windows.ts";
import type { LimiterRecord, Window, WindowRule } from "../../src/analysis/windows-records.ts";
import { MINUTE_US } from "../../src/model/units.ts";

/** The windows of a log, as they are found. */
export function* rebuildWindows(
  records: Iterable<LimiterRecord>,
  rule: WindowRule,
  { gapUs = MINUTE_US }: { readonly gapUs?: number } = {},
): Generator<Window> {
  const ready: Window[] = [];
  const rebuild = createWindowRebuild(rule, (window) => ready.push(window), gapUs);
  for (const record of records) {
    rebuild.take(record);
    yield* ready.splice(0);
  }
  rebuild.end();
  yield* ready;
}

export interface BurstEvidence extends BurstContext {
  /**
   * Windows that hold a drop line of the burst, and all windows between the first and the last of them. The
   * boot's last window, where it is among them, is the only one that can be open.
   */
  readonly windows: Iterable<Window>;
}

export function boundDrops(evidence: BurstEvidence): Bounds {
  const tally = new BurstTally(evidence.netns, evidence.otherNetns, evidence.limiter);
  for (const window of evidence.windows) tally.add(window);
  return tally.bounds(evidence);
}

export function tallyWindows(records: Iterable<LimiterRecord>): WindowTally {
  const windows = new WindowTally();
  for (const record of records) windows.add(record);
  return windows;
}
