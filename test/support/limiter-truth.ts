// Joins a simulation with what the analysis makes of it: bursts by pause, their windows, and the drops that
// really happened in those windows' time.

import { counterCeiling } from "../../src/analysis/ceiling.ts";
import { identifyLimiter, type Limiter } from "../../src/analysis/limiter.ts";
import { reachUs, suppressedUntilUs } from "../../src/analysis/windows.ts";
import type { LimiterRecord, Window } from "../../src/analysis/windows-records.ts";
import type { Simulation } from "./limiter-sim.ts";
import { type BurstEvidence, boundDrops, rebuildWindows } from "./limiter-whole.ts";

const GAP_US = 60_000_000;
/** The limiter's clock ticks at 100 Hz at the slowest. */
const JIFFY_US = 10_001;
/** Calls that meet in the limiter are simulated this close together. */
const MEETING_US = 2;
const VERSIONS = { T: "2.4.32", W1: "2.6.28", W2: "3.2.0", W3: "6.1.0", W4: "7.2.0", unknown: null };

export interface FoundBurst {
  readonly netns: string | null;
  /** Index of its first and last window. */
  readonly first: number;
  readonly last: number;
}

export function limiterOf(sim: Simulation): Limiter {
  const perToken = sim.family === "T" ? sim.costS : 1; // 2.4 gives the bucket's capacity in seconds
  return identifyLimiter({
    forms: new Set(sim.records.flatMap(({ form }) => form ?? [])),
    dropForms: { usesIpConntrack: false, namesNetns: false },
    kernelVersion: VERSIONS[sim.family],
    known: { costS: sim.costS, burst: sim.burst * perToken },
  });
}

/** Bursts of one namespace: its drop lines, no pause between them longer than the gap. */
export function findBursts(records: readonly LimiterRecord[], windows: readonly Window[], gapUs = GAP_US) {
  const byNetns = new Map<string | null, LimiterRecord[][]>();
  for (const record of records) {
    if (record.kind !== "drop") continue;
    const bursts = byNetns.get(record.netns) ?? [];
    const last = bursts.at(-1)?.at(-1);
    if (last === undefined || record.atUs - last.atUs > gapUs) bursts.push([record]);
    else bursts.at(-1)?.push(record);
    byNetns.set(record.netns, bursts);
  }
  const windowOf = (ref: number) =>
    windows.findIndex(
      ({ firstRef, lastRef }) => firstRef !== null && lastRef !== null && firstRef <= ref && ref <= lastRef,
    );
  const found: FoundBurst[] = [];
  for (const [netns, bursts] of byNetns) {
    for (const lines of bursts) {
      found.push({ netns, first: windowOf(lines[0]?.ref ?? -1), last: windowOf(lines.at(-1)?.ref ?? -1) });
    }
  }
  return found;
}

export function judge(sim: Simulation, limiter: Limiter = limiterOf(sim)) {
  const windows = [...rebuildWindows(sim.records, limiter)];
  const bursts = findBursts(sim.records, windows);
  const netnses = new Set(bursts.map(({ netns }) => netns));
  return bursts.map((burst) => {
    const own = windows.slice(burst.first, burst.last + 1);
    const first = own[0];
    const last = own.at(-1);
    if (first === undefined || last === undefined) throw new Error("a burst without windows");
    const span = trueSpan(sim, windows, burst, limiter);
    const truth = sim.drops.filter(
      ({ atUs, netns }) => netns === burst.netns && atUs >= span.fromUs && atUs < span.toUs,
    ).length;
    const evidence: BurstEvidence = {
      windows: own,
      netns: burst.netns,
      limiter,
      otherNetns: netnses.size > 1,
      lossInside: false,
      logStartsInside:
        sim.cutHeadUs !== null && first.beginUs - sim.cutHeadUs <= reachUs(limiter) + 4_000_000,
      shortSeen: windows.some(({ short }) => short),
      counter: null,
      witnessTailCap: null,
    };
    const ceiling = ceilingOf(sim, windows, bursts, burst, limiter);
    const counted = boundDrops({ ...evidence, counter: { ceiling, netns: burst.netns } });
    return { burst, own, last, truth, bounds: boundDrops(evidence), ceiling, counted, limiter };
  });
}

/** From the first window's begin to one length after its last line, or to what closed it, or to the log's end. */
function trueSpan(sim: Simulation, windows: readonly Window[], burst: FoundBurst, limiter: Limiter) {
  const time = (ref: number | null | undefined) => sim.times[ref ?? -1];
  const first = windows[burst.first];
  const last = windows[burst.last];
  const opener = first?.openedByNotice ? windows[burst.first - 1]?.noticeRef : first?.firstRef;
  const closer = last?.noticeRef ?? (last?.closed ? windows[burst.last + 1]?.firstRef : null);
  const lastLineUs = Math.max(time(last?.firstRef)?.lastUs ?? 0, time(last?.lastRef)?.lastUs ?? 0);
  return {
    fromUs: (time(opener)?.firstUs ?? Number.NaN) - MEETING_US,
    toUs: Math.max(
      lastLineUs + 1,
      Math.min(
        lastLineUs + limiter.costUs + JIFFY_US,
        time(closer)?.firstUs ?? Number.POSITIVE_INFINITY,
        (sim.cutTailUs ?? Number.POSITIVE_INFINITY) + 1,
      ),
    ),
  };
}

/** Samples of the namespace's counter, one a second, on a clock that is a little off. */
function ceilingOf(
  sim: Simulation,
  windows: readonly Window[],
  bursts: readonly FoundBurst[],
  burst: FoundBurst,
  limiter: Limiter,
) {
  const own = bursts.filter(({ netns }) => netns === burst.netns);
  const previous = own[own.indexOf(burst) - 1];
  const next = own[own.indexOf(burst) + 1];
  const first = windows[burst.first];
  const last = windows[burst.last];
  const end = (window: Window | undefined) =>
    window === undefined ? null : suppressedUntilUs(window, limiter);
  const drops = sim.drops.filter(({ netns }) => netns === burst.netns).map(({ atUs }) => atUs);
  drops.sort((a, b) => a - b);
  const offUs = ((sim.records.length % 7) - 3) * 100_000;
  function* samples() {
    let drop = 0;
    for (let atUs = 0; atUs < (drops.at(-1) ?? 0) + 200_000_000; atUs += 1_000_000) {
      while ((drops[drop] ?? Number.POSITIVE_INFINITY) <= atUs) drop += 1;
      yield { atUs: atUs + offUs, drop };
    }
  }
  return counterCeiling(
    samples(),
    {
      firstLineUs: first?.earliestUs ?? Number.NEGATIVE_INFINITY,
      lastWindowBeginUs: (end(last) ?? 0) - limiter.costUs,
      costUs: limiter.costUs,
      slackUs: 1_000_000 + (last?.resolutionUs ?? 0),
    },
    {
      previousEndUs: previous === undefined ? null : end(windows[previous.last]),
      nextBeginUs: next === undefined ? null : (windows[next.first]?.beginUs ?? null),
    },
  );
}
