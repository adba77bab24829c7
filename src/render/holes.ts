// Time without logs in words: from when to when, and why nothing is known of it.

import type { Timeline } from "../model/report.ts";
import { type Span, unlogged } from "./facts.ts";
import type { Part } from "./parts.ts";
import { duration, grouped } from "./units.ts";
import type { Voice } from "./voice.ts";
import { named } from "./words.ts";
import { ends, instant } from "./zone.ts";

/** With more holes than this the list ends; the JSON report has them all. */
const MOST_HOLES = 12;

export function holeText(hole: Span, timeline: Timeline | null, voice: Voice): string {
  const { w } = voice;
  const gaps = (timeline?.coverage ?? []).filter(
    (span) => span.kind === "gap" && span.fromUs < hole.toUs && span.toUs > hole.fromUs,
  );
  const known = gaps.length > 0 ? gaps.map((gap) => gap.reason) : ["no-log"];
  const why = [...new Set(known)].map((reason) => named(w.coverageReasons, reason)).join("; ");
  return w.holeIs(...ends(hole.fromUs, hole.toUs, voice.tz), why);
}

export function holeSentences(timeline: Timeline, voice: Voice): readonly string[] {
  const { w } = voice;
  const { holes, beyond, beginUs, endUs } = unlogged(timeline, voice.asked);
  const all = [...holes, ...beyond].sort((a, b) => a.fromUs - b.fromUs);
  const left = all.length - MOST_HOLES;
  const seen = timeline.coverage.filter((span) => span.kind === "seen");
  const begins = seen.some((span) => span.toUs <= timeline.fromUs) ? w.coveredFrom : w.logsBegin;
  const stops = seen.some((span) => span.fromUs >= timeline.toUs) ? w.coveredTo : w.logsEnd;
  return [
    ...(beginUs === null ? [] : [begins(instant(beginUs, voice.tz))]),
    ...all.slice(0, MOST_HOLES).map((hole) => holeText(hole, timeline, voice)),
    ...(left > 0 ? [w.holesLeft(left, grouped(left, w))] : []),
    ...(endUs === null ? [] : [stops(instant(endUs, voice.tz))]),
  ];
}

/** How much no log covers, for the answer; null where there is nothing to say. */
export function holeCaveat(timelines: readonly Timeline[], { w, asked }: Voice): readonly Part[] | null {
  const found = timelines.map((timeline) => unlogged(timeline, asked));
  const holes = found.flatMap((one) => one.holes);
  const beyond = found.flatMap((one) => one.beyond);
  const lasting = (spans: readonly Span[]) =>
    duration(spans.reduce((sum, span) => sum + (span.toUs - span.fromUs), 0) / 1e6, w);
  const of = found.filter((one) => one.holes.length + one.beyond.length > 0).length;
  const over = of > 1 ? w.overHosts(w.hosts(of, grouped(of, w))) : "";
  if (holes.length === 0) return beyond.length === 0 ? null : w.beyond(lasting(beyond), over);
  const rest = beyond.length === 0 ? null : lasting(beyond);
  return w.holes(lasting(holes), holes.length, grouped(holes.length, w), rest, over);
}
