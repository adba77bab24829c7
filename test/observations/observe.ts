// Feeds text to the observer the way the program does, with a small stand-in for the header parser.

import type { Observation } from "../../src/model/observation.ts";
import type { Problem } from "../../src/model/problem.ts";
import type { ObservedLine } from "../../src/observations/observed-line.ts";
import { createObserver, type ObserverContext } from "../../src/observations/observer.ts";
import type { Speaker } from "../../src/observations/row.ts";

export const NOWHERE: ObserverContext = { role: null, path: "paste.txt", member: null, netns: null };

export interface Observed {
  readonly observations: Observation[];
  readonly problems: Problem[];
}

type Header = Pick<ObservedLine, "text" | "fromLog" | "fromKernel" | "tag" | "host">;

const BARE = { fromLog: false, fromKernel: false, tag: null, host: null };

export function bareHeader(raw: string): Header {
  return { text: raw, ...BARE };
}

export function spokenBy(speaker: Speaker): (raw: string) => Header {
  return (raw) => ({ text: raw, fromLog: true, host: "fw", ...speaker });
}

/** RFC 3164 and dmesg headers, enough for the corpus. */
export function stripHeader(raw: string): Header {
  const line = raw.replace(/\r$/, "");
  const syslog = /^\w{3} [ \d]\d \d\d:\d\d:\d\d (\S+) ([^\s:[]+)(?:\[\d+\])?: ?(.*)$/.exec(line);
  if (syslog !== null) {
    const [, host = "", tag = "", rest = ""] = syslog;
    const text = rest.replace(/^\[ *\d+\.\d+\] /, "");
    return { text, fromLog: true, fromKernel: tag === "kernel", tag, host };
  }
  const dmesg = /^\s*\[(?: *\d+\.\d+|\w{3} \w{3} [ \d]\d [\d:]{8} \d{4})\] (.*)$/.exec(line);
  if (dmesg !== null) return { text: dmesg[1] ?? "", fromLog: true, fromKernel: true, tag: null, host: null };
  return bareHeader(line);
}

export function observe(
  text: string,
  context: ObserverContext = NOWHERE,
  header: (raw: string) => Header = bareHeader,
): Observed {
  const observer = createObserver(context);
  const observations: Observation[] = [];
  let offset = 0;
  text.split("\n").forEach((raw, index) => {
    const length = Buffer.byteLength(raw);
    const where = { raw, offset, length, number: index + 1, stamp: null, uptimeUs: null };
    observations.push(...observer.push({ ...header(raw), ...where }));
    offset += length + 1;
  });
  observations.push(...observer.end());
  return { observations, problems: observer.problems() };
}

export function facts(observations: readonly Observation[]): (readonly [string, string, number])[] {
  return observations.map(({ kind, key, value }) => [kind, key, value] as const);
}
