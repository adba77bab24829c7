// The windows of a burst added up.

import { FloodShape } from "./flood-shape.ts";
import type { Window, WindowRule } from "./windows-records.ts";

export interface Totals {
  own: number;
  foreign: number;
  others: number;
  suppressed: number;
  shared: number;
  unreadable: boolean;
  short: boolean;
  lost: boolean;
  vague: boolean;
  flood: FloodShape;
  first: Window | null;
  last: Window | null;
  largestEarlier: number | null;
}

export function noTotals(rule: WindowRule): Totals {
  return {
    own: 0,
    foreign: 0,
    others: 0,
    suppressed: 0,
    shared: 0,
    unreadable: false,
    short: false,
    lost: false,
    vague: false,
    flood: new FloodShape(rule),
    first: null,
    last: null,
    largestEarlier: null,
  };
}

export function addWindow(totals: Totals, window: Window, netns: string | null, otherNetns: boolean): void {
  let own = 0;
  let foreign = 0;
  for (const drop of window.drops) {
    if (drop.netns === netns) own += drop.lines;
    else foreign += drop.lines;
  }
  const earlier = totals.last?.suppressed ?? null;
  if (earlier !== null) totals.largestEarlier = Math.max(totals.largestEarlier ?? 0, earlier);
  const shared = foreign > 0 || (own === 0 && otherNetns);
  totals[shared ? "shared" : "suppressed"] += window.suppressed ?? 0;
  totals.own += own;
  totals.foreign += foreign;
  totals.others += window.others;
  totals.unreadable ||= window.noticeRef !== null && window.suppressed === null;
  totals.short ||= window.short;
  totals.lost ||= window.lost;
  totals.vague ||= window.vague;
  totals.flood.add(window);
  totals.first ??= window;
  totals.last = window;
}
