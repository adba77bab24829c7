// One source from its bytes to its rows: which way it is read, and what it is known by at the end.

import { createHash } from "node:crypto";
import { decode } from "../../evidence/cite.ts";
import { FACT_ROLES, readFacts } from "../../evidence/facts.ts";
import { createIdentity, headKey, type Identity } from "../../evidence/identity.ts";
import { describeHead } from "../../formats/detect.ts";
import { detectRecords } from "../../formats/records.ts";
import type { ByteStream } from "../../model/bytes.ts";
import type { Earlier, OpenSource } from "../../model/source.ts";
import { detectDocument } from "../../observations/documents.ts";
import { createObserver } from "../../observations/observer.ts";
import { needsEveryLine } from "../../observations/whole.ts";
import { tap } from "../../sources/byte-stream.ts";
import type { ReadOptions, ResumePoint, SourceEnd, SourceSink } from "../../store/sink.ts";
import { peek, skip } from "./chunks.ts";
import { createLikelyTimes, type LikelyTimes } from "./likely-times.ts";
import { createLineLane } from "./line-lane.ts";
import { createLineStamps, type LineStamps } from "./line-stamps.ts";
import { createProblemLog, type ProblemLog } from "./read-line.ts";
import { POINTS_WITHIN_BYTES, type ReadState, readLines, STATE_VERSION } from "./read-lines.ts";
import { readRecords } from "./read-records.ts";
import { createStreamTracker } from "./streams.ts";
import { takeDocument } from "./take-document.ts";
import { createLineTaker } from "./take-lines.ts";

/** A source no larger than this is read line by line: excerpts and snapshots are, logs are not. */
const SMALL_BYTES = 1 << 20;
/** Bytes that decide what a source is. */
const HEAD_BYTES = 64 << 10;

/** Known sources that begin alike. */
export type AlikeSources = (head: string) => readonly Earlier[] | Promise<readonly Earlier[]>;

export interface ReadSettings extends ReadOptions {
  /** Microseconds since the epoch; null: the present day is no evidence. */
  readonly nowUs: number | null;
  /**
   * A source of fewer bytes is read line by line, every line a row of its own: the plain way, which the fast one must
   * agree with.
   */
  readonly smallBytes?: number;
}

/** Reads a source to its end. Never throws for bad input; problems are in the result. */
export async function readSource(
  source: OpenSource,
  sink: SourceSink,
  alike: AlikeSources,
  settings: ReadSettings,
): Promise<SourceEnd> {
  const problems = createProblemLog();
  const count = { bytes: 0 };
  const peeked = await peek(source.chunks, SMALL_BYTES);
  const { key, document, records, format, small } = look(
    peeked.head,
    settings.smallBytes ?? SMALL_BYTES,
    source,
    sink,
  );
  const pointsFrom = pointsOf(source);
  const identity = createIdentity(await alike(key), undefined, pointsFrom - POINTS_WITHIN_BYTES);
  const bytes = tap(peeked.bytes, (stretch) => {
    identity.bytes(stretch);
    count.bytes += stretch.length;
    return true;
  });
  const stamps = createLineStamps(undefined);
  const times = createLikelyTimes({ ...settings, facts: source.facts, stamps });
  const input = { source, records, bytes, small, sink, identity, problems, stamps, times, pointsFrom };
  const log =
    document === null
      ? await takeLog({ ...input, from: null })
      : { ...NO_LOG, lines: await takeDocument(document, bytes, source.facts, sink, problems) };
  problems.addAll(source.problems());
  const known = identity.finish();
  return {
    // A snapshot (a limit, a kernel name) reads alike on many machines: it is known by its label and time, too.
    identity: log.isLog || document !== null ? known.identity : labelled(known.identity, source),
    beginnings: known.beginnings,
    head: key,
    format,
    channel: channelOf(source, format),
    bytes: count.bytes,
    lines: log.lines,
    complete: source.complete(),
    isLog: log.isLog,
    problems: problems.all(),
    ...{ eventsDated: times.followed(), lineYears: stamps.years() },
    // Only a log that lies plainly on disk grows.
    resume:
      log.isLog && count.bytes === source.sizeBytes && source.problems().length === 0 ? log.resume : null,
  };
}

/** What the first bytes of a source say of it. */
function look(head: Uint8Array, smallBytes: number, { facts }: OpenSource, sink: SourceSink) {
  const start = head.subarray(0, HEAD_BYTES);
  const headText = decode(Buffer.from(start).toString("latin1"));
  const { role } = facts;
  if (role !== null && FACT_ROLES.has(role)) {
    for (const fact of readFacts(role, headText)) sink.fact(fact.key, fact.value);
  }
  const document = detectDocument(headText, facts);
  const records = document === null ? detectRecords(start) : null;
  return {
    key: headKey(head),
    document,
    records,
    format: document ?? records ?? describeHead(start).format,
    small: head.length < smallBytes || needsEveryLine(headText, facts),
  };
}

/** A log that was read before, as far as it is known. */
export interface Begun extends Earlier {
  readonly head: string;
  readonly format: string;
  /** What the instants of its events follow; null: not all have one. */
  readonly eventsDated: string | null;
  readonly point: ResumePoint;
}

/**
 * Reads on in a log that has grown. The source's bytes begin at `resumeOffset` of its point. Null where it turns
 * out not to be the same log any more: then nothing of what was written may be kept.
 */
export async function readOn(
  source: OpenSource,
  sink: SourceSink,
  begun: Begun,
  settings: ReadSettings,
): Promise<SourceEnd | null> {
  const { point } = begun;
  const state = point.state as ReadState;
  const problems = createProblemLog();
  problems.addAll(state.problems);
  const pointsFrom = pointsOf(source);
  const identity = createIdentity([begun], state.identity, pointsFrom - POINTS_WITHIN_BYTES);
  const count = { bytes: state.identity.bytes };
  const bytes = tap(source.chunks, (stretch) => {
    identity.bytes(stretch);
    count.bytes += stretch.length;
    return true;
  });
  const stamps = createLineStamps(state.taker.years);
  const times = createLikelyTimes({ ...settings, facts: source.facts, stamps, before: begun.eventsDated });
  const input = { source, records: null, small: false, sink, identity, problems, stamps, times, pointsFrom };
  const rest = skip(bytes, point.offset - state.identity.bytes);
  const log = await takeLog({ ...input, bytes: rest, from: point });
  problems.addAll(source.problems());
  const known = identity.finish();
  if (!known.beginnings.includes(begun.sourceId)) return null;
  return {
    identity: known.identity,
    beginnings: known.beginnings,
    head: begun.head,
    format: begun.format,
    channel: channelOf(source, begun.format),
    bytes: count.bytes,
    lines: log.lines,
    complete: source.complete(),
    isLog: log.isLog,
    problems: problems.all(),
    ...{ eventsDated: times.followed(), lineYears: stamps.years() },
    resume: count.bytes === source.sizeBytes && source.problems().length === 0 ? (log.resume ?? point) : null,
  };
}

/** Offset at which the bytes that `readOn` wants begin; null where the point was noted by another conntrail's reader. */
export function resumeOffset(point: ResumePoint): number | null {
  const state = point.state as ReadState;
  return state.version === STATE_VERSION ? state.identity.bytes : null;
}

function pointsOf({ facts, sizeBytes }: OpenSource): number {
  return facts.member !== null || sizeBytes === null
    ? Number.POSITIVE_INFINITY
    : Math.max(1, sizeBytes - POINTS_WITHIN_BYTES);
}

function labelled(identity: string, { facts }: OpenSource): string {
  const name = facts.member ?? facts.path.slice(facts.path.lastIndexOf("/") + 1);
  return createHash("sha256").update(`${identity} ${facts.mtimeUs} ${name}`).digest("hex");
}

/** Names that say which log of a host a file is. */
const TELLING_CHANNELS = new Set(["messages", "syslog", "kern", "dmesg", "journal", "console", "pstore"]);

/** A log whose name says nothing is known by its format: the kernel's buffer is `dmesg`, whatever it is called. */
function channelOf(source: OpenSource, format: string): string {
  const { channel } = source.facts;
  if (TELLING_CHANNELS.has(channel)) return channel;
  const byFormat = /^(dmesg|kmsg|journal)/.exec(format)?.[1];
  return byFormat === undefined ? channel : byFormat === "journal" ? "journal" : "dmesg";
}

interface LogInput {
  readonly source: OpenSource;
  readonly records: string | null;
  readonly bytes: ByteStream;
  readonly small: boolean;
  readonly sink: SourceSink;
  readonly identity: Identity;
  readonly problems: ProblemLog;
  readonly stamps: LineStamps;
  readonly times: LikelyTimes;
  readonly pointsFrom: number;
  /** Where an earlier reading ended; null: at the beginning. */
  readonly from: ResumePoint | null;
}

interface LogRead {
  readonly lines: number;
  readonly isLog: boolean;
  readonly resume: ResumePoint | null;
}

const NO_LOG: LogRead = { lines: 0, isLog: false, resume: null };

async function takeLog(input: LogInput): Promise<LogRead> {
  const { source, records, bytes, small, sink, identity, problems, stamps, times, pointsFrom, from } = input;
  const state = from === null ? null : (from.state as ReadState);
  const tracker = createStreamTracker(sink, problems, state?.streams);
  const observer = createObserver(source.facts);
  const gather = !small;
  const taker = createLineTaker({
    ...{ sink, tracker, observer, identity, problems, gather, stamps, times },
    from: state?.taker ?? null,
  });
  const lane = createLineLane(taker, gather, state?.lane);
  const start = { offset: from?.offset ?? 0, line: from?.line ?? 1 };
  const read =
    records === null
      ? await readLines({
          ...{ bytes, start, pointsFrom, lane, taker, tracker, observer, identity, problems },
          everyLine: small,
        })
      : { lines: await readRecords(records, bytes, taker, problems), resume: null };
  taker.end();
  tracker.end();
  problems.addAll(observer.problems());
  return { lines: read.lines, isLog: taker.isLog(), resume: small ? null : read.resume };
}
