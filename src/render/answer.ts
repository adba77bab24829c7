// The paragraph a report begins with. It answers the four questions of somebody after an outage: when were packets
// dropped, how many at least and at most, how full was the table against which limit, what to set and its cost.

import type { AdviceItem, HostReport, Report } from "../model/report.ts";
import { fullestBurst, isOnlyConfigured, limitsMet, type Scope, sourcesSpan } from "./facts.ts";
import { holeCaveat } from "./holes.ts";
import { type Part, say } from "./parts.ts";
import { bytes, grouped, percent } from "./units.ts";
import { boundWords, countAge, type Voice } from "./voice.ts";
import { named } from "./words.ts";
import { ends, instant, isUtc } from "./zone.ts";

type Sentence = readonly Part[];

export function answer(report: Report, voice: Voice): readonly Sentence[] {
  const lines = report.hosts.reduce((sum, host) => sum + host.undatedDropLines, 0);
  if (report.totals.bursts > 0) {
    const left = lines > 0 && report.totals.undatedBursts === 0 ? undated(lines, voice) : [];
    return [...scopeAnswer(report, voice), ...doubted(report, voice), ...left, ...caveats(report, voice)];
  }
  const unseenGains = report.hosts.flatMap((host) => unseen(host, voice));
  if (!hasLogs(report)) {
    const isWhole = report.sinceUs === null && report.untilUs === null;
    return [isWhole ? voice.w.noLogs() : voice.w.noLogsInRange(), ...unseenGains];
  }
  const left = lines > 0 ? undated(lines, voice) : [];
  return [
    silence(report, voice),
    ...unseenGains,
    ...doubted(report, voice),
    ...left,
    ...caveats(report, voice),
  ];
}

/** The same for one host of several. */
export function hostAnswer(host: HostReport, voice: Voice): readonly Sentence[] {
  const doubts = doubted(host, voice);
  if (host.totals.bursts > 0)
    return [...scopeAnswer({ hosts: [host], totals: host.totals }, voice), ...doubts];
  if (doubts.length > 0) return [[voice.w.onlyDoubtedHost], ...doubts];
  return [[host.hasLogs ? voice.w.noHostDrops : voice.w.noHostLogs]];
}

/** Some log was read: of hosts that are not shown nobody says so here, and they are taken to have one. */
function hasLogs({ hosts, sources, fleet }: Report): boolean {
  return fleet !== undefined || hosts.some((host) => host.hasLogs) || sources.some(({ isLog }) => isLog);
}

/** What may not be the kernel's own: in the sums, or left out of them. */
function doubted({ totals }: Pick<Report, "totals">, { w, trustedOnly }: Voice): readonly Sentence[] {
  const { doubtedLines, doubtedSuppressed } = totals;
  if (doubtedLines + doubtedSuppressed === 0) return [];
  const lines = w.dropLines(doubtedLines, grouped(doubtedLines, w));
  const all = doubtedSuppressed === 0 ? lines : w.lineAndHeld(lines, grouped(doubtedSuppressed, w));
  return [trustedOnly ? w.leftOut(all) : w.doubtedTotal(all)];
}

function scopeAnswer(scope: Scope, voice: Voice): readonly Sentence[] {
  return [when(scope, voice), howMany(scope, voice), howFull(scope, voice), whatToSet(scope, voice)];
}

function when(scope: Scope, voice: Voice): Sentence {
  const { w } = voice;
  const dropping = scope.hosts.filter((host) => host.totals.bursts > 0);
  const total = w.bursts(scope.totals.bursts, grouped(scope.totals.bursts, w));
  const host = nameOf(dropping[0]?.host ?? NAMELESS, voice);
  const { bursts, undatedBursts, fromUs, toUs } = scope.totals;
  if (fromUs === null || toUs === null)
    return w.whenUndated(dropping.length > 1 ? w.hosts(2, grouped(dropping.length, w)) : host, total);
  const { fleet } = scope;
  const [start, end] = ends(fromUs, toUs, voice.tz);
  const rest = undatedBursts === 0 ? [] : w.alsoUndated(w.bursts(undatedBursts, grouped(undatedBursts, w)));
  if (scope.hosts.length > 1) {
    const [some, all] = [fleet?.dropping ?? dropping.length, fleet?.hosts ?? scope.hosts.length];
    const said = w.whenHosts(grouped(some, w), grouped(all, w), total, start, end);
    return say`${said}${rest}${worst(dropping, voice)}`;
  }
  const dated = bursts - undatedBursts;
  if (dated > 1) return say`${w.whenMany(host, w.bursts(dated, grouped(dated, w)), start, end)}${rest}`;
  if (fromUs === toUs) return say`${w.whenOneAt(host, instantNamed(fromUs, voice))}${rest}`;
  return say`${w.whenOne(host, start, end)}${rest}`;
}

/** What a host is called that no line, bundle or option names. */
const NAMELESS = "unknown";

/** At the head of a sentence "unknown dropped packets" would read as a number of packets. */
function nameOf(host: string, { w }: Voice): string {
  return host === NAMELESS ? w.namelessHost : host;
}

function instantNamed(atUs: number, { tz }: Voice): string {
  return isUtc(tz) ? instant(atUs, tz) : `${instant(atUs, tz)} (${tz})`;
}

function worst(dropping: readonly HostReport[], voice: Voice): Sentence {
  const [first, next] = [...dropping].sort((a, b) => b.totals.dropsReported - a.totals.dropsReported);
  if (first === undefined || next === undefined) return [];
  if (first.totals.dropsReported === next.totals.dropsReported) return [];
  const { dropsMin, dropsMax, dropsReported } = first.totals;
  return voice.w.worstHost(
    first.host,
    grouped(dropsReported, voice.w),
    boundWords(voice, dropsMin, dropsMax),
  );
}

function howMany({ totals }: Scope, { w }: Voice): Sentence {
  const { dropsMin, dropsReported, dropsMax } = totals;
  const least = w.packets(dropsMin, grouped(dropsMin, w));
  const reported = grouped(dropsReported, w);
  if (dropsMax === null)
    return dropsReported === dropsMin
      ? w.manyOpenBare(dropsMin, least)
      : w.manyOpen(dropsMin, least, reported);
  if (dropsMax === dropsMin) return w.manyExact(dropsMin, least);
  const range = w.manyRange(dropsMin, least, grouped(dropsMax, w));
  const between = dropsReported !== dropsMin && dropsReported !== dropsMax;
  return between ? say`${range}${w.manyRangeReported(reported)}` : range;
}

function howFull(scope: Scope, voice: Voice): Sentence {
  const { w } = voice;
  const burst = fullestBurst(scope.hosts.flatMap((host) => host.bursts));
  if (burst === null) return w.fullUnknown();
  const { limitValue, countPeak, utilisation } = burst;
  if (limitValue === null) return countPeak === null ? w.fullUnknown() : w.fullNoLimit(grouped(countPeak, w));
  const limit = grouped(limitValue, w);
  const origin = burst.limitOrigin === null ? w.unknown : named(w.origins, burst.limitOrigin);
  const whose = scope.hosts.length > 1 ? w.tableOf(burst.host) : w.theTable;
  // A count far below the limit was not measured in the full table: it must not read as the answer.
  if (countPeak !== null && countPeak >= limitValue * 0.9) {
    const measured = w.fullMeasured(
      whose,
      grouped(countPeak, w),
      limit,
      percent(countPeak / limitValue, w),
      origin,
    );
    return say`${measured}${otherLimits(scope, limitValue, voice)}`;
  }
  if (isOnlyConfigured(burst)) return w.fullConfigured(whose, limit);
  const age = countAge(burst, voice);
  const inferred =
    utilisation === null
      ? w.fullInferred(whose, limit, origin)
      : w.fullNearest(whose, limit, percent(utilisation, w), origin, age);
  return say`${inferred}${otherLimits(scope, limitValue, voice)}`;
}

/** With more limits than this the least and the most are told: a fleet has dozens. */
const MOST_LIMITS = 4;

/** Limits change, and hosts differ: what is said of one burst is not true of them all. */
function otherLimits(scope: Scope, told: number, { w }: Voice): Sentence {
  const others = limitsMet(scope.hosts.flatMap((host) => host.bursts)).filter((limit) => limit !== told);
  if (others.length === 0) return [];
  const said = (limit: number) => grouped(limit, w);
  return w.limitsToo(
    others.length <= MOST_LIMITS
      ? others.map(said).join(w.basisAnd)
      : w.between(said(Math.min(...others)), said(Math.max(...others))),
  );
}

const isLimit = (item: AdviceItem) => item.key.endsWith("conntrack_max");

function whatToSet(scope: Scope, voice: Voice): Sentence {
  const { w } = voice;
  const advised = scope.hosts.filter((host) => (host.advice?.items.length ?? 0) > 0);
  if (advised.length === 0) return w.setNothing();
  if (advised.length > 3) return w.setEach();
  if (advised.length > 1) {
    return w.setHosts(
      advised.flatMap((host) => {
        const item = leading(host);
        const cost = host.advice?.memoryProposedBytes ?? null;
        const shown = cost === null ? null : bytes(cost, w);
        return item === null ? [] : [w.setOn(host.host, setting(item), current(item, voice), shown)];
      }),
    );
  }
  const [host] = advised;
  const item = host === undefined ? null : leading(host);
  const advice = host?.advice;
  if (item === null || advice === null || advice === undefined) return w.setNothing();
  const now = advice.memoryNowBytes === null ? null : bytes(advice.memoryNowBytes, w);
  const cost =
    advice.memoryProposedBytes === null
      ? w.costsUnknown()
      : w.costs(bytes(advice.memoryProposedBytes, w), now);
  const others = advice.items.length - 1;
  const rest = others === 0 ? [] : w.setOthers(others, grouped(others, w));
  return say`${w.set(setting(item), current(item, voice))}${cost}${rest}`;
}

function leading({ advice }: HostReport): AdviceItem | null {
  return advice?.items.find(isLimit) ?? advice?.items[0] ?? null;
}

/** Ungrouped: it is typed in as it stands. */
function setting(item: AdviceItem): string {
  return `${item.key} = ${item.value}`;
}

function current(item: AdviceItem, { w }: Voice): string | null {
  return item.current === null ? null : grouped(item.current, w);
}

function silence(report: Report, voice: Voice): Sentence {
  const { w } = voice;
  const logs = report.sources.filter(({ isLog }) => isLog);
  const sources = w.sources(logs.length, grouped(logs.length, w));
  if (report.totals.doubtedLines + report.totals.doubtedSuppressed > 0) return w.onlyDoubted(sources);
  const span = sourcesSpan(logs);
  const head =
    span === null ? w.noDrops(sources) : w.noDropsBetween(sources, ...ends(span.fromUs, span.toUs, voice.tz));
  return say`${head}${w.noDropsLimits()}`;
}

/** Silence of the logs is not the kernel's. */
function unseen({ host, unseenGain }: HostReport, { w }: Voice): readonly Sentence[] {
  if (unseenGain === null) return [];
  return [w.unseenBriefly(host, w.packets(unseenGain.gained, grouped(unseenGain.gained, w)))];
}

function undated(lines: number, { w }: Voice): readonly Sentence[] {
  return [w.undatedLines(w.dropLines(lines, grouped(lines, w)))];
}

function caveats(report: Report, voice: Voice): readonly Sentence[] {
  const timelines = report.hosts.flatMap((host) => (host.timeline === null ? [] : [host.timeline]));
  const said = holeCaveat(timelines, voice);
  return said === null ? [] : [said];
}
