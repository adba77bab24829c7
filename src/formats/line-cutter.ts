// Lines of a stream with their places, for records that are made of lines.

import { createPieces } from "./pieces.ts";
import { MOST_FIELD_BYTES } from "./record.ts";

export interface CutLine {
  /** Null: longer than a field may be, and not held. */
  readonly text: string | null;
  readonly offset: number;
  /** Bytes without the newline. */
  readonly length: number;
}

export interface LineCutter {
  push(chunk: Uint8Array): CutLine[];
  /** A last line without a newline. */
  end(): CutLine[];
}

const NEWLINE = 10;

export function createLineCutter(): LineCutter {
  const held = createPieces(MOST_FIELD_BYTES);
  let offset = 0;

  function cut(): CutLine {
    const { length } = held;
    const line = { text: length > MOST_FIELD_BYTES ? null : held.text(), offset, length };
    held.clear();
    return line;
  }

  return {
    push(chunk) {
      const lines: CutLine[] = [];
      let at = 0;
      for (;;) {
        const newline = chunk.indexOf(NEWLINE, at);
        held.add(chunk.subarray(at, newline < 0 ? undefined : newline));
        if (newline < 0) return lines;
        const line = cut();
        lines.push(line);
        offset += line.length + 1;
        at = newline + 1;
      }
    },
    end: () => (held.length > 0 ? [cut()] : []),
  };
}
