// Words, zone and the little phrases made of both: what every renderer speaks with.

import type { Burst, Citation, Report } from "../model/report.ts";
import { sourceName } from "../model/source-name.ts";
import type { Asked } from "./facts.ts";
import { duration, grouped } from "./units.ts";
import type { Words } from "./words/en.ts";
import { withoutAccents, wordsFor } from "./words.ts";
import { instant, isUtc, wall } from "./zone.ts";

export interface Voice {
  readonly w: Words;
  readonly tz: string;
  /** The zone as a heading may name it: `UTC`, `Europe/Berlin`. */
  readonly zoneName: string;
  readonly asked: Asked;
  /** Lines that may not be the kernel's own are left out. */
  readonly trustedOnly: boolean;
}

/** `ascii`: words without accents, for terminals that have none. */
export function voiceOf(report: Report, ascii = false): Voice {
  const tz = report.displayTz;
  const w = wordsFor(report.lang);
  return {
    w: ascii ? withoutAccents(w) : w,
    tz,
    zoneName: isUtc(tz) ? "UTC" : tz,
    asked: report,
    trustedOnly: report.trustedOnly,
  };
}

export function at(voice: Voice, atUs: number | null, absent = voice.w.unknown): string {
  return atUs === null ? absent : instant(atUs, voice.tz);
}

export function number(voice: Voice, n: number | null): string {
  return n === null ? voice.w.unknown : grouped(n, voice.w);
}

export function lasted(voice: Voice, burst: Burst): string {
  return burst.durationS === null ? voice.w.unknown : duration(burst.durationS, voice.w);
}

/** Of a host without bursts: silence of logs, or no logs. */
export function noneShort({ w }: Voice, hasLogs: boolean): string {
  return hasLogs ? w.noDropsShort : w.noLogsShort;
}

/** In place of a timeline. */
export function noTimeline({ w, asked }: Voice): string {
  return asked.sinceUs === null && asked.untilUs === null ? w.noTimeline : w.noTimelineInRange;
}

/** How long before the burst the count was read that says how full the table was; null: during it, or there is none. */
export function countAge({ countPeak, countBeforeAgeS }: Burst, { w }: Voice): string | null {
  return countPeak !== null || countBeforeAgeS === null ? null : duration(countBeforeAgeS, w);
}

/** `exactly 3`, `between 121 and 56,809`, `at least 121`. */
export function boundWords(voice: Voice, least: number, most: number | null): string {
  if (most === null) return voice.w.atLeast(grouped(least, voice.w));
  if (most === least) return voice.w.exactly(grouped(least, voice.w));
  return voice.w.between(grouped(least, voice.w), grouped(most, voice.w));
}

/** The same where columns are narrow: `exactly 3`, `121 to 56,809`, `121 or more`. */
export function boundShort(voice: Voice, least: number, most: number | null): string {
  if (most === null) return voice.w.shortAtLeast(grouped(least, voice.w));
  return most === least
    ? voice.w.exactly(grouped(least, voice.w))
    : voice.w.shortBetween(grouped(least, voice.w), grouped(most, voice.w));
}

/** Instants of one column. Where they share an offset it is said in the head, and each cell is shorter for it. */
export function instants(voice: Voice, all: readonly (number | null)[]): Stamps {
  const walls = all.map((us) => (us === null ? null : wall(us, voice.tz)));
  const offsets = [...new Set(walls.flatMap((one) => (one === null ? [] : [one.offset])))];
  const [only] = offsets.length === 1 ? offsets : [];
  return {
    head: (name) => (only === undefined ? name : `${name} (${only})`),
    cells: walls.map((one) => {
      if (one === null) return null;
      return only === undefined ? `${one.date} ${one.time} ${one.offset}` : `${one.date} ${one.time}`;
    }),
  };
}

export interface Stamps {
  readonly head: (name: string) => string;
  readonly cells: readonly (string | null)[];
}

/** Where cited bytes lie. Numbers stay ungrouped: they are pasted into other tools. A whole file has no length here. */
export function place(voice: Voice, { path, member, byteOffset, byteLength }: Citation): string {
  return voice.w.place(path, member, String(byteOffset), byteLength === 0 ? null : String(byteLength));
}

/** Cuts cited bytes out of a compressed file, once its name, offset and length are put in. */
export const CUT_COMMAND = "zcat FILE | tail -c +$((OFFSET+1)) | head -c LENGTH";

/** One line that finds the bytes again, for a ticket. */
export function citationText(citation: Citation): string {
  const hash = citation.sha256 === null ? "" : ` sha256:${citation.sha256}`;
  return `${sourceName(citation)} @${citation.byteOffset}+${citation.byteLength}${hash}: ${citation.text}`;
}
