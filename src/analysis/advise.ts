// What to set, from what was seen. Every value has its reason and its assumption; without evidence nothing is
// proposed. The arithmetic of memory is in sizing.ts.

import type { Advice, AdviceItem } from "../model/report.ts";

export interface Demand {
  /** Limit and buckets now, effective; null where not in the evidence. */
  readonly max: number | null;
  readonly buckets: number | null;
  /** Largest count measured. */
  readonly peak: number | null;
  /** Packets refused per second over the worst burst, and whether that is what was reported or the most. */
  readonly refusedPerS: number | null;
  /** Seconds a new entry lives: the longest of the timeouts that new flows begin with. */
  readonly lifetimeS: number | null;
  readonly lifetimeOrigin: string;
  readonly entryBytes: number | null;
  readonly entryBytesOrigin: string | null;
  /** net.netfilter.nf_conntrack_tcp_timeout_established, effective. */
  readonly establishedS: number | null;
  /** Entries in ESTABLISHED, from a dump of the table. */
  readonly establishedEntries: number | null;
  /** Kernel as `uname -r` says, or null. */
  readonly kernel: string | null;
  /** True on kernels with `ip_conntrack`. */
  readonly old: boolean;
  /** kube-proxy was seen setting the limit. */
  readonly kubeProxy: boolean;
  readonly drops: number;
}

/** Bytes of an entry where neither banner nor slab says: 64-bit kernels since 2.6.32 lie between 256 and 320. */
export const ASSUMED_ENTRY_BYTES = 320;
/** Room above what was seen. */
const ROOM = 1.25;
/** linux nf_conntrack_proto_tcp.c: five days. */
const ESTABLISHED_DEFAULT_S = 432_000;
const ESTABLISHED_PROPOSED_S = 86_400;

/** Proposals for one machine. */
export function advise(demand: Demand): Advice {
  const items: AdviceItem[] = [];
  const max = proposeMax(demand);
  if (max !== null) items.push(max);
  const buckets = max === null ? null : proposeBuckets(demand, max.value);
  if (buckets !== null) items.push(buckets);
  const established = proposeEstablished(demand);
  if (established !== null) items.push(established);
  const entryBytes = demand.entryBytes ?? ASSUMED_ENTRY_BYTES;
  return {
    items,
    memoryNowBytes: demand.max === null ? null : demand.max * entryBytes,
    memoryProposedBytes: max === null ? null : max.value * entryBytes,
    entryBytes,
    entryBytesOrigin:
      demand.entryBytesOrigin ??
      `assumed: ${ASSUMED_ENTRY_BYTES} bytes an entry (64-bit kernels have 256 to 320)`,
    snippet: snippet(items),
    modprobe:
      buckets === null ? null : `options ${demand.old ? "ip" : "nf"}_conntrack hashsize=${buckets.value}`,
    warnings: items.length === 0 ? [] : warnings(demand, buckets !== null),
  };
}

function key(demand: Demand, name: string): string {
  return demand.old ? `net.ipv4.netfilter.ip_conntrack_${name}` : `net.netfilter.nf_conntrack_${name}`;
}

function proposeMax(demand: Demand): AdviceItem | null {
  if (demand.drops === 0 || (demand.max === null && demand.peak === null)) return null;
  const full = Math.max(demand.max ?? 0, demand.peak ?? 0);
  const refused = Math.ceil((demand.refusedPerS ?? 0) * (demand.lifetimeS ?? 0));
  const value = powerOfTwo((full + refused) * ROOM);
  const rate = demand.refusedPerS === null ? null : Math.round(demand.refusedPerS * 10) / 10;
  return {
    key: key(demand, "max"),
    value,
    current: demand.max,
    reason:
      `the table held ${full} entries when it refused packets` +
      (rate === null || demand.lifetimeS === null
        ? ""
        : `, and up to ${rate} packets a second were refused, each wanting an entry for ${demand.lifetimeS} s: ${refused} more`) +
      `; a quarter of room, rounded up to a power of two`,
    assumption:
      rate === null
        ? null
        : `every refused packet was a flow of its own (retries make the true demand smaller); entry lifetime ${demand.lifetimeOrigin}`,
  };
}

function proposeBuckets(demand: Demand, max: number): AdviceItem | null {
  // linux nf_conntrack_core.c: since 5.15 as many buckets as entries, before that a quarter.
  const modern = demand.kernel !== null && atLeast(demand.kernel, 5, 15);
  const value = modern ? max : Math.max(1024, max / 4);
  if (demand.buckets !== null && demand.buckets >= value) return null;
  return {
    key: "hashsize",
    value,
    current: demand.buckets,
    reason: modern
      ? "as many buckets as entries, as kernels since 5.15 have it by default"
      : "a bucket for every four entries, as kernels before 5.15 have it by default",
    assumption: demand.kernel === null ? "the kernel's release is not in the evidence" : null,
  };
}

function proposeEstablished(demand: Demand): AdviceItem | null {
  if (demand.drops === 0 || demand.establishedS === null || demand.establishedS < ESTABLISHED_DEFAULT_S)
    return null;
  return {
    key: key(demand, "tcp_timeout_established"),
    value: ESTABLISHED_PROPOSED_S,
    current: demand.establishedS,
    reason:
      "an established connection that vanished keeps its entry for five days" +
      (demand.establishedEntries === null
        ? ""
        : `; ${demand.establishedEntries} entries were established in the dump of the table`),
    assumption: "no connection of this machine stays silent for more than a day",
  };
}

function snippet(items: readonly AdviceItem[]): string {
  const lines = items
    .filter((item) => item.key !== "hashsize")
    .flatMap((item) => [
      `# ${item.reason}`,
      ...(item.assumption === null ? [] : [`# assumed: ${item.assumption}`]),
      `${item.key} = ${item.value}`,
    ]);
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

function warnings(demand: Demand, buckets: boolean): string[] {
  const out = [
    "values set before the conntrack module is loaded are lost: load the module first (modules-load.d), or set them again",
  ];
  if (buckets)
    out.push("the bucket count is a module parameter: it holds from the next load of the module on");
  if (demand.kubeProxy)
    out.push("kube-proxy sets the limit itself at every start (--conntrack-max-per-core, --conntrack-min)");
  if (demand.old)
    out.push("on this kernel the limit is also net.ipv4.ip_conntrack_max: one value under two names");
  return out;
}

function powerOfTwo(n: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, n)));
}

function atLeast(version: string, major: number, minor: number): boolean {
  const match = /^(\d+)\.(\d+)/.exec(version);
  if (!match) return false;
  const [a, b] = [Number(match[1]), Number(match[2])];
  return a > major || (a === major && b >= minor);
}
