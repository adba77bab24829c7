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

export function createByteLines(): ByteLines {
  let rest = "";
  let offset = 0;
  let skipping = false;
  let size = 0;
  const long: number[] = [];

  function line(bytes: string, ended: boolean): ByteLine | null {
    const at = offset;
    offset += bytes.length + 1;
    if (skipping) {
      skipping = false;
      return null;
    }
    const text = bytes.endsWith("\r") ? bytes.slice(0, -1) : bytes;
    return { bytes: text, offset: at, length: text.length, ended };
  }

  function push(chunk: Uint8Array): ByteLine[] {
    size += chunk.length;
    const text = rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1");
    const lines: ByteLine[] = [];
    let from = 0;
    for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
      const next = line(text.slice(from, to), true);
      if (next !== null) lines.push(next);
      from = to + 1;
    }
    rest = text.slice(from);
    if (rest.length > LONGEST_LINE) passOver();
    return lines;
  }

  function passOver(): void {
    if (!skipping) long.push(offset);
    skipping = true;
    offset += rest.length;
    rest = "";
  }

  return {
    push,
    end() {
      const last = rest === "" ? null : line(rest, false);
      rest = "";
      return last === null ? [] : [last];
    },
    tooLong: () => long,
    size: () => size,
  };
}
