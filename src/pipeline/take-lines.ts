// One line after the other of one source, from entry to rows: streams, events, observations, clock marks.

import { createYearCounter } from "../clock/years.ts";
import { decode } from "../evidence/cite.ts";
import type { Identity } from "../evidence/identity.ts";
import { recognise } from "../messages/recognise.ts";
import type { Line } from "../model/line.ts";
import type { Observation } from "../model/observation.ts";
import type { Stamp } from "../model/stamp.ts";
import { NO_STAMP, STAMP, type StoredStamp, storeStamp } from "../model/stored.ts";
import type { createObserver } from "../observations/observer.ts";
import type { SourceSink } from "../store/sink.ts";
import { createEventRuns } from "./event-runs.ts";
import { createEventFinder, type FoundEvent } from "./line-events.ts";
import { tellsStep, toldInstant, writtenOffset } from "./marks.ts";
import type { ProblemLog, ReadLine } from "./reading.ts";
import type { Placed, StreamTracker } from "./streams.ts";

/** Bytes between two lines that are kept as clock marks. */
const MARK_BYTES = 16 << 10;

export interface LineTaker {
  take(line: ReadLine): void;
  /** True where a line was the one before once more, and was taken as such: its header need not be read. */
  again(line: Line, raw: string): boolean;
  end(): void;
  /** True where a line with a header was among them, or an event. */
  isLog(): boolean;
}

type Observer = ReturnType<typeof createObserver>;

interface Held {
  readonly placed: Placed;
  readonly stamp: StoredStamp;
}

export interface LineTakerInput {
  readonly sink: SourceSink;
  readonly tracker: StreamTracker;
  readonly observer: Observer;
  readonly identity: Identity;
  readonly problems: ProblemLog;
  /** Equal drop lines may share a row. */
  readonly gather: boolean;
}

/** Makes the taker for one source. */
export function createLineTaker(input: LineTakerInput): LineTaker {
  const { sink, tracker, observer, identity, problems, gather } = input;
  const years = createYearCounter();
  const finder = createEventFinder(problems);
  const runs = createEventRuns((row) => sink.event(row), gather);
  // Placement of the lines the finder still holds: at most the last few.
  const held = new Map<number, Held>();
  let lastMark = Number.NEGATIVE_INFINITY;
  let headed = false;
  let lastLine: { line: ReadLine; held: Held } | null = null;
  let lastTaken: { line: ReadLine; held: Held } | null = null;
  /** Times that the last line taken came again. */
  let repeated = 0;

  const stored = (stamp: Stamp | null): StoredStamp =>
    stamp === null ? NO_STAMP : storeStamp(stamp, stamp.kind === "yearless" ? years.push(stamp.ofYearUs) : 0);

  const mark = (line: ReadLine, at: Held, kind: "waymark" | "told" | "step", toldUs: number | null) => {
    const offset = line.entry.stamp?.kind === "instant" ? writtenOffset(line.raw) : null;
    sink.anchor({
      stamp_kind: at.stamp.stamp_kind,
      stamp_us: at.stamp.stamp_us,
      resolution_us: at.stamp.resolution_us,
      zone_name: offset ?? at.stamp.zone_name,
      stream_id: at.placed.streamId,
      line: line.number,
      byte_offset: line.offset,
      byte_length: line.length,
      kind,
      uptime_us: at.placed.uptimeUs,
      told_us: toldUs,
    });
    lastMark = line.offset;
  };

  const keepMarks = (line: ReadLine, at: Held) => {
    const told = toldInstant(line.entry);
    if (told !== null) {
      mark(line, at, "told", told);
      if (line.entry.fromKernel) at.placed.proofs.add(told, line.entry.text);
    } else if (tellsStep(line.entry)) mark(line, at, "step", null);
    else if (line.entry.stamp !== null || line.entry.uptimeUs !== null) {
      if (line.offset - lastMark >= MARK_BYTES) mark(line, at, "waymark", null);
      else lastLine = { line, held: at };
    }
  };

  const save = (found: FoundEvent) => {
    const at = held.get(found.line.number);
    if (at === undefined) throw new Error(`line ${found.line.number} was not placed`);
    const { entry } = found.line;
    if (entry.stamp?.kind === "bad") return;
    if (found.meaning.overflow) {
      problems.add("number-too-large", "a count beyond what can be counted exactly", found.offset);
    }
    headed = true;
    for (let i = 1; i <= found.times; i++) {
      identity.counted(found.offset + i * (found.length + 1) - 1, found.raw);
    }
    runs.add(found, at.placed, at.stamp);
    if (at.placed.uptimeUs !== null && (entry.uptimeUs ?? 0) > 0 && found.meaning.kind !== "boot") {
      at.placed.proofs.add(at.placed.uptimeUs, entry.text);
    }
  };

  const observe = (line: ReadLine, at: Held) => {
    const { entry } = line;
    const found = observer.push({
      text: entry.text,
      raw: decode(line.raw),
      fromLog: entry.format !== "bare",
      fromKernel: entry.fromKernel,
      tag: entry.tag,
      stamp: entry.stamp,
      uptimeUs: entry.uptimeUs,
      host: entry.host,
      offset: line.offset,
      length: line.length,
      number: line.number,
    });
    for (const one of found) saveObservation(one, at, line.number);
  };

  const saveObservation = (one: Observation, at: Held, number: number) => {
    const own = one.stamp !== null && one.stamp.kind !== "yearless";
    const stamp = own ? storeStamp(one.stamp, 0) : one.stamp === null ? NO_STAMP : at.stamp;
    // Samples in a text carry clocks of their own, and may be of another host than the line around them.
    const uptimeUs = one.kind === "uptime" ? one.value : one.uptimeUs;
    const placed =
      one.kind === "uptime" || one.host !== null
        ? tracker.place({ host: one.host, uptimeUs, bootId: null, atUs: stamp.stamp_us }, number, false, null)
        : at.placed;
    if (one.kind !== "uptime") {
      sink.observation(placed.streamId, stamp, uptimeUs === null ? null : placed.uptimeUs, one);
      return;
    }
    sink.anchor({
      ...stamp,
      stream_id: placed.streamId,
      line: number,
      byte_offset: one.offset,
      byte_length: one.length,
      kind: "sample",
      uptime_us: placed.uptimeUs,
      told_us: null,
    });
  };

  return {
    isLog: () => headed,
    again(line, raw) {
      if (!gather || lastTaken?.line.raw !== raw || line.offset - lastMark >= MARK_BYTES) return false;
      const { offset, length, number } = lastTaken.line;
      if (line.number !== number + repeated + 1 || line.offset !== offset + (repeated + 1) * (length + 1))
        return false;
      if (!finder.mayRepeat()) return false;
      finder.again();
      repeated++;
      tracker.pass(lastTaken.line.entry.host, line.number);
      lastLine = lastTaken;
      return true;
    },
    take(line) {
      const { entry } = line;
      repeated = 0;
      headed ||= entry.tag !== null || entry.uptimeUs !== null || (entry.stamp !== null && entry.fromKernel);
      if (entry.stamp?.kind === "bad") {
        problems.add("bad-stamp", `an impossible time: ${entry.stamp.text}`, line.offset);
      }
      const boot =
        entry.fromKernel && entry.text.startsWith("Linux version ") ? recognise(entry.text, entry) : null;
      const stamp = computed(entry.format, stored(entry.stamp));
      const header = {
        host: entry.host,
        uptimeUs: entry.uptimeUs,
        bootId: entry.bootId,
        atUs: stamp.stamp_us,
      };
      const at: Held = {
        placed: tracker.place(header, line.number, boot !== null, boot?.version ?? null),
        stamp,
      };
      held.set(line.number, at);
      keepMarks(line, at);
      const found = finder.push(line);
      if (found !== null) save(found);
      if (gather && finder.mayRepeat()) {
        for (const one of observer.pass(line.number)) saveObservation(one, at, line.number);
      } else if (!line.waymark) observe(line, at);
      if (held.size > 4) held.delete(held.keys().next().value ?? 0);
      lastTaken = { line, held: at };
    },
    end() {
      const found = finder.end();
      if (found !== null) save(found);
      runs.flush();
      for (const one of observer.end()) {
        const at = lastLine?.held ?? { placed: tracker.place(NAMELESS, 1, false, null), stamp: NO_STAMP };
        saveObservation(one, at, lastLine?.line.number ?? 1);
      }
      if (lastLine !== null && lastLine.line.offset > lastMark)
        mark(moved(lastLine.line, repeated), lastLine.held, "waymark", null);
    },
  };
}

/** The kernel's buffer has uptimes only: an instant beside its lines was computed by dmesg, afterwards. */
function computed(format: string, stamp: StoredStamp): StoredStamp {
  const byDmesg = stamp.stamp_kind === STAMP.instant && format.startsWith("dmesg");
  return byDmesg ? { ...stamp, stamp_kind: STAMP.derivedInstant } : stamp;
}

/** What a line without any header says of its stream: nothing. */
const NAMELESS = { host: null, uptimeUs: null, bootId: null, atUs: null };

/** The last of a line and so many that are equal to it and follow it. */
function moved(line: ReadLine, times: number): ReadLine {
  if (times === 0) return line;
  return { ...line, offset: line.offset + times * (line.length + 1), number: line.number + times };
}
