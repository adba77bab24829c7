// Hashes of what was read, as chains of short hashes: a chain can be kept as text and gone on with, which a running
// hash cannot.

import { hash } from "node:crypto";

const BLOCK_BYTES = 64 << 10;
/** Bytes at the head that are taken whole: small sources are known by all of their bytes. */
const HEAD_BYTES = 1 << 20;
/** Bytes taken at the start of every further block. */
const SAMPLE_BYTES = 512;
/** Counted lines that end within one stretch of this many bytes are hashed as one. */
export const STRETCH_BYTES = 256 << 10;

/** What follows a link of a chain, gathered and hashed at once: to make a hash and to feed it costs more than hashing. */
class Link {
  #bytes = Buffer.allocUnsafe(8192);
  #end = 0;

  constructor(chain: string) {
    this.follow(chain);
  }

  /** Begins anew, behind `chain`. */
  follow(chain: string): void {
    this.#end = this.#bytes.write(`${chain}:`, 0, "latin1");
  }

  add(chunk: Uint8Array, from: number, to: number): void {
    this.#makeRoom(to - from);
    this.#bytes.set(chunk.subarray(from, to), this.#end);
    this.#end += to - from;
  }

  addText(latin1: string): void {
    this.#makeRoom(latin1.length);
    this.#end += this.#bytes.write(latin1, this.#end, "latin1");
  }

  /** The next link, if `latin1` came behind what was added. */
  digest(latin1 = ""): string {
    const before = this.#end;
    this.addText(latin1);
    const digest = hash("sha256", this.#bytes.subarray(0, this.#end), "hex");
    this.#end = before;
    return digest;
  }

  #makeRoom(bytes: number): void {
    if (this.#end + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#end + bytes));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}

export type ContentChain = ReturnType<typeof contentChain>;
export type LineChain = ReturnType<typeof lineChain>;

/** Samples of the bytes, one of each block, a stretch at a time. */
export function contentChain(seenBefore: number, from: string, keepFrom: number) {
  const borders = new Map<number, string>([[seenBefore, from]]);
  let seen = seenBefore;
  let chain = from;
  const link = new Link(chain);
  return {
    seen: () => seen,
    now: () => (seen % STRETCH_BYTES === 0 ? chain : link.digest()),
    border(at: number) {
      const known = borders.get(at) ?? null;
      for (const border of borders.keys()) if (border < at) borders.delete(border);
      return known;
    },
    /** Takes what belongs to the sample of chunk[from, to). */
    add(chunk: Uint8Array, first: number, to: number) {
      for (let at = first; at < to; ) {
        const within = seen % BLOCK_BYTES;
        const limit = seen < HEAD_BYTES ? BLOCK_BYTES : SAMPLE_BYTES;
        const step = Math.min(to - at, (within < limit ? limit : BLOCK_BYTES) - within);
        if (within < limit) link.add(chunk, at, at + step);
        at += step;
        seen += step;
        if (seen % STRETCH_BYTES !== 0) continue;
        chain = link.digest();
        link.follow(chain);
        if (seen >= keepFrom) borders.set(seen, chain);
      }
    },
  };
}

/** Counted lines, a stretch (by where they begin) at a time. Equal ones right behind one another are told as one. */
export function lineChain(from: string) {
  return new Lines(from);
}

interface Told {
  end: number;
  readonly raw: string;
  times: number;
}

class Lines {
  #chain: string;
  readonly #link: Link;
  #stretch = -1;
  /** Gathered as text first: strings are joined in passing. */
  #text = "";
  #last: Told | null = null;

  constructor(from: string) {
    this.#chain = from;
    this.#link = new Link(from);
  }

  /** A line, by where it ends. */
  add(end: number, raw: string): void {
    const last = this.#last;
    if (last !== null && last.raw === raw && end === last.end + raw.length + 1) {
      if (stretchOf(end, raw) === stretchOf(last.end, raw)) {
        last.end = end;
        last.times += 1;
        return;
      }
    }
    this.#take();
    this.#last = { end, raw, times: 1 };
  }

  /** Leaves out the last line where it ends here. */
  forgetFrom(end: number): void {
    const last = this.#last;
    if (last === null || last.end < end) return;
    const { raw, times } = last;
    this.#last = times === 1 ? null : { end: last.end - raw.length - 1, raw, times: times - 1 };
  }

  /** As if nothing followed; what follows is taken as if this had not been asked. */
  now(): string {
    const last = this.#last;
    this.#flush();
    if (last === null) return this.#stretch === -1 ? this.#chain : this.#link.digest();
    const begins = this.#stretch !== -1 && stretchOf(last.end, last.raw) !== this.#stretch;
    return (begins ? new Link(this.#link.digest()) : this.#link).digest(told(last));
  }

  /** The chain at a border (a multiple of a stretch's bytes); null where a line begins behind it. */
  chain(border: number): string | null {
    const last = this.#last;
    const latest = last === null ? this.#stretch : stretchOf(last.end, last.raw);
    if (latest !== -1 && (latest + 1) * STRETCH_BYTES > border) return null;
    this.#take();
    if (this.#stretch !== -1) this.#fold();
    return this.#chain;
  }

  #take(): void {
    const last = this.#last;
    if (last === null) return;
    const own = stretchOf(last.end, last.raw);
    if (own !== this.#stretch && this.#stretch !== -1) this.#fold();
    this.#stretch = own;
    this.#text += told(last);
    this.#last = null;
    if (this.#text.length > 4096) this.#flush();
  }

  #flush(): void {
    if (this.#text !== "") this.#link.addText(this.#text);
    this.#text = "";
  }

  #fold(): void {
    this.#flush();
    this.#chain = this.#link.digest();
    this.#link.follow(this.#chain);
    this.#stretch = -1;
  }
}

function told({ end, raw, times }: Readonly<Told>): string {
  return `${end}:${times}:${raw}\n`;
}

function stretchOf(end: number, raw: string): number {
  return Math.floor((end - raw.length) / STRETCH_BYTES);
}
