// What is said of a fleet of which only the worst hosts are shown: that it is so, and what all of them have in common.

import type { Report } from "../model/report.ts";
import { grouped } from "./units.ts";
import { at, type Voice } from "./voice.ts";

/** Sentences, one a line; none where every host is shown. Hosts' names in them are as logged. */
export function fleetSentences({ fleet }: Report, voice: Voice): string[] {
  if (fleet === undefined) return [];
  const { w } = voice;
  const n = (count: number) => grouped(count, w);
  const { rest } = fleet;
  const hidden = w.fleetShown(
    n(fleet.shown),
    n(fleet.hosts),
    n(fleet.hosts - fleet.shown),
    n(rest.bursts),
    n(rest.dropsMin),
  );
  const hours = fleet.hours.map(({ atUs, hosts, dropLines, suppressed }) =>
    w.fleetHour(at(voice, atUs), n(hosts), n(dropLines), n(suppressed)),
  );
  const limits = fleet.limits.map(({ value, hosts, example }) => w.fleetLimit(n(value), n(hosts), example));
  const left = fleet.leftOutProblems + fleet.leftOutSources;
  return [
    hidden,
    ...(hours.length === 0 ? [] : [w.fleetHours, ...hours]),
    ...(limits.length < 2 ? [] : [w.fleetLimits, ...limits]),
    ...(left === 0 ? [] : [w.fleetLeftOut(n(fleet.leftOutProblems), n(fleet.leftOutSources))]),
  ];
}
