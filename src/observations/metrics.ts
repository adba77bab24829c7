// Metric systems write text, too: node_exporter's exposition format and InfluxDB line protocol.

import { COUNTERS, resolveMetric } from "./counters.ts";
import { epochStamp } from "./dates.ts";
import type { Draft } from "./draft.ts";
import { resolveKey } from "./keys.ts";
import type { Reader } from "./readable.ts";

/** Names that say "this machine" and so name none. */
const NOWHERE = /^(?:localhost(?:\.localdomain)?|127\.[\d.]+|::1|0\.0\.0\.0)$/;
const ADDRESS = /^(?:[\d.]+|(?=[^:]*:)[\da-f:]+)$/i;

/** The host of a series. `instance` is an address with a port; a label that gives the name is better than a bare address. */
export function hostOfLabels(labels: ReadonlyMap<string, string>): string | null {
  const instance = (labels.get("instance") ?? "")
    .replace(/^\[(.*)\](?::\d+)?$/, "$1")
    .replace(/^([^:]*):\d+$/, "$1");
  const named = ["nodename", "node", "hostname", "host"].map((name) => labels.get(name)).find(isName);
  if (isName(instance) && (named === undefined || !ADDRESS.test(instance))) return instance;
  return named ?? null;
}

function isName(host: string | undefined): host is string {
  return host !== undefined && host !== "" && !NOWHERE.test(host);
}

function readLabels(text: string): Map<string, string> {
  const labels = new Map<string, string>();
  for (const [, name = "", value = ""] of text.matchAll(/(\w+)\s*=\s*"((?:[^"\\]|\\.)*)"/g))
    labels.set(
      name,
      value.replace(/\\(.)/g, (_all, char: string) => (char === "n" ? "\n" : char)),
    );
  return labels;
}

/** Exposition text has milliseconds, OpenMetrics and promtool have seconds; the size tells. */
export const readPrometheus: Reader = (row, line) => {
  const groups = row.pattern?.exec(line.text)?.groups;
  const metric = resolveMetric(groups?.name ?? "");
  if (groups === undefined || metric === null) return [];
  const labels = readLabels(groups.labels ?? "");
  return [
    {
      kind: metric.kind,
      key: metric.key,
      value: groups.value ?? "",
      host: hostOfLabels(labels),
      netns: labels.get("netns") ?? null,
      stamp: groups.time === undefined ? null : epochStamp(groups.time),
    },
  ];
};

/** Telegraf calls the files ip_ whatever their name; statistics are sums over CPUs only where the tag says cpu=all. */
export const readTelegraf: Reader = (row, line) => {
  const groups = row.pattern?.exec(line.text)?.groups;
  if (groups === undefined) return [];
  const tags = new Map((groups.tags ?? "").split(/(?<!\\),/).map((tag) => pair(tag.replace(/\\(.)/g, "$1"))));
  const place = {
    host: hostOfLabels(tags),
    stamp: groups.time === undefined ? null : epochStamp(groups.time),
  };
  return (groups.fields ?? "").split(",").flatMap((field): Draft[] => {
    const [name, written] = pair(field);
    const value = written.replace(/[iu]$/, "");
    const meaning = /^(?:ip|nf)_conntrack_\w+$/.test(name) ? resolveKey(`net.netfilter.${name}`) : null;
    if (meaning !== null) return [{ kind: meaning.kind, key: meaning.key, value, ...place }];
    if (tags.get("cpu") !== "all" || !COUNTERS.has(name)) return [];
    return [{ kind: "counter", key: name, value, ...place }];
  });
};

function pair(text: string): [string, string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
