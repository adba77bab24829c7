// What a run found, for whoever gets cron's mail: one line a host and day, nothing where nothing was dropped.

import { visible } from "../../render/escape.ts";
import { wall } from "../../render/zone.ts";
import { mostOf } from "../reporting/totals.ts";
import type { BurstMark, News } from "./days.ts";

interface Group {
  readonly host: string;
  readonly date: string | null;
  readonly bursts: BurstMark[];
}

/** What windows of several namespaces kept back, each window once, of these bursts. */
type SharedOf = (burstIds: readonly number[]) => number;

/** Lines of the summary; none where there is no news of drops. */
export function summarise(news: News, tz: string, sharedOf: SharedOf): string[] {
  const groups = new Map<string, Group>();
  for (const mark of news.bursts) {
    const date = mark.start_us === null ? null : wall(mark.start_us, tz).date;
    const key = `${mark.host} ${date}`;
    const group = groups.get(key) ?? { host: mark.host, date, bursts: [] };
    groups.set(key, group);
    group.bursts.push(mark);
  }
  if (groups.size === 0) return [];
  const hosts = new Set([...groups.values()].map((group) => group.host)).size;
  return [
    `conntrail: packets were dropped because a connection-tracking table was full, on ${count(hosts, "host")}`,
    ...[...groups.values()].map((group) => `  ${line(group, tz, sharedOf)}`),
  ];
}

function line({ host, date, bursts }: Group, tz: string, sharedOf: SharedOf): string {
  const sum = (pick: (mark: BurstMark) => number) => bursts.reduce((total, mark) => total + pick(mark), 0);
  const least = sum((mark) => mark.drops_min);
  const isShared = bursts.some((mark) => mark.suppressed_shared > 0);
  const shared = isShared ? sharedOf(bursts.map((mark) => mark.burst_id)) : 0;
  const told = sum((mark) => mark.drop_lines + mark.suppressed) + shared;
  const most = mostOf(bursts, shared);
  const limits = [
    ...new Set(bursts.flatMap((mark) => (mark.limit_value === null ? [] : [mark.limit_value]))),
  ];
  const packets =
    most === least
      ? `exactly ${count(least, "packet")}`
      : `at least ${count(least, "packet")}, ${told} reported, ${most === null ? "no ceiling known" : `at most ${most}`}`;
  return [
    `${visible(host)}  ${date ?? "no date"}  ${packets}`,
    `${count(bursts.length, "burst")}${hours(bursts, tz)}`,
    ...(limits.length === 0 ? [] : [`limit ${limits.join(", ")}`]),
  ].join("; ");
}

function hours(bursts: readonly BurstMark[], tz: string): string {
  const starts = bursts.flatMap((mark) => (mark.start_us === null ? [] : [mark.start_us]));
  const ends = bursts.flatMap((mark) => (mark.end_us === null ? [] : [mark.end_us]));
  if (starts.length === 0 || ends.length === 0) return "";
  const at = (us: number) => wall(us, tz).time.slice(0, 8);
  const from = starts.reduce((a, b) => Math.min(a, b));
  const to = ends.reduce((a, b) => Math.max(a, b));
  return from === to
    ? ` at ${at(from)} ${wall(from, tz).offset}`
    : ` from ${at(from)} to ${at(to)} ${wall(to, tz).offset}`;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
