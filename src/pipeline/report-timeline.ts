// Time in pixel-sized pieces: drops, counts, limits, coverage and marks of one host.

import type { Bucket, CoverageSpan, LimitSpan, Statement, Timeline } from "../model/report.ts";
import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";
import type { BurstRow, ReportOptions } from "./report-rows.ts";

/** Pieces a timeline has at most: finer than any screen shows. */
const MAX_BUCKETS = 600;
const SECOND_US = 1_000_000;

/** The timeline of a host, or null where nothing of it is dated. */
export function timelineOf(
  db: Db,
  hostId: number,
  bursts: readonly BurstRow[],
  limits: readonly LimitSpan[],
  options: ReportOptions,
): Timeline | null {
  const coverage = readCoverage(db, hostId);
  const range = rangeOf(bursts, coverage, options);
  if (range === null) return null;
  const bucketUs = Math.max(
    SECOND_US,
    Math.ceil((range.toUs - range.fromUs) / MAX_BUCKETS / SECOND_US) * SECOND_US,
  );
  const fromUs = Math.floor(range.fromUs / bucketUs) * bucketUs;
  const count = Math.min(MAX_BUCKETS + 1, Math.floor((range.toUs - fromUs) / bucketUs) + 1);
  const buckets: Bucket[] = emptyBuckets(fromUs, bucketUs, count);
  fillDrops(buckets, bursts, fromUs, bucketUs);
  fillCounts(db, hostId, buckets, fromUs, bucketUs, fromUs + count * bucketUs);
  return {
    fromUs,
    toUs: fromUs + count * bucketUs,
    bucketUs,
    buckets,
    limits: limits
      .filter((one) => one.key === "nf_conntrack_max" && one.force === "effective" && one.netns === null)
      .map((one) => ({
        atUs: Math.max(one.sinceUs ?? fromUs, fromUs),
        value: one.value,
        untilUs: one.untilUs,
      }))
      .filter((one) => one.untilUs === null || one.untilUs > fromUs)
      .map(({ atUs, value }) => ({ atUs, value })),
    marks: readMarks(db, hostId, limits).filter(
      (mark) => mark.atUs >= fromUs && mark.atUs <= fromUs + count * bucketUs,
    ),
    coverage,
  };
}

/** Shown beside the logs' own time, as a share of it: that they end there is part of the answer. */
const MARGIN = 0.02;

/** What the options say; else the bursts with room beside them as far as logs go; else what the logs cover. */
function rangeOf(
  bursts: readonly BurstRow[],
  coverage: readonly CoverageSpan[],
  options: ReportOptions,
): { fromUs: number; toUs: number } | null {
  const dated = bursts.flatMap((one) =>
    one.start_us === null || one.end_us === null ? [] : [[one.start_us, one.end_us]],
  );
  const spans = dated.length > 0 ? dated : coverage.map((span) => [span.fromUs, span.toUs]);
  const starts = spans.map((span) => span[0] ?? 0);
  const ends = spans.map((span) => span[1] ?? 0);
  if (starts.length === 0 && (options.sinceUs === null || options.untilUs === null)) return null;
  const from = starts.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const to = ends.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (dated.length === 0) return { fromUs: options.sinceUs ?? from, toUs: options.untilUs ?? to };
  const room = Math.max(30 * SECOND_US, (to - from) * 0.25);
  const margin = Math.max(30 * SECOND_US, (to - from) * MARGIN);
  const logged = coverage.filter((span) => span.kind === "seen");
  const first = logged.reduce((a, span) => Math.min(a, span.fromUs), from);
  const last = logged.reduce((a, span) => Math.max(a, span.toUs), to);
  return {
    fromUs: options.sinceUs ?? Math.max(from - room, first - margin),
    toUs: options.untilUs ?? Math.min(to + room, last + margin),
  };
}

function emptyBuckets(fromUs: number, bucketUs: number, count: number): Bucket[] {
  return Array.from({ length: count }, (_, i) => ({
    atUs: fromUs + i * bucketUs,
    dropLines: 0,
    suppressed: 0,
    entriesMin: null,
    entriesMax: null,
  }));
}

function fillDrops(buckets: Bucket[], bursts: readonly BurstRow[], fromUs: number, bucketUs: number): void {
  const shared = new Set<number>();
  for (const window of bursts.flatMap((burst) => burst.windows)) {
    const at = Math.floor((window.begin_us - fromUs) / bucketUs);
    const bucket = buckets[at];
    if (bucket === undefined) continue;
    const mixed = shared.has(window.begin_us) ? 0 : window.suppressed_shared;
    if (mixed > 0) shared.add(window.begin_us);
    buckets[at] = {
      ...bucket,
      dropLines: bucket.dropLines + window.drop_lines,
      suppressed: bucket.suppressed + window.suppressed + mixed,
    };
  }
}

function fillCounts(
  db: Db,
  hostId: number,
  buckets: Bucket[],
  fromUs: number,
  bucketUs: number,
  toUs: number,
): void {
  const rows = statement(db, "report_count_buckets").all({
    host_id: hostId,
    from_us: fromUs,
    to_us: toUs,
    bucket_us: bucketUs,
  }) as { bucket: number; entries_min: number; entries_max: number }[];
  for (const row of rows) {
    const at = Math.floor(row.bucket);
    const bucket = buckets[at];
    if (bucket !== undefined)
      buckets[at] = { ...bucket, entriesMin: row.entries_min, entriesMax: row.entries_max };
  }
}

function readCoverage(db: Db, hostId: number): CoverageSpan[] {
  const rows = statement(db, "report_coverage").all({ host_id: hostId }) as {
    channel: string;
    kind: "seen" | "gap";
    from_us: number;
    to_us: number;
    reason: string;
  }[];
  return rows.map(({ from_us, to_us, ...rest }) => ({ ...rest, fromUs: from_us, toUs: to_us }));
}

function readMarks(db: Db, hostId: number, limits: readonly LimitSpan[]): Timeline["marks"] {
  const boots = (
    statement(db, "report_boot_marks").all({ host_id: hostId }) as { at_us: number; text: string }[]
  ).map((row) => ({
    atUs: row.at_us,
    kind: "boot" as const,
    label: /Linux version \S+/.exec(row.text)?.[0] ?? "boot",
    labelSaid: null,
  }));
  const steps = (
    statement(db, "report_findings").all({ host_id: hostId }) as { at_us: number | null; message: string }[]
  ).flatMap((row) =>
    row.at_us === null
      ? []
      : [{ atUs: row.at_us, kind: "clock" as const, label: row.message, labelSaid: clockSaid(row.message) }],
  );
  const changes = limits
    .filter((one) => one.key === "nf_conntrack_max" && one.force === "effective" && one.sinceUs !== null)
    .map((one) => ({
      atUs: one.sinceUs ?? 0,
      kind: "limit" as const,
      label: `limit ${one.value}`,
      labelSaid: { id: "limit-is", values: { limit: one.value } },
    }));
  // The same boot is told by every channel.
  const seen = new Set<string>();
  return [...boots, ...steps, ...changes]
    .sort((a, b) => a.atUs - b.atUs || a.label.localeCompare(b.label))
    .filter((mark) => {
      const key =
        mark.kind === "boot"
          ? `boot ${Math.floor(mark.atUs / (60 * SECOND_US))}`
          : `${mark.kind} ${mark.atUs}`;
      return seen.has(key) ? false : seen.add(key) !== undefined;
    });
}

/** The finding of a moved clock, taken apart again. */
function clockSaid(message: string): Statement | null {
  const match = /moved (forward|back) by (\d+) s/.exec(message);
  return match === null ? null : { id: `clock-${match[1]}`, values: { seconds: Number(match[2]) } };
}

/** A count is taken to stand for this long at most, where the next one is further away. */
const LONGEST_SAMPLE_US = 300 * SECOND_US;

/** Seconds with a measured count above 90 % and 95 % of the limit then in force; null without counts. */
export function timeAbove(
  db: Db,
  hostId: number,
  limits: readonly LimitSpan[],
): { above90: number; above95: number } | null {
  const spans = limits.filter(
    (one) => one.key === "nf_conntrack_max" && one.force === "effective" && one.netns === null,
  );
  const limitAt = (atUs: number) =>
    (spans.findLast((one) => one.sinceUs === null || one.sinceUs <= atUs) ?? spans[0])?.value ?? null;
  let last: { atUs: number; share: number } | null = null;
  let any = false;
  const sums = { above90: 0, above95: 0 };
  for (const row of statement(db, "report_counts").iterate({ host_id: hostId }) as Iterable<{
    at_us: number;
    value: number;
  }>) {
    any = true;
    if (last !== null) {
      const seconds = Math.min(row.at_us - last.atUs, LONGEST_SAMPLE_US) / SECOND_US;
      if (last.share >= 0.9) sums.above90 += seconds;
      if (last.share >= 0.95) sums.above95 += seconds;
    }
    const limit = limitAt(row.at_us);
    last = { atUs: row.at_us, share: limit === null || limit === 0 ? 0 : row.value / limit };
  }
  return any ? { above90: Math.round(sums.above90), above95: Math.round(sums.above95) } : null;
}
