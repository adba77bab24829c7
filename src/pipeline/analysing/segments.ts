// The logs of a host, sorted into witnesses: which streams of which channel tell one stretch of one boot.

import { isPieceMissing } from "../../analysis/coverage.ts";
import { identifyLimiter, type Limiter, type LimiterEvidence } from "../../analysis/limiter.ts";
import type { WindowTally } from "../../analysis/limiter-infer.ts";
import { strands } from "../../analysis/strands.ts";
import { messageForm } from "../../messages/recognise.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { createRetold } from "./copies.ts";

export interface StreamRow {
  readonly stream_id: number;
  readonly source_id: number;
  readonly boot_id: number | null;
  /** Boots of its name before it in the source. */
  readonly ordinal: number;
  readonly first_us: number | null;
  readonly last_us: number | null;
  readonly channel: string;
  readonly family: string;
  readonly rank: number | null;
  readonly identity: string;
  readonly bundle: string | null;
  readonly is_log: number;
  readonly lines: number;
  /** Of a line that is not in the source. */
  readonly begins_with_repeat: number;
  /** Of this boot: jiffies-wrap starts taken off. */
  readonly first_uptime_us: number | null;
  readonly kernel: string | null;
}

/** Streams of one witness and one boot, in file order. */
export interface Segment {
  /** Number of the witness: segments of one witness never tell the same stretch twice. */
  readonly strand: number;
  readonly channel: string;
  /** Null: nothing tells of its boot. */
  readonly boot: number | null;
  /** Other witnesses are of the same log: what this one lacks of a burst, they may have. */
  readonly hasCopies: boolean;
  /** A text that depends on content, not on the order of reading: the last tie-break between witnesses. */
  readonly order: string;
  readonly streamIds: readonly number[];
  /** Those that begin with a repeat of the line that the piece before them ends with: how it counts is not known. */
  readonly repeating: readonly number[];
  readonly kernel: string | null;
  readonly firstUs: number | null;
  readonly lastUs: number | null;
  /** Uptime of the first line that carries one. */
  readonly firstUptimeUs: number | null;
}

/** Segments of all channels of a host. */
export function segmentsOf(db: Db, hostId: number): Segment[] {
  const all = statement(db, "host_streams").all({ host_id: hostId }) as StreamRow[];
  // Snapshots and samples can neither tell of a drop nor be silent about one.
  const streams = all.filter((stream) => stream.is_log === 1);
  const isRetold = createRetold(db, hostId);
  const out: Segment[] = [];
  let strand = 0;
  for (const channel of [...new Set(streams.map((stream) => stream.channel))].sort()) {
    const bySource = new Map<number, StreamRow[]>();
    for (const stream of streams) {
      if (stream.channel !== channel) continue;
      bySource.set(stream.source_id, [...(bySource.get(stream.source_id) ?? []), stream]);
    }
    const pieces = [...bySource].map(([sourceId, rows]) => piece(sourceId, rows));
    const found = strands(pieces, isRetold);
    const copied = severalTimes(found.map((list) => new Set(list.map(({ family }) => family))));
    for (const pieceList of found) {
      const hasCopies = pieceList.some(({ family }) => copied.has(family));
      const rows = pieceList.flatMap((one) => bySource.get(one.sourceId) ?? []);
      out.push(...byBoot(db, rows, { strand, channel, hasCopies }));
      strand++;
    }
  }
  return out;
}

/** What is in more than one of the sets. */
function severalTimes(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const once = new Set<string>();
  const again = new Set<string>();
  for (const one of sets.flatMap((set) => [...set])) (once.has(one) ? again : once).add(one);
  return again;
}

function piece(sourceId: number, rows: readonly StreamRow[]) {
  const firsts = rows.flatMap((row) => (row.first_us === null ? [] : [row.first_us]));
  const lasts = rows.flatMap((row) => (row.last_us === null ? [] : [row.last_us]));
  return {
    sourceId,
    family: rows[0]?.family ?? "",
    rank: rows[0]?.rank ?? null,
    firstUs: firsts.length === 0 ? null : Math.min(...firsts),
    lastUs: lasts.length === 0 ? null : Math.max(...lasts),
  };
}

type Witness = Pick<Segment, "strand" | "channel" | "hasCopies">;

function byBoot(db: Db, rows: readonly StreamRow[], witness: Witness): Segment[] {
  const out: { boot: number | null; rows: StreamRow[]; repeating: number[] }[] = [];
  let before: StreamRow | undefined;
  for (const row of rows) {
    const last = out[out.length - 1];
    if (last !== undefined && (isOfBoot(last, before, row) || goesOn(before, row))) {
      last.rows.push(row);
      if (isRepeating(db, before, row)) last.repeating.push(row.stream_id);
    } else out.push({ boot: row.boot_id, rows: [row], repeating: [] });
    before = row;
  }
  return out.map((group) => ({
    ...witness,
    boot: group.boot,
    order: `${witness.channel} ${group.rows[0]?.identity ?? ""}`,
    streamIds: group.rows.map((row) => row.stream_id),
    repeating: group.repeating,
    kernel: group.rows.find((row) => row.kernel !== null)?.kernel ?? kernelOfBundle(db, group.rows),
    firstUs: piece(0, group.rows).firstUs,
    lastUs: piece(0, group.rows).lastUs,
    firstUptimeUs: group.rows.find((row) => row.first_uptime_us !== null)?.first_uptime_us ?? null,
  }));
}

/** Streams that tell nothing of boots are of one, unless the source itself tells them apart. */
function isOfBoot(last: { boot: number | null }, before: StreamRow | undefined, row: StreamRow): boolean {
  if (last.boot !== row.boot_id) return false;
  return row.boot_id !== null || row.ordinal === (before?.source_id === row.source_id ? before.ordinal : 0);
}

/** A piece of a log that tells nothing of boots is of the one that the piece before it ended in, if none is missing. */
function goesOn(before: StreamRow | undefined, row: StreamRow): boolean {
  return before !== undefined && row.boot_id === null && row.ordinal === 0 && !isPieceMissing(before, row);
}

/** True where it begins with a repeat, and the piece before it ends with a line of the limiter. */
function isRepeating(db: Db, before: StreamRow | undefined, row: StreamRow): boolean {
  if (before === undefined || before.source_id === row.source_id || row.begins_with_repeat === 0)
    return false;
  const last = statement(db, "last_limited_line").get({ source_id: before.source_id });
  return last !== undefined && (last as { line: number }).line >= before.lines;
}

function kernelOfBundle(db: Db, rows: readonly StreamRow[]): string | null {
  const bundle = rows.find((row) => row.bundle !== null)?.bundle;
  if (bundle === undefined) return null;
  const row = statement(db, "kernel_fact").get({ bundle }) as { value: string } | undefined;
  return row?.value ?? null;
}

/** Which limiter printed a segment's lines, and with which window. */
export function limiterOf(
  db: Db,
  segment: Segment,
  windows: WindowTally,
  settings: Pick<LimiterEvidence, "known" | "suspected" | "offSeen">,
  trusted: boolean,
): Limiter {
  const messagesOf = statement(db, trusted ? "trusted_messages" : "stream_messages");
  const messages = new Set(
    segment.streamIds.flatMap((stream_id) =>
      (messagesOf.all({ stream_id }) as { message: string }[]).map((row) => row.message),
    ),
  );
  const forms = [...messages].flatMap((id) => {
    const notice = messageForm(id).notice;
    return notice === null ? [] : [notice];
  });
  return identifyLimiter({
    forms,
    dropForms: {
      usesIpConntrack: messages.has("table-full-ip"),
      namesNetns: messages.has("table-full-netns"),
    },
    kernelVersion: segment.kernel,
    ...settings,
    windows,
  });
}
