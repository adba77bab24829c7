// Time in pixel-sized pieces: drops, counts, limits, coverage and marks of one host.

import type { Bucket, CoverageSpan, LimitSpan, Statement, Timeline } from "../../model/report.ts";
import { HOUR_US, MINUTE_US, SECOND_US } from "../../model/units.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { DropBucket, Grid, HostBursts, ReportOptions } from "./rows.ts";

/** Pieces a timeline has at most: finer than any screen shows. */
const MAX_BUCKETS = 600;
const UNIT_US = { second: SECOND_US, minute: MINUTE_US, hour: HOUR_US } as const;
/** Shorter pieces than so many hours are of minutes: whole hours would make them far too long. */
const MANY_HOURS = 4;

/** The timeline of a host, or null where nothing of it is dated, or of the range. */
export function timelineOf(
  db: Db,
  hostId: number,
  bursts: HostBursts,
  limits: readonly LimitSpan[],
  options: ReportOptions,
): Timeline | null {
  const coverage = readCoverage(db, hostId);
  const range =
    (coverage.length === 0 ? null : rangeOf(bursts, coverage, options)) ??
    rangeOf(bursts, countedTimes(db, hostId), options);
  if (range === null) return null;
  const grid = gridOf(range);
  const { fromUs, bucketUs, toUs } = grid;
  return {
    fromUs,
    toUs,
    bucketUs,
    buckets: fill(db, hostId, bursts, grid),
    limits: limits
      .filter((one) => one.key === "nf_conntrack_max" && one.force === "effective" && one.netns === null)
      .map((one) => ({
        atUs: Math.max(one.sinceUs ?? fromUs, fromUs),
        value: one.value,
        untilUs: one.untilUs,
      }))
      .filter((one) => one.untilUs === null || one.untilUs > fromUs)
      .map(({ atUs, value }) => ({ atUs, value })),
    marks: readMarks(db, hostId, limits).filter((mark) => mark.atUs >= fromUs && mark.atUs <= toUs),
    coverage,
  };
}

/** Pieces of whole minutes or hours where they are longer: these are made of the rows of `minute` and `hour`. */
function gridOf(range: { readonly fromUs: number; readonly toUs: number }): Grid {
  const least = (range.toUs - range.fromUs) / MAX_BUCKETS;
  const unit = least > MANY_HOURS * UNIT_US.hour ? "hour" : least > UNIT_US.minute ? "minute" : "second";
  const unitUs = UNIT_US[unit];
  const bucketUs = Math.max(1, Math.ceil(least / unitUs)) * unitUs;
  const fromUs = Math.floor(range.fromUs / bucketUs) * bucketUs;
  const count = Math.min(MAX_BUCKETS + 1, Math.floor((range.toUs - fromUs) / bucketUs) + 1);
  return { unit, fromUs, bucketUs, toUs: fromUs + count * bucketUs };
}

/** Shown beside the logs' own time, as a share of it: that they end there is part of the answer. */
const MARGIN = 0.02;

/** What the options say; else the bursts with room beside them as far as logs go; else what the logs cover. */
function rangeOf(
  { totals }: HostBursts,
  coverage: readonly Pick<CoverageSpan, "kind" | "fromUs" | "toUs">[],
  options: ReportOptions,
): { fromUs: number; toUs: number } | null {
  const dated = totals.fromUs !== null && totals.toUs !== null;
  const spans = dated ? [totals] : coverage;
  if (spans.length === 0 && (options.sinceUs === null || options.untilUs === null)) return null;
  const from = spans.reduce((a, span) => Math.min(a, span.fromUs ?? a), Number.POSITIVE_INFINITY);
  const to = spans.reduce((a, span) => Math.max(a, span.toUs ?? a), Number.NEGATIVE_INFINITY);
  if (!dated) {
    const [fromUs, toUs] = [options.sinceUs ?? from, options.untilUs ?? to];
    // Asked for from behind the last log on, or until before the first: there is nothing to draw.
    return fromUs > toUs ? null : { fromUs, toUs };
  }
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

/** Where no log was read, or none of the range: the minutes that counts are of. */
function countedTimes(db: Db, hostId: number): Pick<CoverageSpan, "kind" | "fromUs" | "toUs">[] {
  const { from_us, to_us } = statement(db, "counted_times").get({ host_id: hostId }) as {
    readonly from_us: number | null;
    readonly to_us: number | null;
  };
  return from_us === null || to_us === null ? [] : [{ kind: "seen", fromUs: from_us, toUs: to_us }];
}

interface CountBucket {
  readonly bucket: number;
  readonly entries_min: number | null;
  readonly entries_max: number | null;
}

/** What fell into each piece. */
function fill(db: Db, hostId: number, bursts: HostBursts, grid: Grid): Bucket[] {
  const { fromUs, bucketUs, toUs, unit } = grid;
  const buckets: Bucket[] = Array.from({ length: (toUs - fromUs) / bucketUs }, (_, i) => ({
    atUs: fromUs + i * bucketUs,
    dropLines: 0,
    suppressed: 0,
    entriesMin: null,
    entriesMax: null,
  }));
  const put = (at: number, told: (bucket: Bucket) => Partial<Bucket>) => {
    const bucket = buckets[at];
    if (bucket !== undefined) buckets[at] = { ...bucket, ...told(bucket) };
  };
  const hours = unit === "hour" ? grouped<DropBucket & CountBucket>(db, "report_hours", hostId, grid) : null;
  for (const row of dropsIn(db, hostId, bursts, grid, hours)) {
    put(row.bucket, ({ dropLines, suppressed }) => ({
      dropLines: dropLines + row.drop_lines,
      suppressed: suppressed + row.suppressed,
    }));
  }
  for (const row of hours ?? countsIn(db, hostId, grid)) {
    put(row.bucket, () => ({ entriesMin: row.entries_min, entriesMax: row.entries_max }));
  }
  return buckets;
}

/** What is kept by the hour and the minute is of the bursts as they are kept, and too coarse for less. */
function dropsIn(
  db: Db,
  hostId: number,
  bursts: HostBursts,
  grid: Grid,
  hours: readonly DropBucket[] | null,
): Iterable<DropBucket> {
  if (!bursts.asKept || grid.unit === "second") return bursts.windowsIn(grid);
  return hours ?? pieceByPiece<DropBucket>(db, "drops_in_minutes", hostId, grid);
}

function countsIn(db: Db, hostId: number, grid: Grid): Iterable<CountBucket> {
  return grid.unit === "second"
    ? grouped<CountBucket>(db, "report_count_buckets", hostId, grid)
    : pieceByPiece<CountBucket>(db, "counts_in_minutes", hostId, grid);
}

/** Asks a statement once, for the pieces in which there is something. */
function grouped<Row>(db: Db, name: string, hostId: number, { fromUs, bucketUs, toUs }: Grid): Row[] {
  const bounds = { host_id: hostId, from_us: fromUs, bucket_us: bucketUs, to_us: toUs };
  return statement(db, name).all(bounds) as Row[];
}

/** Asks a statement for each piece: of many rows that costs less than sorting them by their piece. */
function* pieceByPiece<Row>(db: Db, name: string, hostId: number, grid: Grid): Generator<Row> {
  const within = statement(db, name);
  for (let bucket = 0, from = grid.fromUs; from < grid.toUs; bucket++, from += grid.bucketUs) {
    const row = within.get({ host_id: hostId, from_us: from, to_us: from + grid.bucketUs });
    yield { bucket, ...(row as Omit<Row, "bucket">) } as Row;
  }
}

function readCoverage(db: Db, hostId: number): CoverageSpan[] {
  const rows = statement(db, "report_coverage").all({ host_id: hostId }) as {
    channel: string;
    kind: CoverageSpan["kind"];
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
        mark.kind === "boot" ? `boot ${Math.floor(mark.atUs / MINUTE_US)}` : `${mark.kind} ${mark.atUs}`;
      return seen.has(key) ? false : seen.add(key) !== undefined;
    });
}

/** The finding of a moved clock, taken apart again. */
function clockSaid(message: string): Statement | null {
  const match = /moved (forward|back) by (\d+) s/.exec(message);
  return match === null ? null : { id: `clock-${match[1]}`, values: { seconds: Number(match[2]) } };
}

/** Seconds of the range with a measured count above 90 % and 95 % of the limit then in force; null without counts. */
export function timeAbove(
  db: Db,
  hostId: number,
  { sinceUs, untilUs }: ReportOptions,
): { above90: number; above95: number } | null {
  const sums = statement(db, "time_above").get({
    host_id: hostId,
    since_us: sinceUs,
    until_us: untilUs,
  }) as { counted: number | null; above_90_us: number; above_95_us: number };
  if (sums.counted === null) return null;
  return {
    above90: Math.round(sums.above_90_us / SECOND_US),
    above95: Math.round(sums.above_95_us / SECOND_US),
  };
}
