// What to set, from what was seen. Every value has its reason and its assumption; without evidence nothing is
// proposed. The arithmetic of memory is in sizing.ts.

import type { Advice, AdviceItem, Statement } from "../model/report.ts";

export interface Demand {
  /** Limit and buckets now, effective; null where not in the evidence. */
  readonly max: number | null;
  readonly buckets: number | null;
  /** What a file configures, where no reading shows a limit. */
  readonly configuredMax?: number | null;
  /** Largest count measured. */
  readonly peak: number | null;
  /** Packets that were told of as refused, a second of the burst with the most; null where none is dated. */
  readonly refusedPerS: number | null;
  /** Seconds a new entry lives: the longest of the timeouts that new flows begin with. */
  readonly lifetimeS: number | null;
  /** `own-timeouts` or `default-timeout`; other text is told as it is. */
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

/** TABLE: what advice says, in English; names in braces are values. Other languages have tables of their own. */
export const ADVICE_WORDS: Readonly<Record<string, string>> = {
  "max-held":
    "the table held {full} entries when it refused packets; a quarter of room, rounded up to a power of two",
  "max-demand":
    "the table held {full} entries when it refused packets, and {rate} packets a second were refused on average over the burst, each wanting an entry for {seconds} s: {more} more; a quarter of room, rounded up to a power of two",
  "each-a-flow":
    "every refused packet was a flow of its own (retries make the true demand smaller); entry lifetime {lifetime}",
  "each-a-flow-configured":
    "the limit that a file configures was in force; every refused packet was a flow of its own (retries make the true demand smaller); entry lifetime {lifetime}",
  "configured-held": "the limit that a file configures was in force",
  "own-timeouts": "from this machine's own udp_timeout and tcp_timeout_syn_sent",
  "default-timeout": "30 s, the kernel's default for a first UDP packet",
  "buckets-as-entries": "as many buckets as entries, as kernels since 5.15 have it by default",
  "buckets-quarter": "a bucket for every four entries, as kernels before 5.15 have it by default",
  "release-unknown": "the kernel's release is not in the evidence",
  "established-long": "an established connection that vanished keeps its entry for {days} days",
  "established-seen":
    "an established connection that vanished keeps its entry for {days} days; {entries} entries were established in the dump of the table",
  "none-silent-a-day": "no connection of this machine stays silent for more than a day",
  "load-first":
    "values set before the conntrack module is loaded are lost: load the module first (modules-load.d), or set them again",
  "buckets-at-load":
    "the bucket count is a module parameter: it holds from the next load of the module on, and loading it anew loses every tracked connection",
  // linux nf_conntrack_core.c, nf_conntrack_set_hashsize: refused outside init_net
  "buckets-at-run":
    "the bucket count can be set while the module runs, in the initial network namespace: echo {buckets} > /sys/module/nf_conntrack/parameters/hashsize; the file in modprobe.d keeps it for the next load, and loading the module anew loses every tracked connection",
  "kube-proxy-sets":
    "kube-proxy sets the limit itself at every start (--conntrack-max-per-core, --conntrack-min)",
  "two-names": "on this kernel the limit is also net.ipv4.ip_conntrack_max: one value under two names",
};

/** Proposals for one machine. */
export function advise(demand: Demand): Advice {
  const max = proposeMax(demand);
  const buckets = max === null ? null : proposeBuckets(demand, max.value);
  const items = [max, buckets, proposeEstablished(demand)].filter((item) => item !== null);
  const entryBytes = demand.entryBytes ?? ASSUMED_ENTRY_BYTES;
  const warned = items.length === 0 ? [] : warnings(demand, buckets?.value ?? null);
  return {
    items,
    memoryNowBytes: demand.max === null ? null : demand.max * entryBytes,
    memoryProposedBytes: max === null ? null : max.value * entryBytes,
    entryBytes,
    entryBytesOrigin: demand.entryBytesOrigin ?? "assumed",
    snippet: snippet(items),
    modprobe:
      buckets === null ? null : `options ${demand.old ? "ip" : "nf"}_conntrack hashsize=${buckets.value}`,
    warnings: warned.map(english),
    warningsSaid: warned,
  };
}

/** The sentence of a statement. */
function english({ id, values }: Statement): string {
  return (ADVICE_WORDS[id] ?? id).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? value.toLocaleString("en-US") : (ADVICE_WORDS[value] ?? value);
  });
}

function say(id: string, values: Statement["values"] = {}): Statement {
  return { id, values };
}

type Proposal = Pick<AdviceItem, "key" | "value" | "unit" | "current" | "reasonSaid" | "assumptionSaid">;

/** An item with its sentences. */
function item(proposal: Proposal): AdviceItem {
  const { assumptionSaid } = proposal;
  return {
    ...proposal,
    reason: english(proposal.reasonSaid),
    assumption: assumptionSaid === null ? null : english(assumptionSaid),
  };
}

function key(demand: Demand, name: string): string {
  return demand.old ? `net.ipv4.netfilter.ip_conntrack_${name}` : `net.netfilter.nf_conntrack_${name}`;
}

function proposeMax(demand: Demand): AdviceItem | null {
  const configured = demand.max === null ? (demand.configuredMax ?? null) : null;
  const max = demand.max ?? configured;
  if (demand.drops === 0 || (max === null && demand.peak === null)) return null;
  const full = Math.max(max ?? 0, demand.peak ?? 0);
  const more = Math.ceil((demand.refusedPerS ?? 0) * (demand.lifetimeS ?? 0));
  const rate = demand.refusedPerS === null ? null : Math.round(demand.refusedPerS * 10) / 10;
  return item({
    key: key(demand, "max"),
    value: powerOfTwo((full + more) * ROOM),
    unit: "entries",
    current: demand.max,
    reasonSaid:
      rate === null || demand.lifetimeS === null
        ? say("max-held", { full })
        : say("max-demand", { full, rate, seconds: demand.lifetimeS, more }),
    assumptionSaid: assumptionOf(demand, configured !== null),
  });
}

function assumptionOf({ refusedPerS, lifetimeOrigin }: Demand, isConfigured: boolean): Statement | null {
  if (refusedPerS === null) return isConfigured ? say("configured-held") : null;
  return say(isConfigured ? "each-a-flow-configured" : "each-a-flow", { lifetime: lifetimeOrigin });
}

function proposeBuckets(demand: Demand, max: number): AdviceItem | null {
  // linux nf_conntrack_core.c: since 5.15 as many buckets as entries, before that a quarter.
  const modern = demand.kernel !== null && atLeast(demand.kernel, 5, 15);
  const value = modern ? max : Math.max(1024, max / 4);
  if (demand.buckets !== null && demand.buckets >= value) return null;
  return item({
    key: "hashsize",
    value,
    unit: "buckets",
    current: demand.buckets,
    reasonSaid: say(modern ? "buckets-as-entries" : "buckets-quarter"),
    assumptionSaid: demand.kernel === null ? say("release-unknown") : null,
  });
}

function proposeEstablished(demand: Demand): AdviceItem | null {
  const seconds = demand.establishedS;
  if (demand.drops === 0 || seconds === null || seconds < ESTABLISHED_DEFAULT_S) return null;
  const days = Math.round(seconds / ESTABLISHED_PROPOSED_S);
  const entries = demand.establishedEntries;
  return item({
    key: key(demand, "tcp_timeout_established"),
    value: ESTABLISHED_PROPOSED_S,
    unit: "seconds",
    current: seconds,
    reasonSaid:
      entries === null ? say("established-long", { days }) : say("established-seen", { days, entries }),
    assumptionSaid: say("none-silent-a-day"),
  });
}

function snippet(items: readonly AdviceItem[]): string {
  const lines = items
    .filter((one) => one.key !== "hashsize")
    .flatMap((one) => [
      `# ${one.reason}`,
      ...(one.assumption === null ? [] : [`# assumed: ${one.assumption}`]),
      `${one.key} = ${one.value}`,
    ]);
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

function warnings(demand: Demand, buckets: number | null): readonly Statement[] {
  // As text: it is typed in as it stands.
  const atOnce = demand.old ? say("buckets-at-load") : say("buckets-at-run", { buckets: String(buckets) });
  return [
    say("load-first"),
    ...(buckets === null ? [] : [atOnce]),
    ...(demand.kubeProxy ? [say("kube-proxy-sets")] : []),
    ...(demand.old ? [say("two-names")] : []),
  ];
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
