// Boots without anchors of their own, helped by what else is known of their machine.

import { matchNotices, mostAgreeing, type Told } from "../../clock/lend.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { BootClocks } from "./anchors.ts";
import type { StreamRow } from "./dating-rows.ts";

/** Notices of one stream that are compared: enough to be sure, few enough to hold. */
const MOST_NOTICES = 2_000;

export interface Lending {
  readonly db: Db;
  readonly streams: readonly StreamRow[];
  readonly clocks: BootClocks;
  bootOf(streamId: number): number;
  /** Number of the machine, as far as it is known before dating. */
  hostOf(streamId: number): number;
}

interface NoticeRow {
  readonly id: number;
  readonly message: string;
  readonly amount: number;
  readonly at_us: number | null;
  readonly uptime_us: number | null;
}

/** Lends anchors to every boot that has uptimes and nothing to place them by. */
export function lendAnchors(lending: Lending): void {
  const boots = new Map<number, StreamRow[]>();
  for (const stream of lending.streams) {
    if (stream.last_uptime_us === null) continue;
    const boot = lending.bootOf(stream.stream_id);
    boots.set(boot, [...(boots.get(boot) ?? []), stream]);
  }
  for (const streams of boots.values()) {
    const first = streams[0];
    if (first === undefined || isPlaced(lending, streams)) continue;
    if (!lendNotices(lending, streams)) lendSamples(lending, streams, [...boots.values()]);
  }
}

function isPlaced(lending: Lending, streams: readonly StreamRow[]): boolean {
  return streams.some((stream) => {
    const uptime = (stream.last_uptime_us ?? 0) - stream.uptime_base_us;
    return lending.clocks.of(stream.stream_id)?.resolve(uptime) != null;
  });
}

function noticesOf(db: Db, stream: StreamRow): NoticeRow[] {
  return statement(db, "notices_of_stream").all({
    stream_id: stream.stream_id,
    limit: MOST_NOTICES,
  }) as NoticeRow[];
}

/** The same suppression counts in a log with wall time: each count is told once, and hardly ever twice alike. */
function lendNotices(lending: Lending, streams: readonly StreamRow[]): boolean {
  const byUptime = onceEach(
    streams.flatMap((stream) =>
      noticesOf(lending.db, stream).flatMap((row): Told[] =>
        row.uptime_us === null
          ? []
          : [{ text: `${row.message} ${row.amount}`, us: row.uptime_us, id: -row.id }],
      ),
    ),
  );
  if (byUptime.length < 2) return false;
  const [first] = streams;
  const host = first === undefined ? -1 : lending.hostOf(first.stream_id);
  const lent = lending.streams.map((other) => {
    if (streams.includes(other) || lending.hostOf(other.stream_id) !== host) return [];
    const byInstant = noticesOf(lending.db, other).flatMap((row): Told[] =>
      row.at_us === null ? [] : [{ text: `${row.message} ${row.amount}`, us: row.at_us, id: -row.id }],
    );
    return matchNotices(byUptime, byInstant);
  });
  const pairs = first === undefined ? [] : mostAgreeing(lent);
  for (const pair of pairs) lending.clocks.lend(first?.stream_id ?? 0, pair, 1_000_000, "logged");
  return pairs.length > 0;
}

/** Dumps of one boot repeat each other: what is told of one moment was said once. */
function onceEach(told: readonly Told[]): Told[] {
  return [...new Map(told.map((one) => [`${one.us} ${one.text}`, one])).values()];
}

/** The samples of the machine, where they are of one boot and their uptimes meet those of the log. */
function lendSamples(lending: Lending, streams: readonly StreamRow[], boots: readonly StreamRow[][]): void {
  const [first] = streams;
  if (first === undefined) return;
  const host = lending.hostOf(first.stream_id);
  const sampled = boots.filter((boot) =>
    boot.some(
      (stream) =>
        stream.is_sample === 1 && lending.hostOf(stream.stream_id) === host && overlaps(stream, streams),
    ),
  );
  const only = sampled[0];
  if (sampled.length !== 1 || only === undefined) return;
  for (const stream of only) {
    const anchors = statement(lending.db, "sample_anchors").all({ stream_id: stream.stream_id }) as {
      id: number;
      uptime_us: number;
      stamp_us: number;
    }[];
    for (const { id, uptime_us, stamp_us } of anchors) {
      lending.clocks.lend(first.stream_id, { uptimeUs: uptime_us, atUs: stamp_us, id }, 1_000, "both-clocks");
    }
  }
}

function overlaps(sample: StreamRow, streams: readonly StreamRow[]): boolean {
  return streams.some(
    (stream) =>
      (stream.first_uptime_us ?? 0) - stream.uptime_base_us <= (sample.last_uptime_us ?? 0) &&
      (stream.last_uptime_us ?? 0) - stream.uptime_base_us >= (sample.first_uptime_us ?? 0),
  );
}
