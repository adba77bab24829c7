// The advice for one host: its demand gathered from rows.

import { advise, type Demand } from "../../analysis/advise.ts";
import type { Advice, LimitSpan } from "../../model/report.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { HostBursts } from "./rows.ts";

/** Timeouts that new flows begin with, by their nf names, and the kernel's defaults in seconds. */
const FIRST_TIMEOUTS = [
  { key: "nf_conntrack_udp_timeout", defaultS: 30 },
  { key: "nf_conntrack_tcp_timeout_syn_sent", defaultS: 120 },
];

/** What to set on a host, or null where nothing was dropped. */
export function adviseHost(
  db: Db,
  hostId: number,
  { totals, fastest, countPeak }: HostBursts,
  limits: readonly LimitSpan[],
): Advice | null {
  if (totals.bursts === 0 || fastest === null) return null;
  const latest = (key: string) =>
    limits.filter((one) => one.key === key && one.force === "effective").at(-1) ?? null;
  const lifetime = lifetimeOf(latest);
  const isConfigured = limits.some(
    ({ key, force, value }) =>
      key === "nf_conntrack_max" && force === "configured" && value === fastest.limit_value,
  );
  const host = statement(db, "advice_facts").get({ host_id: hostId }) as {
    kernel: string | null;
    old: number;
    established: number | null;
  };
  const bytes = latest("entry_bytes") ?? latest("nf_conntrack_entry_bytes");
  const demand: Demand = {
    max: latest("nf_conntrack_max")?.value ?? (isConfigured ? null : fastest.limit_value),
    configuredMax: isConfigured ? fastest.limit_value : null,
    buckets: latest("nf_conntrack_buckets")?.value ?? null,
    peak: countPeak,
    refusedPerS: fastest.start_us === null ? null : fastest.rate_per_s,
    lifetimeS: lifetime.seconds,
    lifetimeOrigin: lifetime.origin,
    entryBytes: bytes?.value ?? null,
    entryBytesOrigin: bytes === null ? null : bytes.origin,
    establishedS: latest("nf_conntrack_tcp_timeout_established")?.value ?? null,
    establishedEntries: host.established,
    kernel: host.kernel,
    old: host.old === 1,
    kubeProxy: limits.some((one) => one.origin === "kube-proxy"),
    drops: totals.dropLines,
  };
  return advise(demand);
}

function lifetimeOf(latest: (key: string) => LimitSpan | null): { seconds: number; origin: string } {
  const known = FIRST_TIMEOUTS.map((one) => ({ key: one.key, span: latest(one.key) }));
  const told = known.filter((one) => one.span !== null).map((one) => one.span?.value ?? 0);
  if (told.length > 0) {
    return {
      seconds: Math.max(...told),
      origin: "own-timeouts",
    };
  }
  return {
    seconds: FIRST_TIMEOUTS[0]?.defaultS ?? 30,
    origin: "default-timeout",
  };
}
