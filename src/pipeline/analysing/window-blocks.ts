// Limiter windows on their way into the database, many to a row. Which burst a part is of, and whether it speaks, is
// known after its windows were found: until then they stand under a number of its own, below zero.

import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { WindowKeeper, WindowMark, WindowPart } from "./window-marks.ts";

const NONE: string[] = [];
/** Windows of one row. */
const BLOCK_WINDOWS = 256;

export interface BlocksPart extends WindowPart {
  /** Writes what is left; the windows are those of a burst. */
  give(burstId: number): void;
  /** Takes its windows back. */
  drop(): void;
  pack(): unknown;
}

/** For one host, in a transaction. */
export function createBlockKeeper(db: Db): WindowKeeper<BlocksPart> {
  let parts = 0;
  return {
    part: () => new Blocks(db, --parts),
    pack: (part) => part.pack(),
    unpack: (packed) => new Blocks(db, packed as Packed),
  };
}

/** Windows that are not written yet, and the number under which others are. */
interface Packed {
  readonly key: number;
  readonly written: boolean;
  readonly windows: string[];
  readonly firstUs: number;
  readonly lastUs: number;
}

class Blocks implements BlocksPart {
  readonly #db: Db;
  readonly #key: number;
  /** Flat strings: one that was added to holds all it was made of. */
  #windows: string[] = NONE;
  #written = false;
  #firstUs = Number.POSITIVE_INFINITY;
  #lastUs = Number.NEGATIVE_INFINITY;

  constructor(db: Db, from: number | Packed) {
    this.#db = db;
    if (typeof from === "number") {
      this.#key = from;
      return;
    }
    this.#key = from.key;
    this.#written = from.written;
    this.#windows = from.windows;
    if (from.windows.length === 0) return;
    this.#firstUs = from.firstUs;
    this.#lastUs = from.lastUs;
  }

  add({ beginUs, dropLines, suppressed, shared, lineSeconds }: WindowMark): void {
    const begin = Math.round(beginUs);
    const numbers = [begin, dropLines, suppressed, shared, lineSeconds];
    const text = ["[", numbers.join(","), "]"].join("");
    // Most parts have one window, and a list that grows makes room for seventeen.
    if (this.#windows.length === 0) this.#windows = [text];
    else this.#windows.push(text);
    this.#firstUs = Math.min(this.#firstUs, begin);
    this.#lastUs = Math.max(this.#lastUs, begin);
    if (this.#windows.length === BLOCK_WINDOWS) this.#write(this.#key);
  }

  give(burst_id: number): void {
    if (this.#written) statement(this.#db, "give_window_blocks").run({ key: this.#key, burst_id });
    if (this.#windows.length > 0) this.#write(burst_id);
  }

  drop(): void {
    if (this.#written) statement(this.#db, "drop_window_blocks").run({ key: this.#key });
    this.#clear();
  }

  pack(): Packed {
    const [windows, firstUs, lastUs] = [this.#windows, this.#firstUs, this.#lastUs];
    return { key: this.#key, written: this.#written, windows, firstUs, lastUs };
  }

  #write(burst_id: number): void {
    statement(this.#db, "insert_window_block").run({
      burst_id,
      first_us: this.#firstUs,
      last_us: this.#lastUs,
      windows: `[${this.#windows.join(",")}]`,
    });
    this.#written ||= burst_id === this.#key;
    this.#clear();
  }

  #clear(): void {
    this.#windows = NONE;
    this.#firstUs = Number.POSITIVE_INFINITY;
    this.#lastUs = Number.NEGATIVE_INFINITY;
  }
}
