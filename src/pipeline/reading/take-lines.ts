// One line after the other of one source, from entry to rows: streams, events, observations, clock marks.

import type { LineYearsState } from "../../clock/line-years.ts";
import { decode } from "../../evidence/cite.ts";
import type { Identity } from "../../evidence/identity.ts";
import { BARE } from "../../formats/catalogue.ts";
import type { Recalled } from "../../formats/line-memo.ts";
import { type Recognised, recognise } from "../../messages/recognise.ts";
import type { Line } from "../../model/line.ts";
import type { Observation } from "../../model/observation.ts";
import { NO_STAMP, storeStamp } from "../../model/stored.ts";
import type { Observer } from "../../observations/observer.ts";
import type { SourceSink } from "../../store/sink.ts";
import { createEventRuns, type EventRuns } from "./event-runs.ts";
import type { LikelyTimes } from "./likely-times.ts";
import { createEventFinder, type EventFinder } from "./line-events.ts";
import { computedBy, type LineStamps } from "./line-stamps.ts";
import { tellsReboot } from "./marks.ts";
import { createMarkKeeper, keepSample, type MarkKeeper } from "./marks-kept.ts";
import { type FoundEvent, lastNumber, type ProblemLog, type ReadLine } from "./read-line.ts";
import type { Standing } from "./standing.ts";
import { NAMELESS, type StreamTracker } from "./streams.ts";
import { seeEvent, seeUptime } from "./uptime-lines.ts";

/** A line as its reader hands it over; the taker says where it stands. */
export type EntryLine = Omit<ReadLine, "at">;

export interface LineTaker {
  take(line: EntryLine): void;
  /** Takes a line that reads as one taken before; false where it must be taken as a new one. */
  takeKnown(line: Line, recalled: Recalled<Recognised>): boolean;
  /** What the line taken last means by itself; null where that is not all there is to it. */
  lastMeaning(): Recognised | null;
  /** True where the line before this number is no part of a message that may go on. */
  isWholeBefore(number: number): boolean;
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
  readonly years: LineYearsState;
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
  readonly stamps: LineStamps;
  readonly times: LikelyTimes;
  readonly from: TakerState | null;
}

/** Makes the taker for one source. */
export function createLineTaker(input: LineTakerInput): LineTaker {
  return new Taker(input);
}

class Taker implements LineTaker {
  readonly #input: LineTakerInput;
  readonly #stamps: LineStamps;
  readonly #finder: EventFinder;
  readonly #runs: EventRuns;
  readonly #marks: MarkKeeper;
  #headed: boolean;
  /** The last of the lines known to say nothing of values, where the observer has not been told. */
  #passed: ReadLine | null = null;
  /** The observer made something of the last line. */
  #observed = false;
  /** The last line with a header that the observer was told: what it tells may go on in lines that have none. */
  #begun: { readonly offset: number; readonly at: Standing } | null = null;

  constructor(input: LineTakerInput) {
    const { sink, problems, gather, stamps, times, from } = input;
    this.#input = input;
    this.#stamps = stamps;
    this.#finder = createEventFinder(problems);
    this.#runs = createEventRuns((row) => sink.event(row), gather, times);
    this.#marks = createMarkKeeper(sink, from?.lastMark ?? null);
    this.#headed = from?.headed ?? false;
  }

  isLog(): boolean {
    return this.#headed;
  }

  take(entryLine: EntryLine): void {
    const { entry, number, waymark, offset } = entryLine;
    const { problems, tracker, gather } = this.#input;
    this.#headed ||=
      entry.tag !== null || entry.uptimeUs !== null || (entry.stamp !== null && entry.fromKernel);
    if (entry.stamp?.kind === "bad") {
      problems.add("bad-stamp", `an impossible time: ${entry.stamp.text}`, offset);
    }
    if (entry.stamp === null) this.#stamps.seeText(entry);
    if (tellsReboot(entry)) {
      tracker.endBoots();
      return;
    }
    const boot =
      entry.fromKernel && entry.text.startsWith("Linux version ") ? recognise(entry.text, entry) : null;
    const stamp = computedBy(entry.format, this.#stamps.keep(entry.stamp));
    const header = { host: entry.host, uptimeUs: entry.uptimeUs, bootId: entry.bootId, atUs: stamp.stamp_us };
    const placed = tracker.place(header, number, boot !== null, boot?.version ?? null);
    if (entry.uptimeUs !== null) seeUptime(placed.uptimes, entry, number);
    const line = { ...entryLine, at: { placed, stamp } };
    this.#marks.see(line);
    this.#save(this.#finder.push(line));
    this.#observed = false;
    if (gather && this.#finder.meaning()?.kind === "drop") this.#passed = line;
    else if (!waymark) this.#observe(line);
  }

  takeKnown(line: Line, { entry, meaning, told, tail }: Recalled<Recognised>): boolean {
    const { offset, length, number, raw, times } = line;
    const placed = this.#input.tracker.again(entry.host, number + times - 1);
    if (placed === null) return false;
    const at = { placed, stamp: this.#stamps.keep(entry.stamp) };
    const known = { offset, length, number, raw, times, tail, entry, waymark: false, at };
    this.#marks.seePlain(known);
    this.#save(this.#finder.pushKnown(known, told === null ? meaning : { ...meaning, amount: told }));
    this.#passed = known;
    return true;
  }

  lastMeaning(): Recognised | null {
    return this.#observed || !this.#input.observer.isIdle() ? null : this.#finder.meaning();
  }

  isWholeBefore(number: number): boolean {
    return this.#finder.isWholeBefore(number);
  }

  rest(number: number): TakerState | null {
    this.#pass();
    if (!this.#finder.isBehind(number) || !this.#input.observer.isIdle()) return null;
    this.#settle();
    const last = this.#marks.last();
    return {
      years: this.#stamps.state(),
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
      this.#saveObservation(one, at, latest?.number ?? 1);
    }
    this.#marks.end();
  }

  /** Writes everything that was taken so far. */
  #settle(): void {
    this.#pass();
    this.#save(this.#finder.end());
    this.#runs.flush();
  }

  /** Known lines say nothing of values, and end what was being read of them. */
  #pass(): void {
    if (this.#passed === null) return;
    const { at } = this.#passed;
    const number = lastNumber(this.#passed);
    this.#passed = null;
    for (const one of this.#input.observer.pass(number)) this.#saveObservation(one, at, number);
  }

  #save(found: FoundEvent | null): void {
    if (found === null) return;
    const { problems, identity } = this.#input;
    const { line, meaning, offset, length, times } = found;
    const { entry, at } = line;
    if (entry.stamp?.kind === "bad") return;
    if (meaning.overflow) {
      problems.add("number-too-large", "a count beyond what can be counted exactly", offset);
    }
    this.#headed = true;
    for (let i = 1; i <= times; i++) identity.counted(offset + i * (length + 1) - 1, found.raw);
    if (entry.uptimeUs === null) seeEvent(at.placed.uptimes, found);
    this.#runs.add(found);
    if (at.placed.uptimeUs !== null && (entry.uptimeUs ?? 0) > 0 && meaning.kind !== "boot") {
      at.placed.proofs.add(at.placed.uptimeUs, entry.text);
    }
  }

  #observe(line: ReadLine): void {
    this.#pass();
    const { entry, at, number } = line;
    if (entry.format !== BARE.id) this.#begun = { offset: line.offset, at };
    const found = this.#input.observer.push({
      text: entry.text,
      raw: decode(line.raw),
      fromLog: entry.format !== BARE.id,
      fromKernel: entry.fromKernel,
      tag: entry.tag,
      stamp: entry.stamp,
      uptimeUs: entry.uptimeUs,
      host: entry.host,
      offset: line.offset,
      length: line.length,
      number,
    });
    this.#observed = found.length > 0;
    for (const one of found) this.#saveObservation(one, at, number);
  }

  #saveObservation(one: Observation, last: Standing, number: number): void {
    const { sink, tracker } = this.#input;
    const at = one.offset === this.#begun?.offset ? this.#begun.at : last;
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
    keepSample(sink, placed, stamp, number, one);
  }
}
