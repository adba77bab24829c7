// A large source is read by its needles, line for line only where they occur. Snapshots that a sampler appended
// to for days have no needles to be found by; they are known by their heads, and must be read in full.

interface SourcePlace {
  readonly role: string | null;
}

const ROLES: ReadonlySet<string> = new Set([
  "sysctl",
  "sysctl-conf",
  "modprobe-conf",
  "proc-file",
  "proc-stat",
  "conntrack-stat",
  "conntrack-count",
  "slabinfo",
]);

const HEADS: readonly RegExp[] = [
  // conntrack -S
  /^(?:# )?cpu=\d+\s+\w+=\d/m,
  // /proc/net/stat/nf_conntrack
  /^entries\s+(?:searched|clashres)\s/m,
  // a raw sample log
  /^# ?\d{9,10}(?:\.\d+)? up \d/m,
  // Telegraf's file output
  /^(?:> )?conntrack,\S+ \w+=\d/m,
];

/** True: every line of the source must reach the observer, however large it is. `head` is its first KiB, decoded. */
export function needsEveryLine(head: string, facts: SourcePlace): boolean {
  return (facts.role !== null && ROLES.has(facts.role)) || HEADS.some((pattern) => pattern.test(head));
}
