// A buffer of fixed size moving over a source of any size. It deals in complete lines only, and is the one place
// that knows over-long lines and NUL holes; whoever reads from it sees neither. What is readable of such a line
// is defined in roles.ts.

import type { ByteStream } from "../model/bytes.ts";
import type { Problem } from "../model/problem.ts";
import type { LineOptions, LineSummary } from "./options.ts";

const NEWLINE = 10;
const NUL = 0;
const NULS = Buffer.alloc(4096);
const NEWLINE_NUL = Buffer.from([NEWLINE, NUL]);

/** Read at once, beside what is left over of a line: as large as the processor's nearer caches bear. */
const READ_BYTES = 512 * 1024;

/** Complete readable lines that follow each other, as addresses in the window's bytes; the last byte is a newline. */
export interface Region {
  readonly from: number;
  readonly to: number;
  /** Offset in the source of the byte at `from`. */
  readonly offset: number;
  /** Lines passed over between the region before and this one. */
  readonly skipped: number;
}

/** Of an over-long line: still at `text` after its leading NULs, or only `tail` behind a later NUL, or `lost`. */
type Cut = "none" | "text" | "tail" | "lost";

export class Window {
  readonly bytes: Buffer;
  /** Lines passed over after the last region taken. */
  skipped = 0;
  readonly #high: number;
  readonly #limit: number;
  readonly #problems = new Map<string, { offset: number; count: number }>();
  /** The bytes not yet dealt in regions stand in `[start, end)`. */
  #start = 0;
  #end = 0;
  /** Add to an address to get an offset. */
  #shift: number;
  #cut: Cut = "none";
  #lineAt = 0;
  #nulLed = false;
  #unterminatedAt: number | null = null;

  /** Lines move through all of `bytes`, which has `windowBytes(options)`. */
  constructor(bytes: Buffer, options: LineOptions) {
    this.bytes = bytes;
    // The last byte is kept for the newline that an unterminated line is given.
    this.#high = bytes.length - 1;
    this.#limit = options.maxLineBytes;
    this.#shift = options.startOffset;
  }

  /** After the last region. `lines` counts those before the start too, as bytes do. */
  summary(lines: number): LineSummary {
    const unterminatedAt = this.#unterminatedAt;
    const bytes = this.#end + this.#shift - (unterminatedAt === null ? 0 : 1);
    return { bytes, lines, unterminatedAt, problems: this.#problemList() };
  }

  /** Told by the reader of a region that it holds NULs: counts the lines that begin with one. */
  noteNuls(region: Region): void {
    const { bytes } = this;
    let at = bytes[region.from] === NUL ? region.from : startOfNuls(bytes, region.from, region.to);
    for (; at !== -1; at = startOfNuls(bytes, at, region.to)) {
      this.#note("nul-bytes", region.offset + at - region.from);
    }
  }

  /** Reads on, as far as is good at once; false where the source ended. Only when `take` gave null. */
  fill(from: ByteStream): boolean | Promise<boolean> {
    if (this.#start > 0) this.bytes.copyWithin(0, this.#start, this.#end);
    this.#shift += this.#start;
    this.#end -= this.#start;
    this.#start = 0;
    return this.#readTo(from, Math.min(this.#end + READ_BYTES, this.#high));
  }

  #readTo(from: ByteStream, full: number): boolean | Promise<boolean> {
    while (this.#end < full) {
      const count = from.fill(this.bytes.subarray(this.#end, full));
      if (typeof count !== "number") return count.then((now) => this.#add(now) && this.#readTo(from, full));
      if (!this.#add(count)) return false;
    }
    return true;
  }

  #add(count: number): boolean {
    this.#end += count;
    if (count === 0) this.#terminate();
    return count > 0;
  }

  /** Gives an unterminated last line its newline. */
  #terminate(): void {
    const newline = lastIndexOf(this.bytes, NEWLINE, this.#start, this.#end);
    const begun = this.#cut === "none" ? this.#start + this.#shift : this.#lineAt;
    const from = newline === -1 ? begun : newline + 1 + this.#shift;
    if (from === this.#end + this.#shift) return;
    this.#unterminatedAt = from;
    this.bytes[this.#end] = NEWLINE;
    this.#end += 1;
  }

  /** The next complete lines, or null where more must be read first. */
  take(): Region | null {
    for (;;) {
      if (this.#cut === "none") {
        const stop = this.#fitting();
        if (stop > this.#start) return this.#region(stop);
        if (this.#end - this.#start <= this.#limit) return null;
        this.#cut = "text";
        this.#lineAt = this.#start + this.#shift;
        this.#nulLed = this.bytes[this.#start] === NUL;
      }
      const newline = indexOf(this.bytes, NEWLINE, this.#start, this.#end);
      this.#narrow(newline === -1 ? this.#end : newline);
      if (newline === -1) return null;
      const region = this.#finish(newline);
      if (region !== null) return region;
    }
  }

  /** End of the complete lines within the limit. Leaps from line start to line start, not over every line. */
  #fitting(): number {
    let at = this.#start;
    while (at + this.#limit < this.#end) {
      const newline = this.bytes.lastIndexOf(NEWLINE, at + this.#limit);
      if (newline < at) return at;
      at = newline + 1;
    }
    if (at === this.#end) return at;
    return Math.max(at, this.bytes.lastIndexOf(NEWLINE, this.#end - 1) + 1);
  }

  /** Drops what can no longer be readable of an over-long line that is known up to `stop`. */
  #narrow(stop: number): void {
    if (this.#cut === "text") {
      this.#start = behindNuls(this.bytes, this.#start, stop);
      if (stop - this.#start <= this.#limit) return;
      this.#note("line-too-long", this.#lineAt);
    }
    const nul = lastIndexOf(this.bytes, NUL, this.#start, stop);
    if (nul !== -1) {
      this.#cut = "tail";
      this.#start = nul + 1;
    } else if (this.#cut === "text") {
      this.#cut = "lost";
    }
    if (stop - this.#start > this.#limit) this.#cut = "lost";
    if (this.#cut === "lost") this.#start = stop;
  }

  /** The readable rest of an over-long line that ends at `newline`, or null where nothing of it is. */
  #finish(newline: number): Region | null {
    const readable = this.#cut !== "lost" && this.#start < newline;
    if (this.#nulLed || (readable && this.#cut === "tail")) this.#note("nul-bytes", this.#lineAt);
    this.#cut = "none";
    if (readable) return this.#region(newline + 1);
    this.#start = newline + 1;
    this.skipped += 1;
    return null;
  }

  #region(to: number): Region {
    const region = { from: this.#start, to, offset: this.#start + this.#shift, skipped: this.skipped };
    this.skipped = 0;
    this.#start = to;
    return region;
  }

  #problemList(): Problem[] {
    return [...this.#problems].map(([kind, { offset, count }]) => {
      const message =
        kind === "line-too-long"
          ? `a line has more than ${this.#limit} bytes: passed over, but for what follows its last NUL byte`
          : "NUL bytes stand before a line: what was logged there is lost (a crash, or a truncation under a writer)";
      return { kind, message, offset, count };
    });
  }

  #note(kind: string, offset: number): void {
    const noted = this.#problems.get(kind);
    if (noted === undefined) this.#problems.set(kind, { offset, count: 1 });
    else noted.count += 1;
  }
}

/** Size of a buffer in which every line within the limit can be complete, with room to read on. */
export function windowBytes(options: LineOptions): number {
  return options.maxLineBytes + READ_BYTES;
}

function indexOf(bytes: Buffer, value: number, from: number, to: number): number {
  const at = bytes.subarray(from, to).indexOf(value);
  return at === -1 ? -1 : at + from;
}

function lastIndexOf(bytes: Buffer, value: number, from: number, to: number): number {
  const at = bytes.subarray(from, to).lastIndexOf(value);
  return at === -1 ? -1 : at + from;
}

/** Holes may be as long as the file once was: most of one is passed by comparing, which costs a tenth. */
function behindNuls(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (to - at >= NULS.length && bytes.compare(NULS, 0, NULS.length, at, at + NULS.length) === 0)
    at += NULS.length;
  while (at < to && bytes[at] === NUL) at += 1;
  return at;
}

/** Address of the first NUL behind a newline of `bytes[from, to)`, or -1. */
function startOfNuls(bytes: Buffer, from: number, to: number): number {
  const at = bytes.subarray(from, to).indexOf(NEWLINE_NUL);
  return at === -1 ? -1 : at + from + 1;
}
