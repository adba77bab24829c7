// What each kind of golden case runs: its input, read from the notation, and its result, written in it.

import { createAnchors } from "../../src/clock/anchors.ts";
import { chooseBaseYear } from "../../src/clock/base-year.ts";
import { createBootSplitter, normaliseUptime } from "../../src/clock/boots.ts";
import { findDerivedBase } from "../../src/clock/derived.ts";
import { createLineYears } from "../../src/clock/line-years.ts";
import { createWallResolver, type WallResult } from "../../src/clock/wall-resolver.ts";
import { yearlessToLocalUs } from "../../src/clock/years.ts";
import { zoneAbbreviation } from "../../src/clock/zone-abbreviations.ts";
import { inferZone } from "../../src/clock/zone-inference.ts";
import { createZone, writeOffset, type Zone } from "../../src/clock/zones.ts";
import { packYearless, unpackYearless } from "../../src/model/stored.ts";
import {
  readAnchor,
  readPacked,
  readSeconds,
  readStamp,
  readTime,
  readTimeOrNull,
  writeSeconds,
  writeTime,
} from "./notation.ts";

interface EvidenceInput {
  last?: string;
  fullDates?: [stamp: string, local: string][];
  lineYears?: { told: number | null; least: number | null; most: number | null };
  leapDays?: string[];
  weekdays?: [stamp: string, weekday: number][];
  nameDate?: string;
  gzipTime?: string;
  memberTime?: string;
  mtime?: string;
  reference?: string;
  now?: string;
  optionYear?: number;
}

interface WallLine {
  local: string;
  near?: string;
}

interface BootInput {
  uptime?: string;
  at?: string;
  boot?: string;
  begins?: boolean;
}

export const RULES: Readonly<Record<string, (input: never) => unknown>> = {
  "count-years": ({ stamps, resumeAfter }: { stamps: string[]; resumeAfter?: number }) => {
    let counter = createLineYears();
    return stamps.map((stamp, at) => {
      if (at === resumeAfter) counter = createLineYears(JSON.parse(JSON.stringify(counter.state())));
      return counter.push(readStamp(stamp));
    });
  },

  "choose-year": (input: EvidenceInput) => chooseYear(input),

  "date-lines": ({ stamps, zone, evidence }: { stamps: string[]; zone: string; evidence: EvidenceInput }) => {
    const counter = createLineYears();
    const packed = stamps.map((stamp) => packYearless(counter.push(readStamp(stamp)), readStamp(stamp)));
    const chosen = chooseYear(evidence, packed.at(-1));
    const locals = packed.map((each) => {
      const { relativeYear, ofYearUs } = unpackYearless(each);
      return yearlessToLocalUs((chosen?.firstYear ?? 0) + relativeYear, ofYearUs);
    });
    return resolveWalls(
      locals.map((localUs) => ({ localUs: localUs ?? Number.NaN, near: null })),
      zone,
    );
  },

  "read-walls": ({ lines, zone, mostHeld }: { lines: WallLine[]; zone: string; mostHeld?: number }) =>
    resolveWalls(
      lines.map(({ local, near }) => ({ localUs: readTime(local), near: readTimeOrNull(near) })),
      zone,
      mostHeld,
    ),

  "infer-zone": ({ pairs, candidates }: { pairs: [string, string][]; candidates?: string[] }) => {
    const read = pairs.map(([local, at]) => ({
      localUs: readTime(local),
      atUs: readTime(at),
      resolutionUs: 1_000_000,
    }));
    const found = inferZone(read, candidates);
    return found === null ? null : { zone: found.zone, offsets: found.offsets.map(writeOffset) };
  },

  "name-offset": ({ name, zone, at }: { name: string; zone?: string; at?: string }) => {
    const assumed = zone === undefined ? null : zoneOf(zone).offsetUs(readTime(at ?? ""));
    const found = zoneAbbreviation(name, assumed);
    return found === null ? null : writeOffset(found);
  },

  "normalise-uptime": ({ uptimes }: { uptimes: string[] }) =>
    uptimes.map((each) => writeSeconds(normaliseUptime(readSeconds(each), readSeconds(uptimes[0] ?? each)))),

  "split-boots": ({ lines, resumeAfter }: { lines: BootInput[]; resumeAfter?: number }) => {
    let splitter = createBootSplitter();
    return lines.map((line, at) => {
      if (at === resumeAfter) splitter = createBootSplitter(JSON.parse(JSON.stringify(splitter.state())));
      return splitter.push({
        uptimeUs: line.uptime === undefined ? null : readSeconds(line.uptime),
        atUs: readTimeOrNull(line.at),
        bootId: line.boot ?? null,
        isBootLine: line.begins ?? false,
      });
    });
  },

  "place-uptimes": ({ anchors, uptimes }: { anchors: string[]; uptimes: string[] }) => {
    const boot = anchorsOf(anchors);
    return {
      times: uptimes.map((uptime) => writePlaced(boot.resolve(readSeconds(uptime)))),
      steps: boot.steps().map((step) => ({
        since: writeSeconds(step.sinceUptimeUs),
        at: writeSeconds(step.uptimeUs),
        by: writeSeconds(step.stepUs),
        isSetting: step.isSetting,
      })),
    };
  },

  "correct-derived": (input: { pairs: [string, string][]; anchors: string[]; derived: string[] }) => {
    const pairs = input.pairs.map(([derived, uptime]) => ({
      derivedUs: readTime(derived),
      uptimeUs: readSeconds(uptime),
      resolutionUs: 1_000_000,
    }));
    const baseUs = findDerivedBase(pairs);
    if (baseUs === null) return null;
    const boot = anchorsOf(input.anchors);
    return input.derived.map((each) => writePlaced(boot.resolve(readTime(each) - baseUs)));
  },
};

function chooseYear(input: EvidenceInput, lastPacked: number | null = null) {
  return chooseBaseYear({
    ...input,
    lastPacked: input.last === undefined ? lastPacked : readPacked(input.last),
    fullDates: (input.fullDates ?? []).map(([stamp, local]) => ({
      packed: readPacked(stamp),
      localUs: readTime(local),
    })),
    leapDays: (input.leapDays ?? []).map(readPacked),
    weekdays: (input.weekdays ?? []).map(([stamp, weekday]) => ({ packed: readPacked(stamp), weekday })),
    gzipTimeUs: readTimeOrNull(input.gzipTime),
    memberTimeUs: readTimeOrNull(input.memberTime),
    mtimeUs: readTimeOrNull(input.mtime),
    referenceUs: readTimeOrNull(input.reference),
    nowUs: readTimeOrNull(input.now),
  });
}

function resolveWalls(
  lines: { localUs: number; near: number | null }[],
  zone: string,
  mostHeld?: number,
): string[] {
  const resolver = createWallResolver(zoneOf(zone), mostHeld);
  const results: WallResult[] = [];
  for (const { localUs, near } of lines) results.push(...resolver.push(localUs, near));
  results.push(...resolver.finish());
  return results.map(({ index, atUs, doubt }, at) =>
    index === at ? (atUs === null ? String(doubt) : writeTime(atUs)) : `out of order: ${index}`,
  );
}

function zoneOf(name: string): Zone {
  const zone = createZone(name);
  if (zone === null) throw new Error(`no zone ${name}`);
  return zone;
}

function anchorsOf(lines: string[]) {
  const anchors = createAnchors();
  for (const [id, line] of lines.entries()) anchors.add(readAnchor(line, id));
  return anchors;
}

function writePlaced(placed: { atUs: number; anchorId: number } | null) {
  return placed === null ? null : `${writeTime(placed.atUs)} #${placed.anchorId}`;
}
