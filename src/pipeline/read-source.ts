// One source from its bytes to its rows: which way it is read, and what it is known by at the end.

import { createHash } from "node:crypto";
import { decode } from "../evidence/cite.ts";
import { FACT_ROLES, readFacts } from "../evidence/facts.ts";
import { createIdentity, headKey, type Identity } from "../evidence/identity.ts";
import { describeHead } from "../formats/detect.ts";
import { createParser } from "../formats/parse.ts";
import { createRecordReader, detectRecords } from "../formats/records.ts";
import type { LineOptions, LineReading, LineSummary } from "../lines/options.ts";
import { scan } from "../lines/scan.ts";
import { MESSAGE_NEEDLES } from "../messages/recognise.ts";
import type { Line } from "../model/line.ts";
import type { Earlier, OpenSource } from "../model/source.ts";
import { detectDocument } from "../observations/documents.ts";
import { OBSERVATION_NEEDLES } from "../observations/needles.ts";
import { createObserver } from "../observations/observer.ts";
import { needsEveryLine } from "../observations/whole.ts";
import type { SourceEnd, SourceSink } from "../store/sink.ts";
import { peek, tap } from "./chunks.ts";
import { CLOCK_NEEDLES, CLOCK_TEXT_NEEDLES } from "./marks.ts";
import { createProblemLog, type ProblemLog } from "./reading.ts";
import { createStreamTracker } from "./streams.ts";
import { takeDocument } from "./take-document.ts";
import { createLineTaker, type LineTaker } from "./take-lines.ts";

/** A source no larger than this is read line by line: excerpts and snapshots are, logs are not. */
const SMALL_BYTES = 1 << 20;
/** Bytes that decide what a source is. */
const HEAD_BYTES = 64 << 10;
/** A longer line is passed over with a problem. */
export const MAX_LINE_BYTES = 1 << 20;
const WAYMARK_BYTES = 256 << 10;
const CARRIAGE_RETURN = 13;

const NEEDLES = [...new Set([...MESSAGE_NEEDLES, ...OBSERVATION_NEEDLES, ...CLOCK_TEXT_NEEDLES])];

/** Reads a source to its end. Never throws for bad input; problems are in the result. */
export async function readSource(
  source: OpenSource,
  sink: SourceSink,
  alike: (head: string) => readonly Earlier[],
): Promise<SourceEnd> {
  const problems = createProblemLog();
  const count = { bytes: 0 };
  const peeked = await peek(source.chunks, SMALL_BYTES);
  const { head } = peeked;
  const key = headKey(head);
  const identity = createIdentity(alike(key));
  const chunks = tap(peeked.chunks, (chunk) => {
    identity.bytes(chunk);
    count.bytes += chunk.length;
  });
  const start = head.subarray(0, HEAD_BYTES);
  const headText = decode(Buffer.from(start).toString("latin1"));
  const { role } = source.facts;
  if (role !== null && FACT_ROLES.has(role)) {
    for (const fact of readFacts(role, headText)) sink.fact(fact.key, fact.value);
  }
  const document = detectDocument(headText, source.facts);
  const records = document === null ? detectRecords(start) : null;
  const format = document ?? records ?? describeHead(start).format;
  let lines = 0;
  let isLog = false;
  if (document !== null) {
    lines = await takeDocument(document, chunks, source.facts, sink, problems);
  } else {
    const small = head.length < SMALL_BYTES || needsEveryLine(headText, source.facts);
    ({ lines, isLog } = await takeLog(source, records, chunks, small, sink, identity, problems));
  }
  for (const problem of source.problems()) {
    problems.add(problem.kind, problem.message, problem.offset, problem.count);
  }
  const known = identity.finish();
  return {
    // A snapshot (a limit, a kernel name) reads alike on many machines: it is known by its label and time, too.
    identity: isLog || document !== null ? known.identity : labelled(known.identity, source),
    beginnings: known.beginnings,
    head: key,
    format,
    channel: channelOf(source, format),
    bytes: count.bytes,
    lines,
    complete: source.complete(),
    isLog,
    problems: problems.all(),
  };
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

async function takeLog(
  source: OpenSource,
  records: string | null,
  chunks: AsyncIterable<Uint8Array>,
  small: boolean,
  sink: SourceSink,
  identity: Identity,
  problems: ProblemLog,
): Promise<{ lines: number; isLog: boolean }> {
  const tracker = createStreamTracker(sink, problems);
  const observer = createObserver(source.facts);
  const taker = createLineTaker({ sink, tracker, observer, identity, problems, gather: !small });
  const lines =
    records === null
      ? await takeFramed(scan(chunks, lineOptions(small)), taker, problems)
      : await takeRecords(records, chunks, taker, problems);
  taker.end();
  tracker.end();
  for (const problem of observer.problems()) {
    problems.add(problem.kind, problem.message, problem.offset, problem.count);
  }
  return { lines, isLog: taker.isLog() };
}

function lineOptions(everyLine: boolean): LineOptions {
  return {
    needles: NEEDLES,
    clockNeedles: CLOCK_NEEDLES,
    everyLine,
    waymarkBytes: WAYMARK_BYTES,
    maxLineBytes: MAX_LINE_BYTES,
    startOffset: 0,
    startLine: 1,
  };
}

async function takeFramed(reading: LineReading, taker: LineTaker, problems: ProblemLog): Promise<number> {
  const parser = createParser();
  const take = (line: Line) => {
    const { offset, raw } = bare(line);
    if (taker.again(line, raw)) return;
    const entry = parser.parse(decode(raw));
    if (entry === null) return;
    const { number, role } = line;
    taker.take({ offset, length: raw.length, number, raw, entry, waymark: role === "waymark" });
  };
  for await (const batch of reading.batches) for (const line of batch) take(line);
  const summary: LineSummary = reading.summary();
  for (const problem of summary.problems) {
    problems.add(problem.kind, problem.message, problem.offset, problem.count);
  }
  return summary.lines;
}

/** A line without what is no part of it: NUL bytes and a byte order mark before it, CR behind it. */
function bare(line: Line): { offset: number; raw: string } {
  const { raw } = line;
  let from = 0;
  while (raw.charCodeAt(from) === 0) from++;
  if (raw.startsWith("\u00ef\u00bb\u00bf", from)) from += 3;
  let to = raw.length;
  while (to > from && raw.charCodeAt(to - 1) === CARRIAGE_RETURN) to--;
  return { offset: line.offset + from, raw: from === 0 && to === raw.length ? raw : raw.slice(from, to) };
}

async function takeRecords(
  format: string,
  chunks: AsyncIterable<Uint8Array>,
  taker: LineTaker,
  problems: ProblemLog,
): Promise<number> {
  const reader = createRecordReader(format);
  const bytes = createRecordBytes();
  let count = 0;
  const take = (found: ReturnType<typeof reader.push>) => {
    for (const record of found) {
      count++;
      taker.take({ ...record, raw: bytes.slice(record.offset, record.length), waymark: false });
    }
  };
  for await (const chunk of chunks) {
    bytes.push(chunk);
    take(reader.push(chunk));
  }
  take(reader.end());
  for (const problem of reader.problems()) {
    problems.add(problem.kind, problem.message, problem.offset, problem.count);
  }
  return count;
}

/** Bytes of a record that are kept to cite it; of a longer one only the end is left. */
const RECORD_BYTES = 4 << 20;

/** The last bytes of a stream, so that a record that ended can be cited. */
function createRecordBytes(): {
  push(chunk: Uint8Array): void;
  slice(offset: number, length: number): string;
} {
  let held = Buffer.alloc(0);
  let from = 0;
  return {
    push(chunk) {
      const keep = held.length > RECORD_BYTES ? held.subarray(held.length - RECORD_BYTES) : held;
      from += held.length - keep.length;
      held = Buffer.concat([keep, chunk]);
    },
    slice(offset, length) {
      const start = Math.max(0, offset - from);
      const text = held.subarray(start, offset - from + length).toString("latin1");
      held = held.subarray(start);
      from += start;
      return text;
    },
  };
}
