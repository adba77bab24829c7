// One kernel variable has had many names: net.ipv4.ip_conntrack_max and net.netfilter.nf_conntrack_max are one
// limit. Everything is kept under the nf name; this file knows the way there.

import type { ObservationKind } from "../model/observation.ts";

export interface KeyMeaning {
  /** The nf name: `nf_conntrack_max`, `message_cost`, ... */
  readonly key: string;
  readonly kind: ObservationKind;
  readonly unit: string;
}

/** Keys that are more than a setting. */
const KINDS: Readonly<Record<string, KeyMeaning>> = {
  nf_conntrack_max: { key: "nf_conntrack_max", kind: "limit", unit: "entries" },
  nf_conntrack_count: { key: "nf_conntrack_count", kind: "entries", unit: "entries" },
  nf_conntrack_buckets: { key: "nf_conntrack_buckets", kind: "buckets", unit: "buckets" },
};

/** Names as written, dots for separators, to the nf name. The first that matches speaks. */
const NAMES: readonly { readonly pattern: RegExp; readonly prefix: string }[] = [
  { pattern: /^net\.(?:ipv[46]\.)?(?:netfilter\.)?(?:nf|ip)_conntrack_(\w+)$/, prefix: "nf_conntrack_" },
  { pattern: /^net\.netfilter\.nf_flowtable_(\w+)$/, prefix: "nf_flowtable_" },
  { pattern: /^net\.core\.(message_cost|message_burst)$/, prefix: "" },
  { pattern: /^kernel\.(printk_ratelimit(?:_burst)?)$/, prefix: "" },
];

const PROC_SYS = /(?:^|[/!])proc\/sys\/((?:net|kernel)\/[\w./-]+)$/;
/** Module parameter; the same variable as nf_conntrack_buckets of the first namespace. */
const HASHSIZE = /(?:^|[/!])sys\/module\/(?:nf|ip)_conntrack\/parameters\/hashsize$/;

const UNITS: readonly { readonly pattern: RegExp; readonly unit: string }[] = [
  { pattern: /_timeout(?:_|$)|^message_cost$|^printk_ratelimit$/, unit: "seconds" },
  { pattern: /_thresh$/, unit: "bytes" },
  { pattern: /_expect_max$/, unit: "expectations" },
  { pattern: /_burst$/, unit: "messages" },
];

function settingUnit(key: string): string {
  return UNITS.find((row) => row.pattern.test(key))?.unit ?? "number";
}

/** A sysctl name as written (dots or slashes, ip or nf) to what it measures; null: none of ours. */
export function resolveKey(written: string): KeyMeaning | null {
  const name = written.replaceAll("/", ".");
  for (const { pattern, prefix } of NAMES) {
    const rest = pattern.exec(name)?.[1];
    if (rest === undefined) continue;
    const key = prefix + rest;
    return KINDS[key] ?? { key, kind: "setting", unit: settingUnit(key) };
  }
  return null;
}

/** A path below /proc/sys or /sys/module, at its end (bundles put folders before it), to what the file holds. */
export function resolvePath(path: string): KeyMeaning | null {
  if (HASHSIZE.test(path)) return KINDS.nf_conntrack_buckets ?? null;
  const name = PROC_SYS.exec(path)?.[1];
  return name === undefined ? null : resolveKey(name);
}
