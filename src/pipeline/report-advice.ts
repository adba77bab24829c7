// The advice for one host: its demand gathered from rows.

import { advise, type Demand } from "../analysis/advise.ts";
import type { Advice, LimitSpan } from "../model/report.ts";
import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";
import type { BurstRow } from "./report-rows.ts";

/** Timeouts that new flows begin with, by their nf names, and the kernel's defaults in seconds. */
const FIRST_TIMEOUTS = [
  { key: "nf_conntrack_udp_timeout", defaultS: 30 },
  { key: "nf_conntrack_tcp_timeout_syn_sent", defaultS: 120 },
];
const WINDOW_S = 5;

/** What to set on a host, or null where nothing was dropped. */
export function adviseHost(
  db: Db,
  hostId: number,
  bursts: readonly BurstRow[],
  limits: readonly LimitSpan[],
): Advice | null {
  if (bursts.length === 0) return null;
  const latest = (key: string) =>
    limits.filter((one) => one.key === key && one.force === "effective").at(-1) ?? null;
  const worst = bursts.reduce((a, b) => (rate(b) > rate(a) ? b : a));
  const lifetime = lifetimeOf(latest);
  const host = statement(db, "advice_facts").get({ host_id: hostId }) as {
    kernel: string | null;
    old: number;
    established: number | null;
  };
  const bytes = latest("entry_bytes") ?? latest("nf_conntrack_entry_bytes");
  const demand: Demand = {
    max: latest("nf_conntrack_max")?.value ?? worst.limit_value,
    buckets: latest("nf_conntrack_buckets")?.value ?? null,
    peak: bursts.reduce<number | null>(
      (most, one) => (one.count_peak !== null && one.count_peak > (most ?? 0) ? one.count_peak : most),
      null,
    ),
    refusedPerS: worst.start_us === null ? null : rate(worst),
    lifetimeS: lifetime.seconds,
    lifetimeOrigin: lifetime.origin,
    entryBytes: bytes?.value ?? null,
    entryBytesOrigin: bytes === null ? null : bytes.origin,
    establishedS: latest("nf_conntrack_tcp_timeout_established")?.value ?? null,
    establishedEntries: host.established,
    kernel: host.kernel,
    old: host.old === 1,
    kubeProxy: limits.some((one) => one.origin === "kube-proxy"),
    drops: bursts.reduce((n, one) => n + one.drop_lines, 0),
  };
  return advise(demand);
}

/** Packets refused per second: what was reported, over the burst and its last limiter window. */
function rate(burst: BurstRow): number {
  if (burst.start_us === null || burst.end_us === null) return 0;
  return burst.drops_reported / ((burst.end_us - burst.start_us) / 1e6 + WINDOW_S);
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
