// Names of the event counters: columns of /proc/net/stat/nf_conntrack (net/netfilter/nf_conntrack_standalone.c,
// ct_cpu_seq_show), fields of `conntrack -S`, and the metrics made of them.

import type { ObservationKind } from "../model/observation.ts";

/** Since boot, per namespace, per CPU, 32 bits each. */
export const COUNTERS: ReadonlySet<string> = new Set([
  "searched",
  "clashres", // took the column of `searched` in 5.10
  "found",
  "new",
  "invalid",
  "ignore",
  "delete",
  "delete_list",
  "chainlength", // took the column of `delete_list`
  "insert",
  "insert_failed", // tuple clash at confirm
  "drop", // moves with every "table full" drop, and with a few other failures
  "early_drop", // entries evicted from a full table: the packet passed
  "icmp_error",
  "error", // `conntrack -S` calls icmp_error so
  "expect_new",
  "expect_create",
  "expect_delete",
  "search_restart",
  "clash_resolve",
  "chaintoolong",
]);

/** Column order of 2.6.35 to 5.9, for rows that lost their header. Position 10 is drop, 11 early_drop in all versions. */
export const STAT_COLUMNS: readonly string[] = (
  "entries searched found new invalid ignore delete delete_list insert insert_failed drop early_drop " +
  "icmp_error expect_new expect_create expect_delete search_restart"
).split(" ");

const METRIC = /^node_nf_conntrack_(?:(entries)|(entries_limit)|stat_(\w+))$/;

/** A node_exporter metric (collector/conntrack_linux.go) to kind and key. Its stats are sums over CPUs. */
export function resolveMetric(name: string): { readonly kind: ObservationKind; readonly key: string } | null {
  const match = METRIC.exec(name);
  if (match === null) return null;
  if (match[1] !== undefined) return { kind: "entries", key: "nf_conntrack_count" };
  if (match[2] !== undefined) return { kind: "limit", key: "nf_conntrack_max" };
  return { kind: "counter", key: match[3] ?? "" };
}
