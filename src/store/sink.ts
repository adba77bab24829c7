// What the reading of one source hands over, and to whom: the database here, or whoever else takes it.

import type { LineYears } from "../model/line-years.ts";
import type { Observation } from "../model/observation.ts";
import type { Problem } from "../model/problem.ts";
import type { Earlier } from "../model/source.ts";
import type { StoredStamp } from "../model/stored.ts";

export interface ReadOptions {
  readonly host: string | null;
  readonly tz: string | null;
  readonly year: number | null;
  readonly referenceUs: number | null;
  readonly processTz: string;
}

export interface StreamEnd {
  readonly lastLine: number;
  /** First event of the kernel's without an uptime behind a line with one; null: none. */
  readonly bareLine: number | null;
  /** Last line with an uptime, where there is such an event. */
  readonly lastUptimeLine: number | null;
  readonly firstUptimeUs: number | null;
  readonly lastUptimeUs: number | null;
  readonly uptimeBaseUs: number;
  readonly bootUuid: string | null;
  readonly kernel: string | null;
}

/** What events of one stream have in common. */
export interface EventForm extends Omit<StoredStamp, "stamp_us"> {
  readonly stream_id: number;
  readonly kind: string;
  readonly message: string;
  readonly netns: string | null;
  /** What the text of each goes on with. */
  readonly tail: string;
}

export interface EventRow {
  /** Quickest to find where events that share one also share the object. */
  readonly form: EventForm;
  readonly line: number;
  readonly byte_offset: number;
  readonly byte_length: number;
  readonly amount: number | null;
  readonly copies: number;
  readonly doubts: string | null;
  readonly stamp_us: number | null;
  readonly uptime_us: number | null;
  /** Of several equal lines: from the first to the last, microseconds. */
  readonly span_us: number;
  /** Uptimes of several equal lines less that of the first, joined by commas; null: the lines carry none. */
  readonly uptimes: string | null;
  /** Instant as it will be if zone and year are what they seem; dating has the last word. */
  readonly at_us: number | null;
  /** Up to the form's tail. */
  readonly text: string;
  /** Of the cited bytes; null where the text, standing there once or several times, tells them. */
  readonly sha256: Uint8Array | null;
}

export interface AnchorRow extends StoredStamp {
  readonly stream_id: number;
  readonly line: number;
  readonly byte_offset: number;
  readonly byte_length: number;
  readonly kind: "waymark" | "told" | "step" | "sample";
  readonly uptime_us: number | null;
  readonly told_us: number | null;
}

export interface SourceEnd {
  readonly identity: string;
  /** Hash of the first bytes; empty for very short sources. */
  readonly head: string;
  /** Known sources that are beginnings of this one: it takes their place. */
  readonly beginnings: readonly number[];
  readonly format: string;
  readonly channel: string;
  readonly bytes: number;
  readonly lines: number;
  readonly complete: boolean;
  /** It has lines with a header. */
  readonly isLog: boolean;
  readonly problems: readonly Problem[];
  /** Zone and year that the instants of all its events follow; null: not all of them have one. */
  readonly eventsDated: string | null;
  /** What its lines with full dates say of its first year; null: nothing. */
  readonly lineYears: LineYears | null;
  /** Where reading can go on when the source has grown, and what was known there; null: it cannot. */
  readonly resume: ResumePoint | null;
}

/** A line of a source before which reading can be taken up again. Plain values: it is kept as JSON. */
export interface ResumePoint {
  readonly offset: number;
  readonly line: number;
  /** Streams whose lines may go on behind it. */
  readonly streamIds: readonly number[];
  /** The reader's own; whoever keeps it need not know what it is. */
  readonly state: unknown;
}

export interface DumpShare {
  readonly facet: "state" | "source" | "port";
  readonly label: string;
  readonly entries: number;
}

/** Where the reading of one source puts what it finds. */
export interface SourceSink {
  stream(name: string | null, ordinal: number, line: number): number;
  endStream(streamId: number, end: StreamEnd): void;
  event(row: EventRow): void;
  anchor(row: AnchorRow): void;
  proof(streamId: number, key: Uint8Array): void;
  observation(streamId: number, stamp: StoredStamp, uptimeUs: number | null, found: Observation): void;
  fact(key: string, value: string): void;
  dump(streamId: number, total: number, exact: boolean, shares: readonly DumpShare[]): void;
}

export interface FinishedSource {
  readonly sourceId: number;
  readonly known: boolean;
  /** Rows more than the source, or its beginning, had before. */
  readonly events: number;
}

export interface SourceWriter extends SourceSink {
  /** Known sources that begin with the same bytes. */
  alike(head: string): Earlier[];
  /**
   * Ends the source. Commits, unless its content is known: then everything is taken back and the id of the
   * source that has it is returned.
   */
  finish(end: SourceEnd): FinishedSource;
  /** Takes everything back. */
  abandon(): void;
}
