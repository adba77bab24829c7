// Equal drop lines within a second as one row: a flooded log must not cost a row a line. Lines that are no events may
// stand between them. The row's citation spans them, its amount counts them, and the uptime of each is kept.

import { decodeLine, hashLine, tellsBytes } from "../../evidence/cite.ts";
import { STAMP, type StoredStamp } from "../../model/stored.ts";
import { SECOND_US } from "../../model/units.ts";
import type { EventForm, EventRow } from "../../store/sink.ts";
import type { LikelyTimes } from "./likely-times.ts";
import { APART_LINES } from "./line-events.ts";
import { type FoundEvent, lastNumber } from "./read-line.ts";
import type { Placed, Standing } from "./standing.ts";

/** Characters of a line that are kept as text; the citation reaches all of its bytes. */
const TEXT_LIMIT = 1024;
/** Lines and bytes of one row, so that a flood without any limiter is held in fixed memory. */
const MOST_LINES = 4096;
const MOST_BYTES = 1 << 20;

export interface EventRuns {
  add(found: FoundEvent): void;
  /** Hands over what is still being gathered. */
  flush(): void;
}

interface Run {
  readonly found: FoundEvent;
  readonly placed: Placed;
  readonly stamp: StoredStamp;
  readonly doubts: string | null;
  /** Bytes of its lines, where they are not all the same. */
  pieces: string[] | null;
  /** Nothing stands between its lines. */
  isWhole: boolean;
  lines: number;
  /** Offset behind the last, and its number. */
  end: number;
  lastNumber: number;
  lastStampUs: number | null;
  lastUptimeUs: number | null;
  /** Uptimes of its lines, less that of the first. */
  uptimes: number[];
}

/** `gather` false: a row for every line, as small sources have them. */
export function createEventRuns(
  save: (row: EventRow) => void,
  gather: boolean,
  times: LikelyTimes,
): EventRuns {
  let open: Run | null = null;
  const formOf = createFormKeeper();
  const flush = () => {
    if (open !== null) save(toRow(open, formOf(open), times));
    open = null;
  };
  return {
    flush,
    add(found) {
      const { entry, at } = found.line;
      const doubts = entry.doubts.length > 0 ? entry.doubts.join(",") : null;
      if (open !== null && goesOn(open, found, at, doubts)) {
        extend(open, found, at);
        return;
      }
      flush();
      open = begin(found, at, doubts);
      if (!gather || !isPlainDrop(found)) flush();
    },
  };
}

function begin(found: FoundEvent, at: Standing, doubts: string | null): Run {
  const { placed, stamp } = at;
  const run = {
    found,
    placed,
    stamp,
    doubts,
    pieces: null,
    isWhole: true,
    lines: 0,
    end: found.offset - 1,
    lastNumber: found.line.number - 1,
    lastStampUs: stamp.stamp_us,
    lastUptimeUs: placed.uptimeUs,
    uptimes: [],
  };
  extend(run, found, at);
  return run;
}

/** One printed line, not joined of two. */
function isPlainDrop({ meaning, copies, line, length }: FoundEvent): boolean {
  return meaning.kind === "drop" && meaning.amount === 1 && copies === 1 && length === line.length;
}

function goesOn(run: Run, found: FoundEvent, { placed, stamp }: Standing, doubts: string | null): boolean {
  const { meaning } = run.found;
  return (
    isNear(run, found) &&
    run.lines + found.times <= MOST_LINES &&
    isPlainDrop(found) &&
    found.meaning.message === meaning.message &&
    found.meaning.netns === meaning.netns &&
    doubts === run.doubts &&
    placed.streamId === run.placed.streamId &&
    sameSecond(run, stamp) &&
    withinSecond(run, placed.uptimeUs)
  );
}

/** Right behind the run; or, where nothing but its text need be kept to know its bytes again, a few lines behind it. */
function isNear(run: Run, { offset, raw, line, length }: FoundEvent): boolean {
  // Lines glued onto one have no newline between them.
  if (line.number === run.lastNumber) return false;
  if (offset === run.end + 1) return run.isWhole || raw === run.found.raw;
  if (run.pieces !== null || raw !== run.found.raw || !tellsBytes(raw, TEXT_LIMIT)) return false;
  return line.number - run.lastNumber < APART_LINES && offset + length - run.found.offset <= MOST_BYTES;
}

/** Within one second of the wall clock no minute ends, and no hour is doubled. */
function sameSecond({ stamp, lastStampUs }: Run, next: StoredStamp): boolean {
  if (stamp.stamp_kind !== next.stamp_kind || stamp.zone_name !== next.zone_name) return false;
  if (stamp.resolution_us !== next.resolution_us) return false;
  if (stamp.stamp_us === null || lastStampUs === null || next.stamp_us === null) {
    return stamp.stamp_us === next.stamp_us;
  }
  const second = Math.floor(stamp.stamp_us / SECOND_US);
  return next.stamp_us >= lastStampUs && Math.floor(next.stamp_us / SECOND_US) === second;
}

function withinSecond({ placed, lastUptimeUs, stamp }: Run, uptimeUs: number | null): boolean {
  if (placed.uptimeUs === null || lastUptimeUs === null || uptimeUs === null) {
    return placed.uptimeUs === uptimeUs && stamp.stamp_kind !== STAMP.none;
  }
  return uptimeUs >= lastUptimeUs && uptimeUs - placed.uptimeUs < SECOND_US;
}

function extend(run: Run, found: FoundEvent, { placed, stamp }: Standing): void {
  if (run.pieces === null && found.raw !== run.found.raw) {
    run.pieces = Array.from({ length: run.lines }, () => run.found.raw);
  }
  for (let i = 0; run.pieces !== null && i < found.times; i++) run.pieces.push(found.raw);
  run.lines += found.times;
  run.isWhole &&= found.offset === run.end + 1;
  run.end = found.offset + found.times * (found.length + 1) - 1;
  run.lastNumber = lastNumber(found.line);
  run.lastStampUs = stamp.stamp_us;
  run.lastUptimeUs = placed.uptimeUs;
  if (placed.uptimeUs === null || run.placed.uptimeUs === null) return;
  for (let i = 0; i < found.times; i++) run.uptimes.push(placed.uptimeUs - run.placed.uptimeUs);
}

function toRow(run: Run, form: EventForm, times: LikelyTimes): EventRow {
  const { found, placed, stamp } = run;
  const { meaning, raw } = found;
  const gathered = run.lines > 1;
  const told = run.pieces === null && tellsBytes(raw, TEXT_LIMIT);
  // Written out: a literal that begins with a spread costs ten times as much.
  return {
    form,
    line: found.line.number,
    byte_offset: found.offset,
    byte_length: run.end - found.offset,
    amount: gathered ? run.lines : meaning.amount,
    copies: found.copies,
    doubts: run.doubts,
    stamp_us: stamp.stamp_us,
    uptime_us: placed.uptimeUs,
    span_us: spanUs(run),
    uptimes: gathered && run.uptimes.length > 0 ? run.uptimes.join(",") : null,
    at_us: times.of(stamp),
    text: form.tail === "" ? decodeLine(raw, TEXT_LIMIT) : raw.slice(0, raw.length - form.tail.length),
    sha256: told ? null : hashLine(bytesOf(run)),
  };
}

/** Bytes of all its lines, with the newlines between them. */
function bytesOf({ found, lines, pieces }: Run): string {
  if (pieces !== null) return pieces.join("\n");
  return lines === 1 ? found.raw : `${`${found.raw}\n`.repeat(lines - 1)}${found.raw}`;
}

/** Gives rows that share a form the same object, as long as they follow each other. */
function createFormKeeper(): (run: Run) => EventForm {
  let recent: EventForm[] = [];
  return (run) => {
    const known = recent.find((form) => isForm(form, run));
    if (known !== undefined) return known;
    const form = makeForm(run);
    recent = [form, ...recent].slice(0, MOST_RECENT);
    return form;
  };
}

/** Forms at hand: drops and notices of a few hosts. */
const MOST_RECENT = 8;

function isForm(form: EventForm, { found, placed, stamp }: Run): boolean {
  const { meaning, line } = found;
  return (
    form.tail === line.tail &&
    form.message === meaning.message &&
    form.netns === meaning.netns &&
    form.stream_id === placed.streamId &&
    form.stamp_kind === stamp.stamp_kind &&
    form.resolution_us === stamp.resolution_us &&
    form.zone_name === stamp.zone_name &&
    form.kind === meaning.kind
  );
}

function makeForm({ found, placed, stamp }: Run): EventForm {
  const { kind, message, netns } = found.meaning;
  const { stamp_kind, resolution_us, zone_name } = stamp;
  const { tail } = found.line;
  return { stream_id: placed.streamId, kind, message, netns, stamp_kind, resolution_us, zone_name, tail };
}

/** From the first line to the last, by their stamps, or by their uptimes where they have no other. */
function spanUs({ stamp, placed, lastStampUs, lastUptimeUs }: Run): number {
  if (stamp.stamp_us !== null && lastStampUs !== null) return lastStampUs - stamp.stamp_us;
  return placed.uptimeUs !== null && lastUptimeUs !== null ? lastUptimeUs - placed.uptimeUs : 0;
}
