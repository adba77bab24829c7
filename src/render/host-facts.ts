// Sentences about a host beside its bursts: its names, what stays undated, what is configured otherwise.

import type { Advice, HostReport } from "../model/report.ts";
import type { ReportSource } from "../model/report-source.ts";
import { sourceName } from "../model/source-name.ts";
import { detailed } from "./facts.ts";
import { warningTexts } from "./statement.ts";
import { bytes, duration, grouped } from "./units.ts";
import { place, type Voice } from "./voice.ts";
import { named } from "./words.ts";
import { ends } from "./zone.ts";

export function hostTitle(host: HostReport, { w }: Voice): string {
  return host.host === "" ? w.unknown : host.host;
}

/** What the kernel counted where no log tells of drops. */
function gained({ unseenGain }: HostReport, { w, tz }: Voice): readonly string[] {
  if (unseenGain === null) return [];
  const { gained: packets, fromUs, toUs } = unseenGain;
  return [w.unseenGain(w.packets(packets, grouped(packets, w)), ...ends(fromUs, toUs, tz))];
}

export function hostNotes(host: HostReport, voice: Voice): readonly string[] {
  const { w } = voice;
  const others = host.names.filter((name) => name !== host.host);
  const lines = host.undatedDropLines;
  return [
    ...(others.length === 0 ? [] : [w.alsoNamed(others.join(", "))]),
    ...(lines === 0 ? [] : [w.undatedHost(w.dropLines(lines, grouped(lines, w)))]),
    ...gained(host, voice),
  ];
}

export function limitNotes(host: HostReport, voice: Voice): readonly string[] {
  const { w } = voice;
  const { secondsAbove90, secondsAbove95 } = host;
  return [
    ...host.mismatches.map(({ key, configured, effective }) =>
      w.mismatch(
        key,
        `${grouped(configured.value, w)} (${place(voice, configured.citation)})`,
        `${grouped(effective.value, w)} (${place(voice, effective.citation)})`,
      ),
    ),
    ...(secondsAbove90 === null || secondsAbove95 === null
      ? []
      : [w.pressure(duration(secondsAbove90, w), duration(secondsAbove95, w))]),
  ];
}

/** Said where not every burst is told, or not in detail. */
export function detailNotes({ bursts, burstsLeftOut }: HostReport, { w }: Voice): readonly string[] {
  const told = detailed(bursts).length;
  const all = bursts.length + burstsLeftOut;
  return [
    ...(burstsLeftOut === 0 ? [] : [w.burstsLeft(burstsLeftOut, grouped(burstsLeftOut, w))]),
    ...(told === all ? [] : [w.detailsOf(grouped(told, w), grouped(all, w))]),
  ];
}

/** What the proposal costs and on which figures that rests. */
export function costSentences(advice: Advice, { w }: Voice): readonly string[] {
  const { memoryNowBytes, memoryProposedBytes, entryBytes, entryBytesOrigin } = advice;
  const origin = named(w.origins, entryBytesOrigin);
  const memory =
    memoryProposedBytes === null
      ? []
      : memoryNowBytes === null
        ? [w.memoryProposed(bytes(memoryProposedBytes, w))]
        : [w.memory(bytes(memoryNowBytes, w), bytes(memoryProposedBytes, w))];
  const entry = entryBytes === null ? w.entryUnknown(origin) : w.entryBytes(bytes(entryBytes, w), origin);
  return [...memory, entry, ...warningSentences(advice, { w })];
}

/** What to mind when the proposal is set. */
export function warningSentences(advice: Advice, { w }: Pick<Voice, "w">): readonly string[] {
  return warningTexts(advice, w).map((warning) => w.warning(warning));
}

/** Name, contents, time and hash of a source. */
export function sourceSentences(source: ReportSource, { w, tz }: Voice): readonly string[] {
  const { firstUs, lastUs } = source;
  const is = w.sourceIs(source.host, source.channel, source.format, bytes(source.bytes, w));
  const holds = w.sourceHolds(
    source.events,
    grouped(source.events, w),
    source.problems,
    grouped(source.problems, w),
  );
  const time = firstUs === null || lastUs === null ? [] : [ends(firstUs, lastUs, tz).join(" - ")];
  const hash = `${w.col.sha256} ${source.sha256 ?? w.notHashed}`;
  return [
    sourceName(source),
    `${is}, ${holds}, ${source.complete ? w.complete : w.incomplete}`,
    ...time,
    hash,
  ];
}
