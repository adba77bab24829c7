// Reports made by hand: every shape that a renderer has to stand.

import type {
  Advice,
  Bucket,
  Burst,
  Citation,
  HostReport,
  Report,
  Timeline,
} from "../../src/model/report.ts";
import type { ReportSource } from "../../src/model/report-source.ts";
import type { Totals } from "../../src/model/totals.ts";

const S = 1_000_000;
const MINUTE = 60 * S;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 2024-03-10 13:00:00 UTC */
export const NOON = Date.UTC(2024, 2, 10, 13) * 1000;

export function citation(over: Partial<Citation> = {}): Citation {
  return {
    path: "var/log/messages.1",
    member: null,
    byteOffset: 1_184_233,
    byteLength: 84,
    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    text: "Mar 10 14:02:07 web-01 kernel: nf_conntrack: table full, dropping packet",
    ...over,
  };
}

export function burst(over: Partial<Burst> = {}): Burst {
  return {
    burstId: 1,
    host: "web-01",
    netns: null,
    startUs: NOON + 62 * MINUTE + 7 * S,
    endUs: NOON + 64 * MINUTE + 12 * S,
    durationS: 125,
    dropLines: 121,
    suppressed: 4_200,
    suppressedShared: 0,
    dropsMin: 121,
    dropsReported: 4_321,
    dropsMax: 56_809,
    dropsEstimate: 4_310,
    bound: "range",
    boundReasons: ["contention-uncounted", "counter-ceiling"],
    tailCap: null,
    doubtedLines: 0,
    doubtedSuppressed: 0,
    doubts: [],
    limitValue: 65_536,
    limitOrigin: "sysctl",
    countBefore: 64_870,
    countBeforeAgeS: 42,
    countPeak: 65_536,
    countAfter: 65_120,
    countAfterAgeS: 18,
    utilisation: 1,
    witness: "messages",
    witnesses: [
      { channel: "messages", dropLines: 121, suppressed: 4_200, speaks: true, relation: "speaks" },
      { channel: "kern", dropLines: 121, suppressed: 4_200, speaks: false, relation: "agrees" },
    ],
    verdict: "The table was at its limit: 65,536 of 65,536 measured during the burst.",
    verdictSaid: { id: "at-limit-measured", values: { peak: 65_536, limit: 65_536 } },
    basis: "inferred-year",
    first: citation(),
    last: citation({ byteOffset: 1_201_544 }),
    evidence: [
      {
        role: "limit",
        citation: citation({
          path: "sosreport-web-01.tar.xz",
          member: "sos_commands/kernel/sysctl_-a",
          byteOffset: 40_221,
          text: "net.netfilter.nf_conntrack_max = 65536",
        }),
      },
    ],
    ...over,
  };
}

export const EXACT = burst({
  burstId: 2,
  startUs: NOON + 100 * MINUTE,
  endUs: NOON + 100 * MINUTE + 2 * S,
  durationS: 2,
  dropLines: 3,
  suppressed: 0,
  dropsMin: 3,
  dropsReported: 3,
  dropsMax: 3,
  dropsEstimate: 3,
  bound: "exact",
  boundReasons: [],
  countBefore: null,
  countBeforeAgeS: null,
  countPeak: null,
  countAfter: null,
  countAfterAgeS: null,
  utilisation: null,
  verdict: null,
  verdictSaid: null,
  witnesses: [{ channel: "messages", dropLines: 3, suppressed: 0, speaks: true, relation: "speaks" }],
  evidence: [],
});

export const OPEN = burst({
  burstId: 3,
  startUs: NOON + 170 * MINUTE,
  endUs: NOON + 171 * MINUTE,
  durationS: 60,
  dropLines: 57,
  suppressed: 1_730,
  dropsMin: 57,
  dropsReported: 1_787,
  dropsMax: null,
  dropsEstimate: null,
  bound: "at-least",
  boundReasons: ["open-end", "a-reason-of-tomorrow"],
  tailCap: 512,
  countPeak: 20_480,
  utilisation: 0.3125,
});

/** All NULL that may be NULL. */
export const BARE = burst({
  burstId: 4,
  startUs: null,
  endUs: null,
  durationS: null,
  dropLines: 9,
  suppressed: 0,
  dropsMin: 9,
  dropsReported: 9,
  dropsMax: null,
  dropsEstimate: null,
  bound: "at-least",
  boundReasons: ["limiter-unknown"],
  limitValue: null,
  limitOrigin: null,
  countBefore: null,
  countBeforeAgeS: null,
  countPeak: null,
  countAfter: null,
  countAfterAgeS: null,
  utilisation: null,
  verdict: null,
  verdictSaid: null,
  basis: "undated",
  last: citation(),
  evidence: [],
});

export function totals(bursts: readonly Burst[]): Totals {
  const sum = (of: (b: Burst) => number) => bursts.reduce((all, b) => all + of(b), 0);
  const open = bursts.some((b) => b.dropsMax === null);
  const dated = bursts.filter((b) => b.startUs !== null);
  return {
    bursts: bursts.length,
    undatedBursts: bursts.filter((b) => b.startUs === null).length,
    fromUs: dated.length === 0 ? null : Math.min(...dated.map((b) => b.startUs ?? 0)),
    toUs: dated.length === 0 ? null : Math.max(...dated.map((b) => b.endUs ?? b.startUs ?? 0)),
    dropLines: sum((b) => b.dropLines),
    suppressed: sum((b) => b.suppressed),
    dropsMin: sum((b) => b.dropsMin),
    dropsReported: sum((b) => b.dropsReported),
    dropsMax: open ? null : sum((b) => b.dropsMax ?? 0),
    doubtedLines: sum((b) => b.doubtedLines),
    doubtedSuppressed: sum((b) => b.doubtedSuppressed),
  };
}

interface Load {
  readonly fromUs: number;
  readonly count: number;
  readonly bucketUs: number;
}

/** Counts that swing and rise to the limit in bursts; drops spread over their buckets. */
export function timeline(
  bursts: readonly Burst[],
  { fromUs, count, bucketUs }: Load,
  limit = 65_536,
): Timeline {
  const hit = (b: Burst, at: number) =>
    b.startUs !== null && b.startUs < at + bucketUs && (b.endUs ?? 0) >= at;
  const buckets = Array.from({ length: count }, (_, i): Bucket => {
    const atUs = fromUs + i * bucketUs;
    const full = bursts.filter((b) => hit(b, atUs));
    const parts = (b: Burst) => Math.max(1, Math.ceil(((b.endUs ?? 0) - (b.startUs ?? 0)) / bucketUs));
    const sum = (of: (b: Burst) => number) => full.reduce((all, b) => all + Math.ceil(of(b) / parts(b)), 0);
    const calm = Math.round(limit * (0.55 + 0.25 * Math.sin(i / 17) + 0.08 * Math.sin(i / 3)));
    const hole = i > count * 0.8 && i < count * 0.86;
    return {
      atUs,
      dropLines: sum((b) => b.dropLines),
      suppressed: sum((b) => b.suppressed),
      entriesMin: hole ? null : Math.round(calm * 0.96),
      entriesMax: hole ? null : full.length > 0 ? limit : calm,
    };
  });
  const toUs = fromUs + count * bucketUs;
  const at = (share: number) => fromUs + Math.round(count * share) * bucketUs;
  return {
    fromUs,
    toUs,
    bucketUs,
    buckets,
    limits: [
      { atUs: fromUs, value: limit },
      { atUs: at(0.9), value: limit * 2 },
    ],
    marks: [
      { atUs: at(0.05), kind: "boot", label: "boot of kernel 4.19.0-26-amd64" },
      { atUs: at(0.9), kind: "limit", label: `nf_conntrack_max ${limit} -> ${limit * 2}` },
    ],
    coverage: [
      { channel: "messages", kind: "seen", fromUs, toUs, reason: "log" },
      {
        channel: "messages",
        kind: "gap",
        fromUs: at(0.8),
        toUs: at(0.86),
        reason: "rotation-missing",
      },
    ],
  };
}

export const ADVICE: Advice = {
  items: [
    {
      key: "net.netfilter.nf_conntrack_max",
      value: 131_072,
      unit: "entries",
      current: 65_536,
      reason:
        "the table held 65,536 entries when it refused packets; a quarter of room, rounded up to a power of two",
      reasonSaid: { id: "max-held", values: { full: 65_536 } },
      assumption:
        "every refused packet was a flow of its own (retries make the true demand smaller); entry lifetime 30 s, the kernel's default for a first UDP packet",
      assumptionSaid: { id: "each-a-flow", values: { lifetime: "default-timeout" } },
    },
    {
      key: "hashsize",
      value: 32_768,
      unit: "buckets",
      current: 16_384,
      reason: "a bucket for every four entries, as kernels before 5.15 have it by default",
      reasonSaid: { id: "buckets-quarter", values: {} },
      assumption: null,
      assumptionSaid: null,
    },
    {
      key: "net.netfilter.nf_conntrack_tcp_timeout_established",
      value: 86_400,
      unit: "seconds",
      current: 432_000,
      reason: "an established connection that vanished keeps its entry for 5 days",
      reasonSaid: { id: "established-long", values: { days: 5 } },
      assumption: null,
      assumptionSaid: null,
    },
  ],
  memoryNowBytes: 65_536 * 228,
  memoryProposedBytes: 131_072 * 228,
  entryBytes: 228,
  entryBytesOrigin: "banner",
  snippet:
    "# Twice the limit that was reached on 2024-03-10; costs up to 28.5 MiB of kernel memory at 228 B an entry.\nnet.netfilter.nf_conntrack_max = 131072\nnet.netfilter.nf_conntrack_tcp_timeout_established = 86400\n",
  modprobe: "options nf_conntrack hashsize=32768",
  warnings: ["the bucket count is a module parameter: it holds from the next load of the module on"],
  warningsSaid: [{ id: "buckets-at-load", values: {} }],
};

export function host(name: string, bursts: readonly Burst[], over: Partial<HostReport> = {}): HostReport {
  const banner = citation({
    path: "var/log/dmesg",
    byteOffset: 20_110,
    text: "[    6.1] nf_conntrack version 0.5.0 (16384 buckets, 65536 max)",
  });
  const span = { netns: null, key: "nf_conntrack_max", sinceUs: NOON, untilUs: null, citation: banner };
  const effective = { ...span, value: 65_536, force: "effective", origin: "banner" } as const;
  const configured = { ...span, value: 262_144, force: "configured", origin: "sysctl-conf" } as const;
  return {
    host: name,
    names: [name],
    bursts: bursts.map((b) => ({ ...b, host: name })),
    burstsLeftOut: 0,
    totals: totals(bursts),
    timeline: timeline(bursts, { fromUs: NOON, count: 240, bucketUs: MINUTE }),
    limits: [effective, configured],
    mismatches: [{ key: "nf_conntrack_max", configured, effective }],
    secondsAbove90: 1_840,
    secondsAbove95: 912,
    occupancy: [
      {
        atUs: NOON + 65 * MINUTE,
        total: 65_310,
        byState: [
          { label: "tcp ESTABLISHED", entries: 51_202 },
          { label: "tcp TIME_WAIT", entries: 9_120 },
          { label: "udp", entries: 4_988 },
        ],
        bySource: [
          { label: "198.51.100.17", entries: 40_112 },
          { label: "203.0.113.4", entries: 1_020 },
        ],
        byPort: [{ label: "tcp/443", entries: 60_001 }],
        citation: citation({
          path: "proc/net/nf_conntrack",
          byteOffset: 0,
          sha256: null,
          text: "ipv4 2 tcp 6",
        }),
      },
    ],
    advice: ADVICE,
    hasLogs: true,
    undatedDropLines: 0,
    unseenGain: null,
    ...over,
  };
}

export function source(over: Partial<ReportSource> = {}): ReportSource {
  return {
    sourceId: 1,
    path: "var/log/messages.1",
    member: null,
    host: "web-01",
    channel: "messages",
    format: "bsd-syslog",
    sha256: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    bytes: 8_412_233,
    complete: true,
    firstUs: NOON,
    lastUs: NOON + 4 * HOUR,
    isLog: true,
    events: 181,
    problems: 1,
    ...over,
  };
}

export function report(hosts: readonly HostReport[], over: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    displayTz: "UTC",
    lang: "en",
    gapS: 60,
    trustedOnly: false,
    sinceUs: null,
    untilUs: null,
    totals: totals(hosts.flatMap((h) => h.bursts)),
    hosts,
    problems: [
      {
        path: "var/log/messages.2.gz",
        kind: "truncated",
        count: 1,
        firstByteOffset: 4_194_304,
        message: "The compressed stream ends early; what came before was read.",
      },
    ],
    sources: [source(), source({ sourceId: 2, path: "var/log/kern.log.1", channel: "kern", sha256: null })],
    ...over,
  };
}

export const NO_LOGS = report([], { problems: [], sources: [] });
export const NO_DROPS = report([host("web-01", [], { advice: null, mismatches: [], occupancy: [] })]);
export const ONE_HOST = report([host("web-01", [burst(), EXACT, OPEN])]);
export const IN_BERLIN = { ...ONE_HOST, displayTz: "Europe/Berlin" };
export const TWO_HOSTS = report([
  host("web-01", [burst(), EXACT, OPEN]),
  host("db-02", [burst({ burstId: 11, startUs: NOON + 3 * HOUR, endUs: NOON + 3 * HOUR + 9 * MINUTE })]),
  host("idle-03", [], { advice: null, occupancy: [], mismatches: [], limits: [] }),
]);
/** Of 121 lines three may be forged, and of 4,200 held back 900. */
export const DOUBTED = report([
  host("web-01", [
    burst({ doubtedLines: 3, doubtedSuppressed: 900, doubts: ["no-uptime", "tag-pid"] }),
    EXACT,
  ]),
]);
export const TRUSTED = {
  ...DOUBTED,
  trustedOnly: true,
  hosts: DOUBTED.hosts.map((one) => ({
    ...one,
    bursts: [EXACT],
    totals: { ...totals([EXACT]), doubtedLines: 3 },
  })),
  totals: { ...totals([EXACT]), dropsMax: null, doubtedLines: 3 },
};
export const UNDATED = report([
  host("web-01", [BARE], { timeline: null, limits: [], mismatches: [], advice: null, undatedDropLines: 9 }),
]);

// Each string tries to be something else than text: a terminal command, markup, a formula, a reordering.
const NASTY =
  "\x1b]0;owned\x07\x1b[31m\u202etxt.exe\u2066\u200b\x85\x00<script>alert(1)</script>|`a`]](x)[y](javascript:1)\r\n# head\ud800\u{e0041}";

function hostileCitation(start: string): Citation {
  const text = `${start}${NASTY}`;
  return citation({ path: text, member: `../${NASTY}`, text, sha256: null });
}

export function hostileBurst(start: string, burstId: number): Burst {
  const text = `${start}${NASTY}`;
  const own = hostileCitation(start);
  return burst({
    burstId,
    netns: text,
    boundReasons: [text, "__proto__", "constructor"],
    doubtedLines: 1,
    doubts: [text, "__proto__", "constructor"],
    limitOrigin: text,
    witness: text,
    witnesses: [{ channel: text, dropLines: 1, suppressed: 1, speaks: false, relation: "agrees" }],
    verdict: text,
    verdictSaid: { id: text, values: {} },
    basis: text,
    first: own,
    last: { ...own, byteOffset: 7 },
    evidence: [{ role: text, citation: own }],
  });
}

export function hostile(start: string): Report {
  const text = `${start}${NASTY}`;
  const own = hostileCitation(start);
  const limit = {
    netns: text,
    key: text,
    value: 1,
    sinceUs: null,
    untilUs: NOON,
    force: "effective",
    origin: text,
    citation: own,
  } as const;
  const labels = [{ label: text, entries: 3 }];
  const whole = host(text, [hostileBurst(start, 1), hostileBurst(start, 2)]);
  const time = whole.timeline;
  const evil: HostReport = {
    ...whole,
    names: [text, `${text}2`],
    timeline:
      time === null
        ? null
        : {
            ...time,
            marks: [{ atUs: NOON + HOUR, kind: "boot", label: text }],
            coverage: [{ channel: text, kind: "gap", fromUs: NOON, toUs: NOON + HOUR, reason: text }],
          },
    limits: [limit],
    mismatches: [{ key: text, configured: limit, effective: limit }],
    occupancy: [{ atUs: null, total: 3, byState: labels, bySource: labels, byPort: labels, citation: own }],
    advice: {
      ...ADVICE,
      items: [
        {
          key: text,
          value: 1,
          unit: "entries",
          current: null,
          reason: text,
          reasonSaid: { id: text, values: { [text]: text } },
          assumption: text,
          assumptionSaid: { id: "each-a-flow", values: { lifetime: text } },
        },
      ],
      entryBytesOrigin: text,
      snippet: `# ${text}\n${text}\n`,
      modprobe: text,
      warnings: [text],
      warningsSaid: [{ id: text, values: {} }],
    },
  };
  return report([evil, { ...evil, host: `${text}b` }], {
    problems: [{ path: text, kind: text, count: 1, firstByteOffset: 1, message: text }],
    sources: [source({ path: text, member: text, host: text, channel: text, format: text, sha256: null })],
  });
}

export const STARTS = ["", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "# ", "1. ", "> ", "```"];
export const HOSTILE = hostile("=cmd|'/c calc'!A1");

/** A year in 1200 buckets, 60 bursts. */
export const YEAR = (() => {
  const fromUs = Date.UTC(2023, 5, 1) * 1000;
  const bucketUs = Math.floor((365 * DAY) / 1200);
  const bursts = Array.from({ length: 60 }, (_, i) =>
    burst({
      burstId: i + 1,
      startUs: fromUs + (3 + i * 6) * DAY,
      endUs: fromUs + (3 + i * 6) * DAY + 4 * MINUTE,
    }),
  );
  const own = timeline(bursts, { fromUs, count: 1200, bucketUs });
  return report([host("web-01", bursts, { timeline: own })]);
})();

export const ALL: Readonly<Record<string, Report>> = {
  NO_LOGS,
  NO_DROPS,
  ONE_HOST,
  IN_BERLIN,
  TWO_HOSTS,
  DOUBTED,
  TRUSTED,
  UNDATED,
  HOSTILE,
  YEAR,
};
