// What the reading of a source hands over, packed to be sent from one thread to another: numbers as one array, and the
// rest as few objects. Streams go by numbers of their own until the database gives them ids.

import type { Observation } from "../../model/observation.ts";
import type { StoredStamp } from "../../model/stored.ts";
import type { AnchorRow, DumpShare, EventForm, EventRow, SourceSink, StreamEnd } from "../../store/sink.ts";

/** Rows of one source, in the order they were handed over. Streams come before what belongs to them. */
export interface PackedRows {
  readonly streams: readonly (readonly [name: string | null, ordinal: number, line: number])[];
  /** Of the events of this pack. */
  readonly forms: readonly EventForm[];
  /** `EVENT_NUMBERS` of each event; NaN: null. */
  readonly numbers: Float64Array;
  readonly texts: readonly string[];
  /** What few events have: by place. */
  readonly more: readonly More[];
  readonly anchors: readonly AnchorRow[];
  readonly others: readonly Other[];
}

type More = readonly [
  place: number,
  copies: number,
  doubts: string | null,
  uptimes: string | null,
  sha256: Uint8Array | null,
];

type Other =
  | readonly ["proof", streamId: number, key: Uint8Array]
  | readonly ["end", streamId: number, end: StreamEnd]
  | readonly [
      "observation",
      streamId: number,
      stamp: StoredStamp,
      uptimeUs: number | null,
      found: Observation,
    ]
  | readonly ["fact", key: string, value: string]
  | readonly ["dump", streamId: number, total: number, exact: boolean, shares: readonly DumpShare[]];

/** Form's place, line, offset, length, amount, stamp, uptime, span, instant. */
const EVENT_NUMBERS = 9;

export interface RowPacker {
  readonly sink: SourceSink;
  /** Rows that wait. */
  size(): number;
  /** What was handed over since the last time. */
  take(): PackedRows;
}

/** Packs what is handed over for one source. */
export function createRowPacker(): RowPacker {
  return new Packer();
}

class Packer implements RowPacker {
  #streamsGiven = 0;
  #streams: PackedRows["streams"][number][] = [];
  #forms: EventForm[] = [];
  #places = new Map<EventForm, number>();
  #numbers: number[] = [];
  #texts: string[] = [];
  #more: More[] = [];
  #anchors: AnchorRow[] = [];
  #others: Other[] = [];

  readonly sink: SourceSink = {
    stream: (name, ordinal, line) => {
      this.#streams.push([name, ordinal, line]);
      this.#streamsGiven += 1;
      return this.#streamsGiven;
    },
    endStream: (streamId, end) => void this.#others.push(["end", streamId, { ...end }]),
    event: (row) => this.#event(row),
    anchor: (row) => void this.#anchors.push(row),
    proof: (streamId, key) => void this.#others.push(["proof", streamId, key]),
    observation: (streamId, stamp, uptimeUs, found) =>
      void this.#others.push(["observation", streamId, stamp, uptimeUs, found]),
    fact: (key, value) => void this.#others.push(["fact", key, value]),
    dump: (streamId, total, exact, shares) =>
      void this.#others.push(["dump", streamId, total, exact, shares]),
  };

  size(): number {
    return this.#texts.length + this.#anchors.length + this.#others.length + this.#streams.length;
  }

  take(): PackedRows {
    const taken = {
      streams: this.#streams,
      forms: this.#forms,
      numbers: Float64Array.from(this.#numbers),
      texts: this.#texts,
      more: this.#more,
      anchors: this.#anchors,
      others: this.#others,
    };
    this.#streams = [];
    this.#forms = [];
    this.#places = new Map();
    this.#numbers = [];
    this.#texts = [];
    this.#more = [];
    this.#anchors = [];
    this.#others = [];
    return taken;
  }

  #event(row: EventRow): void {
    const { copies, doubts, uptimes, sha256 } = row;
    if (copies !== 1 || doubts !== null || uptimes !== null || sha256 !== null) {
      this.#more.push([this.#texts.length, copies, doubts, uptimes, sha256]);
    }
    this.#numbers.push(
      this.#placeOf(row.form),
      row.line,
      row.byte_offset,
      row.byte_length,
      row.amount ?? Number.NaN,
      row.stamp_us ?? Number.NaN,
      row.uptime_us ?? Number.NaN,
      row.span_us,
      row.at_us ?? Number.NaN,
    );
    this.#texts.push(row.text);
  }

  #placeOf(form: EventForm): number {
    const known = this.#places.get(form);
    if (known !== undefined) return known;
    this.#places.set(form, this.#forms.length);
    return this.#forms.push(form) - 1;
  }
}

export interface RowUnpacker {
  /** Hands packed rows over. */
  put(rows: PackedRows): void;
  /** The id that the sink gave a stream. */
  idOf(streamId: number): number;
}

/** Hands what was packed for one source to `sink`. */
export function createRowUnpacker(sink: SourceSink): RowUnpacker {
  const ids: number[] = [];
  const idOf = (streamId: number): number => {
    const id = ids[streamId - 1];
    if (id === undefined) throw new Error(`a row of stream ${streamId}, which was not told of`);
    return id;
  };
  return {
    idOf,
    put(rows) {
      for (const stream of rows.streams) ids.push(sink.stream(...stream));
      putEvents(rows, sink, idOf);
      for (const { stream_id, ...anchor } of rows.anchors) {
        sink.anchor({ ...anchor, stream_id: idOf(stream_id) });
      }
      for (const other of rows.others) putOther(other, sink, idOf);
    },
  };
}

function putEvents(rows: PackedRows, sink: SourceSink, idOf: (streamId: number) => number): void {
  const { numbers, texts } = rows;
  const forms = rows.forms.map((form) => ({ ...form, stream_id: idOf(form.stream_id) }));
  const more = new Map(rows.more.map((one) => [one[0], one]));
  for (let nth = 0, at = 0; nth < texts.length; nth++, at += EVENT_NUMBERS) {
    const form = forms[numbers[at] ?? 0];
    if (form === undefined) throw new Error("an event without a form");
    const [, copies, doubts, uptimes, sha256] = more.get(nth) ?? PLAIN;
    sink.event({
      form,
      line: numbers[at + 1] ?? 0,
      byte_offset: numbers[at + 2] ?? 0,
      byte_length: numbers[at + 3] ?? 0,
      amount: orNull(numbers[at + 4]),
      copies,
      doubts,
      stamp_us: orNull(numbers[at + 5]),
      uptime_us: orNull(numbers[at + 6]),
      span_us: numbers[at + 7] ?? 0,
      uptimes,
      at_us: orNull(numbers[at + 8]),
      text: texts[nth] ?? "",
      sha256,
    });
  }
}

const PLAIN: More = [0, 1, null, null, null];

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

function putOther(other: Other, sink: SourceSink, idOf: (streamId: number) => number): void {
  if (other[0] === "fact") sink.fact(other[1], other[2]);
  else if (other[0] === "end") sink.endStream(idOf(other[1]), other[2]);
  else if (other[0] === "proof") sink.proof(idOf(other[1]), other[2]);
  else if (other[0] === "dump") sink.dump(idOf(other[1]), other[2], other[3], other[4]);
  else sink.observation(idOf(other[1]), other[2], other[3], other[4]);
}
