// One line after the other of one source, from entry to rows: streams, events, observations, clock marks.

import { createYearCounter, type YearCounter, type YearCounterState } from "../clock/years.ts";
import { decode } from "../evidence/cite.ts";
import type { Identity } from "../evidence/identity.ts";
import { recognise } from "../messages/recognise.ts";
import type { Line } from "../model/line.ts";
import type { Observation } from "../model/observation.ts";
import type { Stamp } from "../model/stamp.ts";
import { NO_STAMP, STAMP, type StoredStamp, storeStamp } from "../model/stored.ts";
import type { Observer } from "../observations/observer.ts";
import type { SourceSink } from "../store/sink.ts";
import { createEventRuns, type EventRuns } from "./event-runs.ts";
import { createEventFinder, type EventFinder, type FoundEvent } from "./line-events.ts";
import { createMarkKeeper, type MarkKeeper, type Standing } from "./marks-kept.ts";
import type { ProblemLog, ReadLine } from "./reading.ts";
import type { StreamTracker } from "./streams.ts";
import { seeEvent, seeUptime } from "./uptime-lines.ts";

export interface LineTaker {
  take(line: ReadLine): void;
  /** True where a line was the one before once more, and was taken as such: its header need not be read. */
  again(line: Line, raw: string): boolean;
  /**
   * What has to be known to go on at a line, where nothing that stands before it has a say in what comes: then
   * everything before it is written. Null where that is not so.
   */
  rest(number: number): TakerState | null;
  end(): void;
  /** True where a line with a header was among them, or an event. */
  isLog(): boolean;
}

/** Plain values. */
export interface TakerState {
  readonly years: YearCounterState;
  /** Offset of the last line kept for its stamp; null: none. */
  readonly lastMark: number | null;
  readonly headed: boolean;
}

export interface LineTakerInput {
  readonly sink: SourceSink;
  readonly tracker: StreamTracker;
  readonly observer: Observer;
  readonly identity: Identity;
  readonly problems: ProblemLog;
  /** Equal drop lines may share a row. */
  readonly gather: boolean;
  readonly from: TakerState | null;
}

/** Makes the taker for one source. */
export function createLineTaker(input: LineTakerInput): LineTaker {
  return new Taker(input);
}

/** Lines whose events are not told yet: the finder holds the last, and a blank one may stand between. */
const MOST_STANDING = 4;

class Taker implements LineTaker {
  readonly #input: LineTakerInput;
  readonly #years: YearCounter;
  readonly #finder: EventFinder;
  readonly #runs: EventRuns;
  readonly #marks: MarkKeeper;
  /** Of the lines the finder may still hold, by number. */
  readonly #standing = new Map<number, Standing>();
  #headed: boolean;
  #last: { line: ReadLine; at: Standing } | null = null;
  /** Times that the last line came again. */
  #repeated = 0;

  constructor(input: LineTakerInput) {
    const { sink, problems, gather, from } = input;
    this.#input = input;
    this.#years = createYearCounter(from?.years);
    this.#finder = createEventFinder(problems);
    this.#runs = createEventRuns((row) => sink.event(row), gather);
    this.#marks = createMarkKeeper(sink, from?.lastMark ?? null);
    this.#headed = from?.headed ?? false;
  }

  isLog(): boolean {
    return this.#headed;
  }

  again(line: Line, raw: string): boolean {
    if (!this.#input.gather || this.#last?.line.raw !== raw || this.#marks.isDue(line.offset)) return false;
    const { offset, length, number, entry } = this.#last.line;
    const times = this.#repeated + 1;
    if (line.number !== number + times || line.offset !== offset + times * (length + 1)) return false;
    if (!this.#finder.mayRepeat()) return false;
    this.#finder.again();
    this.#repeated = times;
    this.#input.tracker.pass(entry.host, line.number);
    return true;
  }

  take(line: ReadLine): void {
    this.#passRepeated();
    const { entry, number } = line;
    const { problems, tracker, observer, gather } = this.#input;
    this.#headed ||=
      entry.tag !== null || entry.uptimeUs !== null || (entry.stamp !== null && entry.fromKernel);
    if (entry.stamp?.kind === "bad") {
      problems.add("bad-stamp", `an impossible time: ${entry.stamp.text}`, line.offset);
    }
    const boot =
      entry.fromKernel && entry.text.startsWith("Linux version ") ? recognise(entry.text, entry) : null;
    const stamp = computed(entry.format, this.#stored(entry.stamp));
    const header = { host: entry.host, uptimeUs: entry.uptimeUs, bootId: entry.bootId, atUs: stamp.stamp_us };
    const placed = tracker.place(header, number, boot !== null, boot?.version ?? null);
    if (entry.uptimeUs !== null) seeUptime(placed.uptimes, entry, number);
    const at = { placed, stamp };
    this.#standing.set(number, at);
    this.#marks.see(line, at);
    const found = this.#finder.push(line);
    if (found !== null) this.#save(found);
    if (gather && this.#finder.mayRepeat()) {
      for (const one of observer.pass(number)) this.#saveObservation(one, at, number);
    } else if (!line.waymark) this.#observe(line, at);
    if (this.#standing.size > MOST_STANDING) this.#standing.delete(this.#standing.keys().next().value ?? 0);
    this.#last = { line, at };
  }

  rest(number: number): TakerState | null {
    if (!this.#finder.isBehind(number) || !this.#input.observer.isIdle()) return null;
    this.#settle();
    const last = this.#marks.last();
    return {
      years: this.#years.state(),
      lastMark: Number.isFinite(last) ? last : null,
      headed: this.#headed,
    };
  }

  end(): void {
    this.#settle();
    const { observer, tracker } = this.#input;
    for (const one of observer.end()) {
      const latest = this.#marks.latest();
      const at = latest?.at ?? { placed: tracker.place(NAMELESS, 1, false, null), stamp: NO_STAMP };
      this.#saveObservation(one, at, latest?.line.number ?? 1);
    }
    this.#marks.end();
  }

  /** Writes everything that was taken so far. */
  #settle(): void {
    this.#passRepeated();
    const found = this.#finder.end();
    if (found !== null) this.#save(found);
    this.#runs.flush();
  }

  #passRepeated(): void {
    if (this.#last !== null && this.#repeated > 0) {
      this.#marks.seeAgain(moved(this.#last.line, this.#repeated), this.#last.at);
    }
    this.#repeated = 0;
  }

  #stored(stamp: Stamp | null): StoredStamp {
    if (stamp === null) return NO_STAMP;
    return storeStamp(stamp, stamp.kind === "yearless" ? this.#years.push(stamp.ofYearUs) : 0);
  }

  #save(found: FoundEvent): void {
    const at = this.#standing.get(found.line.number);
    if (at === undefined) throw new Error(`line ${found.line.number} was not placed`);
    const { problems, identity } = this.#input;
    const { entry } = found.line;
    if (entry.stamp?.kind === "bad") return;
    if (found.meaning.overflow) {
      problems.add("number-too-large", "a count beyond what can be counted exactly", found.offset);
    }
    this.#headed = true;
    for (let i = 1; i <= found.times; i++) {
      identity.counted(found.offset + i * (found.length + 1) - 1, found.raw);
    }
    if (entry.uptimeUs === null) seeEvent(at.placed.uptimes, found);
    this.#runs.add(found, at.placed, at.stamp);
    if (at.placed.uptimeUs !== null && (entry.uptimeUs ?? 0) > 0 && found.meaning.kind !== "boot") {
      at.placed.proofs.add(at.placed.uptimeUs, entry.text);
    }
  }

  #observe(line: ReadLine, at: Standing): void {
    const { entry } = line;
    const found = this.#input.observer.push({
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
    for (const one of found) this.#saveObservation(one, at, line.number);
  }

  #saveObservation(one: Observation, at: Standing, number: number): void {
    const { sink, tracker } = this.#input;
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
  }
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
  return { ...line, offset: line.offset + times * (line.length + 1), number: line.number + times };
}
