// Rows of the limiter held as columns of numbers: forty bytes a row instead of two hundred.

import { type LimiterForm, type LimiterRow, NO_UPTIMES } from "./limiter-row.ts";

/** Rows that a block has room for. */
const BLOCK_ROWS = 512;
/** Rows of a pack that cannot be told by its columns. */
const MOST_ODD = 4096;
/** Bases that a byte can tell; there are a dozen. */
const MOST_BASES = 256;
const LARGEST_SPAN_US = 2 ** 31 - 1;

interface Block {
  readonly ids: Float64Array;
  /** NaN: null. */
  readonly amounts: Float64Array;
  readonly times: Float64Array;
  readonly uptimes: Float64Array;
  readonly spans: Int32Array;
  /** Places in the lists of forms and of bases. */
  readonly forms: Uint16Array;
  readonly bases: Uint8Array;
}

/** How many rows may be held by all packs that share it. */
export interface PackRoom {
  rows: number;
}

export class LimiterPack {
  readonly #room: PackRoom;
  readonly #blocks: Block[] = [];
  readonly #forms: LimiterForm[] = [];
  readonly #places = new Map<LimiterForm, number>();
  readonly #bases: (string | null)[] = [];
  readonly #odd = new Map<number, LimiterRow>();
  #last: LimiterForm | null = null;
  #lastPlace = 0;
  #size = 0;

  constructor(room: PackRoom) {
    this.#room = room;
  }

  /** False where there is no room: then nothing is held any more. */
  add(row: LimiterRow): boolean {
    const at = this.#size % BLOCK_ROWS;
    if (at === 0 && !this.#grow()) return this.#letGo();
    const block = this.#blocks[this.#blocks.length - 1];
    if (block === undefined) return false;
    block.ids[at] = row.id;
    block.amounts[at] = row.amount ?? Number.NaN;
    block.times[at] = row.at_us ?? Number.NaN;
    block.uptimes[at] = row.uptime_us ?? Number.NaN;
    block.spans[at] = row.span_us;
    if (row.form !== this.#last) this.#turnTo(row.form);
    block.forms[at] = this.#lastPlace;
    const basis = this.#placeOf(row.basis);
    block.bases[at] = basis;
    if (basis < 0 || isOdd(row)) this.#odd.set(this.#size, row);
    this.#size += 1;
    return this.#odd.size <= MOST_ODD && this.#forms.length <= 0xffff ? true : this.#letGo();
  }

  each(see: (row: LimiterRow) => void): void {
    for (let nth = 0; nth < this.#size; nth++) see(this.#odd.get(nth) ?? this.#row(nth));
  }

  #grow(): boolean {
    if (this.#room.rows < BLOCK_ROWS) return false;
    this.#room.rows -= BLOCK_ROWS;
    this.#blocks.push({
      ids: new Float64Array(BLOCK_ROWS),
      amounts: new Float64Array(BLOCK_ROWS),
      times: new Float64Array(BLOCK_ROWS),
      uptimes: new Float64Array(BLOCK_ROWS),
      spans: new Int32Array(BLOCK_ROWS),
      forms: new Uint16Array(BLOCK_ROWS),
      bases: new Uint8Array(BLOCK_ROWS),
    });
    return true;
  }

  #letGo(): false {
    this.#room.rows += this.#blocks.length * BLOCK_ROWS;
    this.#blocks.length = 0;
    this.#odd.clear();
    this.#size = 0;
    return false;
  }

  #turnTo(form: LimiterForm): void {
    const known = this.#places.get(form);
    this.#last = form;
    this.#lastPlace = known ?? this.#forms.length;
    if (known !== undefined) return;
    this.#places.set(form, this.#forms.length);
    this.#forms.push(form);
  }

  /** Below zero: there is no room for it. */
  #placeOf(basis: string | null): number {
    const known = this.#bases.indexOf(basis);
    return known >= 0 || this.#bases.length === MOST_BASES ? known : this.#bases.push(basis) - 1;
  }

  #row(nth: number): LimiterRow {
    const at = nth % BLOCK_ROWS;
    const block = this.#blocks[(nth - at) / BLOCK_ROWS];
    const form = this.#forms[block?.forms[at] ?? 0];
    if (block === undefined || form === undefined) throw new Error("a row that was not packed");
    return {
      id: block.ids[at] ?? 0,
      form,
      amount: orNull(block.amounts[at]),
      copies: 1,
      at_us: orNull(block.times[at]),
      uptime_us: orNull(block.uptimes[at]),
      basis: this.#bases[block.bases[at] ?? 0] ?? null,
      span_us: block.spans[at] ?? 0,
      uptimes: NO_UPTIMES,
      doubts: null,
    };
  }
}

function isOdd({ copies, uptimes, doubts, span_us }: LimiterRow): boolean {
  return copies !== 1 || uptimes.length > 0 || doubts !== null || span_us > LARGEST_SPAN_US;
}

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
