// One burst, told in sentences: bounds, reasons, limit, counts, witnesses. All formats for people say the same ones.

import type { Burst, WitnessAccount } from "../model/report.ts";
import { isOnlyConfigured } from "./facts.ts";
import { duration, grouped, percent } from "./units.ts";
import type { Voice } from "./voice.ts";
import { basisWords, named } from "./words.ts";

function boundSentence(burst: Burst, { w }: Voice): string {
  const least = grouped(burst.dropsMin, w);
  if (burst.dropsMax === null) return w.boundOpen(least);
  return burst.dropsMax === burst.dropsMin
    ? w.boundExact(least)
    : w.boundRange(least, grouped(burst.dropsMax, w));
}

export function amountSentences(burst: Burst, voice: Voice): readonly string[] {
  const { w } = voice;
  const printed = w.lines(burst.dropLines, grouped(burst.dropLines, w));
  const held = burst.dropsReported - burst.dropLines;
  const estimate = burst.dropsEstimate === null ? null : Math.round(burst.dropsEstimate);
  return [
    boundSentence(burst, voice),
    held > 0
      ? w.reportedAs(printed, grouped(held, w), grouped(burst.dropsReported, w))
      : w.printedOnly(printed),
    ...(burst.suppressedShared > 0 ? [w.sharedPart(grouped(burst.suppressedShared, w))] : []),
    ...(estimate === null || estimate === burst.dropsReported ? [] : [w.estimateIs(grouped(estimate, w))]),
    ...(burst.tailCap === null || burst.tailCap === 0 ? [] : [w.tailCapIs(grouped(burst.tailCap, w))]),
    ...doubtSentences(burst, voice),
  ];
}

function doubtSentences({ doubtedLines, doubtedSuppressed, doubts }: Burst, { w }: Voice): readonly string[] {
  const why = doubts.map((name) => named(w.doubts, name)).join("; ");
  return [
    ...(doubtedLines === 0 ? [] : [w.doubtedLines(doubtedLines, grouped(doubtedLines, w), why)]),
    ...(doubtedSuppressed === 0 ? [] : [w.doubtedHeld(grouped(doubtedSuppressed, w), why)]),
  ];
}

export function reasons(burst: Burst, { w }: Voice): readonly string[] {
  return burst.boundReasons.map((name) => named(w.reasons, name));
}

function limitSentence(burst: Burst, { w }: Voice): string {
  const { limitValue, limitOrigin } = burst;
  if (limitValue === null) return w.limitUnknown;
  if (isOnlyConfigured(burst)) return w.limitConfigured(grouped(limitValue, w));
  return w.limitIs(grouped(limitValue, w), limitOrigin === null ? w.unknown : named(w.origins, limitOrigin));
}

export function tableSentences(burst: Burst, voice: Voice): readonly string[] {
  const { w } = voice;
  const { limitValue, countBefore, countPeak, countAfter, utilisation } = burst;
  const ratio = countPeak === null || limitValue === null ? null : percent(countPeak / limitValue, w);
  const age = (seconds: number | null) => (seconds === null ? null : duration(seconds, w));
  const counted = countBefore !== null || countPeak !== null || countAfter !== null;
  const headroom = countPeak === null || limitValue === null ? 0 : limitValue - countPeak;
  const far = utilisation !== null && utilisation < 0.9;
  return [
    limitSentence(burst, voice),
    ...(countBefore === null
      ? []
      : [w.countNearIs("before", grouped(countBefore, w), age(burst.countBeforeAgeS))]),
    ...(countPeak === null ? [] : [w.countPeakIs(grouped(countPeak, w), ratio)]),
    ...(headroom > 0 ? [w.headroom(grouped(headroom, w))] : []),
    ...(countAfter === null
      ? []
      : [w.countNearIs("after", grouped(countAfter, w), age(burst.countAfterAgeS))]),
    counted ? w.fullIsInferred : w.noCountNear,
    ...(far ? [w.farBelow] : []),
  ];
}

export function witnessSentences(burst: Burst, voice: Voice): readonly string[] {
  const { w } = voice;
  const others = burst.witnesses.filter((witness) => !witness.speaks);
  return [
    w.witnessIs(burst.witness),
    ...alike(others).map((group) => witnessGroup(group, voice)),
    w.basisIs(basisWords(burst.basis, w)),
    ...(burst.netns === null ? [] : [w.inNetns(burst.netns)]),
  ];
}

/** Accounts that say the same, together. */
function alike(accounts: readonly WitnessAccount[]): readonly (readonly WitnessAccount[])[] {
  const groups = new Map<string, WitnessAccount[]>();
  for (const account of accounts) {
    const key = `${account.relation} ${account.dropLines} ${account.suppressed}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [account]);
    else group.push(account);
  }
  return [...groups.values()];
}

function witnessGroup(group: readonly WitnessAccount[], { w }: Voice): string {
  const [first] = group;
  if (first === undefined) return "";
  const relation = named(w.relations, first.relation);
  const channels = group.map((one) => one.channel).join(", ");
  if (first.dropLines === 0 && first.suppressed === 0) return w.witnessSilent(relation, channels);
  const lines = w.lines(first.dropLines, grouped(first.dropLines, w));
  return w.witnessOthers(relation, channels, lines, grouped(first.suppressed, w));
}

/** The role of a cited line, in words. */
export function roleWords(role: string, { w }: Voice): string {
  if (role === "first") return w.firstLine;
  if (role === "last") return w.lastLine;
  if (role === "only") return w.onlyLine;
  return named(w.roles, role);
}
