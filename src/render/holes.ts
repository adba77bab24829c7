// Time without logs in words: from when to when, and why nothing is known of it.

import type { Timeline } from "../model/report.ts";
import { type Span, unlogged } from "./facts.ts";
import { grouped } from "./units.ts";
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
  const { holes: all, beginUs, endUs } = unlogged(timeline, voice.asked);
  const left = all.length - MOST_HOLES;
  return [
    ...(beginUs === null ? [] : [voice.w.logsBegin(instant(beginUs, voice.tz))]),
    ...all.slice(0, MOST_HOLES).map((hole) => holeText(hole, timeline, voice)),
    ...(left > 0 ? [voice.w.holesLeft(left, grouped(left, voice.w))] : []),
    ...(endUs === null ? [] : [voice.w.logsEnd(instant(endUs, voice.tz))]),
  ];
}
