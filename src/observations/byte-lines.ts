// Cuts a byte stream into lines with their offsets. Bytes are kept one per character (latin1), so that every
// offset and length is a byte's; what is shown to people is decoded when it is needed.

export interface ByteLine {
  /** One byte per character, without newline and carriage return. */
  readonly bytes: string;
  readonly offset: number;
  readonly length: number;
  /** False for a last line without newline. */
  readonly ended: boolean;
}

export interface ByteLines {
  push(chunk: Uint8Array): ByteLine[];
  /** The rest, where the stream does not end with a newline. */
  end(): ByteLine[];
  /** Offsets of lines that were passed over because they are too long. */
  tooLong(): readonly number[];
  /** Bytes seen. */
  size(): number;
}

/** Far longer than any row; a stream without newlines must not fill the memory. */
const LONGEST_LINE = 1 << 20;

export function decode(bytes: string): string {
  return /^[\0-\x7f]*$/.test(bytes) ? bytes : Buffer.from(bytes, "latin1").toString("utf8");
}

class Lines implements ByteLines {
  #rest = "";
  #offset = 0;
  #skipping = false;
  #size = 0;
  readonly #long: number[] = [];

  push(chunk: Uint8Array): ByteLine[] {
    this.#size += chunk.length;
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1");
    const text = this.#rest + bytes;
    const lines: ByteLine[] = [];
    let from = 0;
    for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
      const next = this.#line(text.slice(from, to), true);
      if (next !== null) lines.push(next);
      from = to + 1;
    }
    this.#rest = text.slice(from);
    if (this.#rest.length > LONGEST_LINE) this.#passOver();
    return lines;
  }

  end(): ByteLine[] {
    const last = this.#rest === "" ? null : this.#line(this.#rest, false);
    this.#rest = "";
    return last === null ? [] : [last];
  }

  tooLong(): readonly number[] {
    return this.#long;
  }

  size(): number {
    return this.#size;
  }

  #line(bytes: string, ended: boolean): ByteLine | null {
    const offset = this.#offset;
    this.#offset += bytes.length + 1;
    if (this.#skipping) {
      this.#skipping = false;
      return null;
    }
    const text = bytes.endsWith("\r") ? bytes.slice(0, -1) : bytes;
    return { bytes: text, offset, length: text.length, ended };
  }

  #passOver(): void {
    if (!this.#skipping) this.#long.push(this.#offset);
    this.#skipping = true;
    this.#offset += this.#rest.length;
    this.#rest = "";
  }
}

export function createByteLines(): ByteLines {
  return new Lines();
}
