// Parts of bursts from where they are found to where all of a burst are asked for: its witnesses are read one after the
// other. A few are held as they are; many go into a table of the connection's own, so that a host may have any number.

import type { Db } from "../../store/open.ts";
import { makeTemporary, statement } from "../../store/statements.ts";
import type { Part } from "./account.ts";
import type { Segment } from "./segments.ts";
import type { WindowKeeper, WindowPart } from "./window-marks.ts";

/** Parts held at a time, about a KiB each. */
const MOST_HELD = 2048;
/** Parts read at a time, of all namespaces together. */
const BATCH = 64;

export interface Shelved<Kept> {
  readonly netns: string | null;
  /** Of its namespace, in the order of time; null: nothing dates it. */
  readonly burst: number | null;
  readonly parts: readonly Part<Kept>[];
}

interface Held<Kept> {
  readonly netns: number;
  readonly burst: number;
  readonly seq: number;
  readonly part: Part<Kept>;
}

/** A part as JSON tells it: its segment by number. */
type Flat = Omit<Part<unknown>, "segment"> & { readonly segment: number };

// Written out: a literal with a spread makes a dictionary of so many.
function flatten(part: Part<unknown>, segment: number, windows: unknown): Flat {
  return {
    segment,
    windows,
    bounds: part.bounds,
    minutes: part.minutes,
    heldBack: part.heldBack,
    slots: part.slots,
    shared: part.shared,
    firstId: part.firstId,
    lastId: part.lastId,
    basis: part.basis,
    idFrom: part.idFrom,
    idTo: part.idTo,
    notices: part.notices,
    dated: part.dated,
    firstUs: part.firstUs,
    lastUs: part.lastUs,
    resolutionUs: part.resolutionUs,
    doubted: part.doubted,
  };
}

export class PartShelf<Kept extends WindowPart> {
  readonly #db: Db;
  readonly #segments: readonly Segment[];
  readonly #keeper: WindowKeeper<Kept>;
  /** In the order in which bursts of one instant are told. */
  readonly #names: readonly (string | null)[];
  readonly #mostHeld: number;
  #held: Held<Kept>[] = [];
  /** Numbers of undated bursts that may have several parts: the first line's of the first. */
  readonly #undated = new Map<string, number>();
  #written = false;
  #seq = 0;

  constructor(
    db: Db,
    segments: readonly Segment[],
    keeper: WindowKeeper<Kept>,
    names: Iterable<string | null>,
    mostHeld = MOST_HELD,
  ) {
    this.#mostHeld = mostHeld;
    this.#db = db;
    this.#segments = segments;
    this.#keeper = keeper;
    this.#names = [...names].sort((a, b) => (a ?? "").localeCompare(b ?? ""));
  }

  /** `burst`: its number in its namespace. */
  put(netns: string | null, burst: number, part: Part<Kept>): void {
    this.#put(this.#names.indexOf(netns), burst, part);
  }

  /** A part of a burst that nothing dates. `burst`: equal for parts of one; null where it is by itself. */
  putUndated(netns: string | null, burst: string | null, part: Part<Kept>): void {
    const number = (burst === null ? undefined : this.#undated.get(burst)) ?? part.firstId;
    if (burst !== null) this.#undated.set(burst, number);
    this.#put(~this.#names.indexOf(netns), number, part);
  }

  #put(netns: number, burst: number, part: Part<Kept>): void {
    this.#seq += 1;
    this.#held.push({ netns, burst, seq: this.#seq, part });
    if (this.#held.length >= this.#mostHeld && this.#keeper.pack !== null) this.#write();
  }

  /** The bursts of each namespace, in the order of time, and those that nothing dates. */
  bursts(): Readonly<Record<"dated" | "undated", readonly Iterator<Shelved<Kept>>[]>> {
    if (this.#written) this.#write();
    else this.#held.sort((a, b) => a.netns - b.netns || a.burst - b.burst || a.seq - b.seq);
    const numbers = [...this.#names.keys()];
    return {
      dated: numbers.map((at) => this.#burstsOf(at, at)),
      undated: numbers.map((at) => this.#burstsOf(at, ~at)),
    };
  }

  *#burstsOf(name: number, number: number): Generator<Shelved<Kept>> {
    const netns = this.#names[name] ?? null;
    const dated = number >= 0;
    let burst = 0;
    let parts: Part<Kept>[] = [];
    for (const held of this.#written ? this.#read(number) : this.#held) {
      if (held.netns !== number) continue;
      if (parts.length > 0 && held.burst !== burst) {
        yield { netns, burst: dated ? burst : null, parts };
        parts = [];
      }
      burst = held.burst;
      parts.push(held.part);
    }
    if (parts.length > 0) yield { netns, burst: dated ? burst : null, parts };
  }

  #write(): void {
    const { pack } = this.#keeper;
    if (pack === null) return;
    if (!this.#written) {
      makeTemporary(this.#db);
      statement(this.#db, "clear_shelf").run();
      this.#written = true;
    }
    const put = statement(this.#db, "put_on_shelf");
    for (const { netns, burst, seq, part } of this.#held) {
      const segment = this.#segments.indexOf(part.segment);
      put.run(netns, burst, seq, JSON.stringify(flatten(part, segment, pack(part.windows))));
    }
    this.#held = [];
  }

  *#read(netns: number): Generator<Held<Kept>> {
    const take = statement(this.#db, "take_from_shelf");
    const limit = Math.max(1, Math.floor(BATCH / this.#names.length));
    let last = { burst: Number.MIN_SAFE_INTEGER, seq: 0 };
    for (;;) {
      const rows = take.all({ netns, ...last, limit }) as {
        burst: number;
        seq: number;
        part: string;
      }[];
      for (const { burst, seq, part } of rows) yield { netns, burst, seq, part: this.#unpack(part) };
      const end = rows.at(-1);
      if (end === undefined || rows.length < limit) return;
      last = end;
    }
  }

  #unpack(text: string): Part<Kept> {
    const flat = JSON.parse(text) as Flat;
    const segment = this.#segments[flat.segment];
    if (segment === undefined) throw new Error("a part without a segment");
    return Object.assign(flat, { segment, windows: this.#keeper.unpack(flat.windows) });
  }
}
